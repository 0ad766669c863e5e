//! Whether a credential works, and if not, what is wrong with it: one token, and one call where there is a tag.
//!
//! Tells apart what Amazon tells apart, and says so where it does not. Keeps nothing but the token, and lifts a refusal
//! that was remembered once an answer shows that it no longer holds.

use std::sync::Arc;
use std::time::Duration;

use linkwright_core::{
    ApiVersion, Asin, Clock, CredentialSet, Error, ErrorKind, MissingReason, ProductSource,
    ProductSourceExt as _, RequestContext, Result, Retry, Stored, Timestamp, error_chain,
};
use linkwright_creators::{CreatorsSource, Endpoints, FixedCredential};
use linkwright_layers::{Quota, clear};

use crate::stack::{ApiSettings, Ground};

/// What was found out about a credential.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum CredentialVerdict {
    /// The API answered for this tag.
    Works,
    /// Amazon gave a token; without a tag nothing more was asked.
    TokenAccepted,
    /// Amazon does not accept id and secret, under any version of their kind that could be tried.
    WrongCredential,
    /// The id goes with another version.
    WrongVersion,
    /// The credential is for another group of shops than this one's.
    WrongRegion,
    /// The tag is not one of the credential's account, or not known in this shop.
    TagNotLinked,
    /// The account has no access to the API at present.
    NotEligible,
    /// The credential is so new that it may not be active yet; Amazon's answer is that of [`NotEligible`](Self::NotEligible).
    NotActiveOrNotEligible,
    /// Access is denied for another reason.
    Denied,
    /// Too many calls; nothing was found out beyond the token.
    Throttled,
    /// Amazon was not reached.
    NoNetwork,
    /// Amazon, or something on the way, answered with a failure of its own.
    ServiceFailed,
}

impl CredentialVerdict {
    /// The verdict's stable name in machine-readable output.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Works => "works",
            Self::TokenAccepted => "token_accepted",
            Self::WrongCredential => "wrong_credential",
            Self::WrongVersion => "wrong_version",
            Self::WrongRegion => "wrong_region",
            Self::TagNotLinked => "tag_not_linked",
            Self::NotEligible => "not_eligible",
            Self::NotActiveOrNotEligible => "not_active_or_not_eligible",
            Self::Denied => "denied",
            Self::Throttled => "throttled",
            Self::NoNetwork => "no_network",
            Self::ServiceFailed => "service_failed",
        }
    }

    /// What to do where the error itself does not say it.
    const fn usual_hint(self) -> Option<&'static str> {
        match self {
            Self::Throttled | Self::ServiceFailed => {
                Some("ask again later; nothing was found to be wrong with the credential")
            }
            Self::NoNetwork => Some("check the network, the proxy and the endpoints"),
            Self::Denied => Some("look in Associates Central for messages about the account"),
            Self::Works
            | Self::TokenAccepted
            | Self::WrongCredential
            | Self::WrongVersion
            | Self::WrongRegion
            | Self::TagNotLinked
            | Self::NotEligible
            | Self::NotActiveOrNotEligible => None,
        }
    }

    /// The kind of error this is as a failure; `None` if the credential passed.
    pub const fn error_kind(self) -> Option<ErrorKind> {
        match self {
            Self::Works | Self::TokenAccepted => None,
            Self::WrongCredential | Self::WrongVersion | Self::WrongRegion => {
                Some(ErrorKind::Unauthenticated)
            }
            Self::TagNotLinked | Self::NotEligible | Self::NotActiveOrNotEligible | Self::Denied => {
                Some(ErrorKind::PermissionDenied)
            }
            Self::Throttled => Some(ErrorKind::RateLimited),
            Self::NoNetwork | Self::ServiceFailed => Some(ErrorKind::Unavailable),
        }
    }
}

/// A verdict with its words.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Verification {
    /// What was found out.
    pub verdict: CredentialVerdict,
    /// The same in one line, without a full stop.
    pub message: String,
    /// What to do.
    pub hint: Option<String>,
    /// The version the id goes with, where another one was seen to work or follows from the id.
    pub likely_version: Option<ApiVersion>,
    /// When asking again can first tell more.
    pub ask_again: Option<Timestamp>,
    /// The error behind the verdict, for logs.
    pub cause: Option<Error>,
}

impl Verification {
    fn new(verdict: CredentialVerdict, message: impl Into<String>) -> Self {
        Self {
            verdict,
            message: message.into(),
            hint: None,
            likely_version: None,
            ask_again: None,
            cause: None,
        }
    }

    fn with_hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// With the words of the error, which are about the same.
    fn of(verdict: CredentialVerdict, error: Error) -> Self {
        let mut message = error.message().to_owned();
        if verdict == CredentialVerdict::NoNetwork
            && let Some(cause) = error.context_value("cause")
            && !message.contains(cause)
        {
            message = format!("{message}: {cause}");
        }
        let hint = error.hint().map(str::to_owned).or_else(|| verdict.usual_hint().map(str::to_owned));
        Self { hint, cause: Some(error), ..Self::new(verdict, message) }
    }
}

