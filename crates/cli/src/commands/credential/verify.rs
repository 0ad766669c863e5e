//! `linkwright credential verify`: whether a credential works, and if not, what is wrong with it.

use std::sync::Arc;

use clap::Args;
use linkwright_sdk::core::{
    CredentialName, CredentialStoreExt as _, Error, ErrorKind, Marketplace, PartnerTag, RegionGroup,
    RequestContext, StoreInfo, Stored,
};
use linkwright_sdk::creators::StoreCredentials;
use linkwright_sdk::{ApiSettings, CredentialCheck, Profile, TagArgument, Verification, state_folder};
use serde::Serialize;

use super::{Session, StoreArgs, credential_name, goes_on};
use crate::args::marketplace;
use crate::exit::Outcome;
use crate::failure::{CommandResult, Failure};

/// Check whether a credential works
///
/// Asks Amazon for a token, and with a tag for one product. Says what is wrong and what to do: the credential, its version, its
/// region, the tag, the account's eligibility, the number of calls, or the network. A success also ends the wait that a refusal
/// began.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  linkwright credential verify
  linkwright credential verify eu -m de --tag mysite-21

Without a tag, by `--tag` or in your profile, only the token is checked.")]
pub(super) struct VerifyArgs {
    /// The credential; the one for your shop, or the only one, if not given
    #[arg(value_name = "NAME", value_parser = credential_name)]
    name: Option<CredentialName>,

    /// Shop to ask, as us, uk, co.uk, amazon.de or de_DE
    #[arg(short, long, value_parser = marketplace, value_name = "SHOP")]
    marketplace: Option<Marketplace>,

    /// Tag to ask with, or SHOP=TAG
    #[arg(long, value_name = "TAG")]
    tag: Option<String>,

    #[command(flatten)]
    pub(super) store: StoreArgs,
}

/// For whom was asked.
pub(super) struct Asked {
    marketplace: Marketplace,
    tag: Option<PartnerTag>,
}

/// A verdict as `--json` prints it.
#[derive(Serialize)]
pub(super) struct VerificationJson {
    verdict: &'static str,
    message: String,
    hint: Option<String>,
    marketplace: &'static str,
    tag: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    likely_version: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ask_again: Option<String>,
}

impl VerificationJson {
    pub(super) fn new(verification: &Verification, asked: &Asked) -> Self {
        Self {
            verdict: verification.verdict.as_str(),
            message: verification.message.clone(),
            hint: verification.hint.clone(),
            marketplace: asked.marketplace.code(),
            tag: asked.tag.as_ref().map(|tag| tag.as_str().to_owned()),
            likely_version: verification.likely_version.map(|version| version.as_str()),
            ask_again: verification.ask_again.map(|at| at.to_string()),
        }
    }
}

#[derive(Serialize)]
struct VerifyJson<'a> {
    format: u8,
    name: &'a str,
    store: String,
    #[serde(flatten)]
    verification: VerificationJson,
}

pub(super) fn run(args: &VerifyArgs, session: &mut Session<'_>) -> CommandResult<Outcome> {
    if session.offline {
        return Err(Failure::usage("checking a credential needs the network, which `--offline` forbids"));
    }
    let (name, store, stored) = credential(args, session)?;
    let (verification, asked) = check(session, &stored, args.marketplace, args.tag.as_deref())?;
    let failed = verification.verdict.error_kind();
    if session.output.json {
        let json = VerifyJson {
            format: 1,
            name: name.as_str(),
            store: store.to_string(),
            verification: VerificationJson::new(&verification, &asked),
        };
        session.output.json_line(&json)?;
        return Ok(failed.map_or(Outcome::Complete, Outcome::Failed));
    }
    match failed {
        None => {
            session.output.line(&format!("`{name}`: {}", sentence(&verification, &asked)))?;
            if let Some(hint) = &verification.hint {
                session.output.hint(hint);
            }
            Ok(Outcome::Complete)
        }
        Some(kind) => {
            let failure = Failure::from(Error::new(
                kind,
                "credential.verify",
                format!("{} ({})", verification.message, verification.verdict.as_str().replace('_', " ")),
            ));
            Err(match verification.hint {
                Some(hint) => failure.with_hint(hint),
                None => failure,
            })
        }
    }
}

/// A good verdict in words.
pub(super) fn sentence(verification: &Verification, asked: &Asked) -> String {
    match &asked.tag {
        Some(tag) => format!("{}, with the tag {tag}", verification.message),
        None => verification.message.clone(),
    }
}