/// Checks one credential. Made without asking anybody.
#[derive(Debug)]
pub struct CredentialCheck {
    ground: Ground,
    /// The API for this credential alone, at the account's pace.
    source: Arc<dyn ProductSource>,
    endpoints: Endpoints,
    clock: Arc<dyn Clock>,
    stored: Stored,
}

/// What other versions of the same service say to a pair of id and secret that the credential's own refuses.
enum Siblings {
    /// This one gives a token.
    Accepted(ApiVersion),
    /// None does, so the version is not what is wrong.
    Refused,
    /// They could not all be asked, or did not all answer.
    Unknown,
}

/// The product that is asked for. Whether the shop has it does not matter: that it does not is an answer, too.
const ASKED: &str = "B000000000";

impl CredentialCheck {
    /// How long after it was stored a credential may still be inactive. Third parties report up to 48 hours after it was
    /// made; a day more is for one that was stored late and for slow days.
    pub const ACTIVATION: Duration = Duration::from_secs(72 * 3600);

    /// Checks this credential, with the addresses, proxy, account and state of these settings.
    ///
    /// # Errors
    /// `ConfigInvalid` for an address, proxy or certificate that is none.
    pub fn new(settings: ApiSettings, stored: Stored, clock: Arc<dyn Clock>) -> Result<Self> {
        let endpoints = settings.endpoints.clone();
        let credential = Arc::new(FixedCredential::of(stored.clone()));
        let ground = Ground::new(settings, credential, Arc::clone(&clock))?;
        let source = Arc::new(CreatorsSource::new(Arc::clone(&ground.client)));
        let source = Arc::new(Quota::new(source, Arc::clone(&ground.state), Arc::clone(&clock), ground.pace));
        Ok(Self { ground, source, endpoints, clock, stored })
    }

    /// Asks for a token, and with a tag in the context for one product. One attempt each: a person waits and can ask
    /// again.
    ///
    /// # Errors
    /// `Cancelled`, and what is no judgement on the credential: `RequestInvalid`, `ConfigInvalid`, `Internal`.
    pub async fn run(&self, context: &RequestContext) -> Result<Verification> {
        let set = &self.stored.set;
        let version = set.api_version();
        if let Some(service) = set.service_contradicting_version() {
            let likely = ApiVersion::of(service, version.region_group());
            let message =
                format!("the id is one of {service}, which does not go with the version: `{version}`");
            return Ok(wrong_version(message, likely));
        }
        let shop = context.marketplace;
        if context.tag().is_some() && shop.region_group() != Some(version.region_group()) {
            let message = format!(
                "version {version} is for the shops of `{}`, and {} is not one of them",
                version.region_group(),
                shop.host()
            );
            return Ok(Verification::new(CredentialVerdict::WrongRegion, message)
                .with_hint("each group of shops (na, eu, fe) needs a credential of its own"));
        }
        if let Err(error) = self.ground.client.exchange_token(context, &self.stored).await {
            return self.without_token(context, error).await;
        }
        if context.tag().is_none() {
            return Ok(Verification::new(
                CredentialVerdict::TokenAccepted,
                "Amazon gave a token for the credential",
            )
            .with_hint(
                "without a tag no product was asked for; name one to check the account's access as well",
            ));
        }
        let asked = Asin::try_from(ASKED).expect("a constant that is well formed");
        let mut failed = self.ask(context, asked).await?;
        if failed
            .as_ref()
            .is_some_and(|error| error.kind() == ErrorKind::Unauthenticated && error.retry() == Retry::Now)
        {
            // As every call of the stack: a token that is no longer accepted is worth one new one.
            failed = self.ask(context, asked).await?;
        }
        match failed {
            None => {
                clear(&*self.ground.state, &context.account, shop).await.unwrap_or_else(|error| {
                    let (error, hint) = (error_chain(&error), error.hint());
                    tracing::warn!(error, hint, "what was remembered of the account could not be lifted");
                    false
                });
                Ok(Verification::new(
                    CredentialVerdict::Works,
                    format!("the API answers for {}", shop.host()),
                ))
            }
            Some(error) => self.refused(error),
        }
    }

    /// No token: whose fault it is.
    async fn without_token(&self, context: &RequestContext, error: Error) -> Result<Verification> {
        if error.kind() != ErrorKind::Unauthenticated {
            return self.refused(error);
        }
        if error.code() != Some("invalid_client") {
            return Ok(Verification::of(CredentialVerdict::WrongCredential, error));
        }
        let set = &self.stored.set;
        match self.try_siblings(context).await {
            Siblings::Accepted(likely) => {
                let message = format!(
                    "Amazon accepts id and secret, but under another version than `{}`",
                    set.api_version()
                );
                Ok(Verification { cause: Some(error), ..wrong_version(message, likely) })
            }
            Siblings::Refused => {
                let message =
                    format!("Amazon does not accept the credential's id or secret: `{}`", set.masked_id());
                let hint = "check that id and secret are of one and the same credential; a new one can take up to 48 \
                            hours until it works";
                let wrong = Verification::new(CredentialVerdict::WrongCredential, message).with_hint(hint);
                Ok(Verification { cause: Some(error), ..wrong })
            }
            // Then the version may be what is wrong, as the error says.
            Siblings::Unknown => Ok(Verification::of(CredentialVerdict::WrongCredential, error)),
        }
    }

    /// Asks for a token under each other version of the same service, where that is where the secret may go anyway.
    ///
    /// All of them are Amazon's, or all of them somebody's own. Where only some are, the secret stays with those: whoever
    /// points at a server of theirs with a made-up secret, or a real one, has not named the others.
    async fn try_siblings(&self, context: &RequestContext) -> Siblings {
        let set = &self.stored.set;
        let own = set.api_version();
        let of_service =
            || ApiVersion::ALL.into_iter().filter(|it| it.token_service() == own.token_service());
        let overridden = of_service().filter(|version| self.endpoints.is_overridden(*version)).count();
        if overridden != 0 && overridden != of_service().count() {
            return Siblings::Unknown;
        }
        let mut all_refused = true;
        for version in of_service().filter(|version| *version != own) {
            if self.endpoints.token(version) == self.endpoints.token(own) {
                all_refused = false;
                continue;
            }
            let other = CredentialSet::new(set.id(), set.secret().clone(), version);
            let other = Stored::new(other, self.stored.revision.clone(), self.stored.changed_at);
            match self.ground.client.exchange_token(context, &other).await {
                Ok(_) => return Siblings::Accepted(version),
                Err(error) => all_refused &= error.code() == Some("invalid_client"),
            }
        }
        if all_refused { Siblings::Refused } else { Siblings::Unknown }
    }

    /// Asks for one product, and says what the call failed of. That there is no such product is no failure.
    async fn ask(&self, context: &RequestContext, asin: Asin) -> Result<Option<Error>> {
        let batch = self.source.get_items(context, &[asin]).await?;
        Ok(batch.into_parts().1.into_iter().find_map(|(_, reason)| match reason {
            MissingReason::Failed(error) if error.kind() != ErrorKind::NotFound => Some(error),
            _ => None,
        }))
    }

    /// What an error is as a verdict.
    fn refused(&self, error: Error) -> Result<Verification> {
        use CredentialVerdict as Verdict;
        let verdict = match (error.kind(), error.code()) {
            (ErrorKind::Unauthenticated, Some("InvalidIssuer")) => Verdict::WrongRegion,
            // The token service has just accepted the credential.
            (ErrorKind::Unauthenticated, Some("TokenExpired" | "InvalidToken" | "Other")) => {
                return Ok(Verification::new(
                    Verdict::ServiceFailed,
                    "the API refuses the token that Amazon has just given for this credential",
                )
                .with_hint("the credential itself was accepted; ask again in some minutes"));
            }
            (ErrorKind::Unauthenticated, _) => Verdict::WrongCredential,
            (ErrorKind::PermissionDenied, Some("InvalidAssociate" | "InvalidPartnerTag")) => {
                Verdict::TagNotLinked
            }
            (ErrorKind::PermissionDenied, Some("AssociateNotEligible")) => {
                return Ok(self.not_eligible(error));
            }
            (ErrorKind::PermissionDenied, _) => Verdict::Denied,
            (ErrorKind::RateLimited, _) => Verdict::Throttled,
            (ErrorKind::Unavailable | ErrorKind::Timeout, _) if error.context_value("status").is_none() => {
                Verdict::NoNetwork
            }
            (ErrorKind::Unavailable | ErrorKind::Timeout | ErrorKind::Corrupt, _) => Verdict::ServiceFailed,
            _ => return Err(error),
        };
        Ok(Verification::of(verdict, error))
    }

    /// A refusal that means one of two things as long as the credential is new.
    fn not_eligible(&self, error: Error) -> Verification {
        // In full seconds: nobody notes down milliseconds.
        let seconds = |at: Timestamp| Timestamp::from_unix_seconds(at.as_unix_millis().div_euclid(1000) + 1);
        let active = self.stored.changed_at.map(|stored| seconds(stored.plus(Self::ACTIVATION)));
        match active.filter(|active| self.clock.now() < *active) {
            None => Verification::of(CredentialVerdict::NotEligible, error),
            Some(active) => {
                let message = "the credential is not active yet, or the account is not eligible: Amazon does not tell \
                               them apart";
                let hint = format!(
                    "ask again after {active}; a new credential can take up to 48 hours, and access needs 10 \
                     qualified sales in the last 30 days"
                );
                let verdict = CredentialVerdict::NotActiveOrNotEligible;
                Verification {
                    ask_again: Some(active),
                    cause: Some(error),
                    ..Verification::new(verdict, message).with_hint(hint)
                }
            }
        }
    }
}

fn wrong_version(message: String, likely: ApiVersion) -> Verification {
    let hint = format!("store it again with the version `{likely}`");
    Verification {
        likely_version: Some(likely),
        ..Verification::new(CredentialVerdict::WrongVersion, message).with_hint(hint)
    }
}