/// The credential of the name given, else the one for the shop, else the only one there is; and where it is.
fn credential(
    args: &VerifyArgs,
    session: &Session<'_>,
) -> CommandResult<(CredentialName, StoreInfo, Stored)> {
    let named = |name: CredentialName| {
        let (store, stored) = session.find(&name)?;
        Ok((name, store.info(), stored))
    };
    if let Some(name) = &args.name {
        return named(name.clone());
    }
    let shop = args.marketplace.or(session.profile.marketplace.as_ref().map(|shop| shop.value));
    if let Some(group) = shop.and_then(Marketplace::region_group) {
        let settings = ApiSettings::of_profile(&session.profile, None, env!("CARGO_PKG_VERSION"))?;
        let places = settings.credential_places(session.stores.each.clone());
        let credentials = StoreCredentials::in_places(places, Arc::clone(&session.world.clock));
        match session.runtime.block_on(credentials.find(group)) {
            Ok(found) => return Ok((found.name, found.store, found.stored)),
            Err(error) if error.reason() == Some("no_credential") => {}
            Err(error) => return Err(error.into()),
        }
    }
    let mut names: Vec<CredentialName> = Vec::new();
    for store in &session.stores.each {
        match session.runtime.block_on(store.list_all()) {
            Ok(credentials) => names.extend(credentials.into_iter().map(|meta| meta.name)),
            Err(error) if goes_on(&error) => {}
            Err(error) => return Err(error.into()),
        }
    }
    names.sort();
    names.dedup();
    match names.as_slice() {
        [] => {
            let message = format!("no credentials yet in {}", session.stores.names());
            Err(Failure::from(Error::new(ErrorKind::NotFound, "store.get", message))
                .with_hint("add one with `linkwright credential add`"))
        }
        [only] => named(only.clone()),
        several => {
            let names: Vec<&str> = several.iter().map(CredentialName::as_str).collect();
            Err(Failure::usage(format!("which credential? There are: {}", names.join(", ")))
                .with_hint("name one, as in `linkwright credential verify NAME`"))
        }
    }
}

/// Asks Amazon about a stored credential.
pub(super) fn check(
    session: &Session<'_>,
    stored: &Stored,
    shop: Option<Marketplace>,
    tag: Option<&str>,
) -> CommandResult<(Verification, Asked)> {
    let group = stored.set.api_version().region_group();
    let asked = asked(&session.profile, group, shop, tag)?;
    let account = session.profile.account();
    let mut context = match &asked.tag {
        Some(tag) => RequestContext::tagged(account, tag.clone()),
        None => RequestContext::untagged(account, asked.marketplace),
    };
    context.deadline = session.world.deadline;
    let folder = state_folder(&*session.world.variables).ok();
    let settings = ApiSettings::of_profile(&session.profile, folder.as_deref(), env!("CARGO_PKG_VERSION"))?;
    let check = CredentialCheck::new(settings, stored.clone(), Arc::clone(&session.world.clock))?;
    Ok((session.runtime.block_on(check.run(&context))?, asked))
}

/// The tag and shop to ask for: the flags', else the profile's for a shop of the credential's group.
fn asked(
    profile: &Profile,
    group: RegionGroup,
    shop: Option<Marketplace>,
    flag: Option<&str>,
) -> CommandResult<Asked> {
    let home =
        profile.marketplace.as_ref().map(|shop| shop.value).filter(|shop| shop.region_group() == Some(group));
    let in_group = || Marketplace::ALL.into_iter().filter(|shop| shop.region_group() == Some(group));
    let bare = |tag: &str| -> CommandResult<PartnerTag> {
        // Shops whose tags end like this one; without an ending, whichever the profile is about.
        let fits = |shop: &Marketplace| !PartnerTag::suffix_belongs_elsewhere(tag, *shop);
        let mut fitting = in_group().filter(fits);
        let only = fitting.next().filter(|_| fitting.next().is_none());
        let shop =
            shop.or(home.filter(fits)).or(only).or_else(|| in_group().find(|shop| *shop == Marketplace::Us));
        let shop = shop.ok_or_else(|| {
            Failure::usage(format!("of which shop is this tag: `{tag}`?"))
                .with_hint(format!("say it with `--tag SHOP={tag}` or `--marketplace SHOP`"))
        })?;
        Ok(PartnerTag::new(tag, shop).map_err(Error::from)?)
    };
    let tag = match flag.map(TagArgument::parse).transpose()? {
        Some(TagArgument::OfShop(tag)) => Some(tag),
        Some(TagArgument::Bare(tag)) => Some(bare(&tag)?),
        None => {
            let book = profile.tag_book();
            let listed = match shop {
                Some(shop) => book.default_for(shop).cloned(),
                None => home.into_iter().chain(in_group()).find_map(|shop| book.default_for(shop).cloned()),
            };
            match (listed, profile.bare_tags.first()) {
                (None, Some(tag)) => bare(&tag.value).ok(),
                (listed, _) => listed,
            }
        }
    };
    let first = in_group().next().unwrap_or(Marketplace::Us);
    let marketplace = tag.as_ref().map(PartnerTag::marketplace).or(shop).or(home).unwrap_or(first);
    Ok(Asked { marketplace, tag })
}
