//! `linkwright credential verify`: whether a credential works, and if not, what is wrong with it.

use std::sync::Arc;

use clap::Args;
use linkwright_sdk::core::{
    CredentialName, Error, Marketplace, PartnerTag, RegionGroup, RequestContext, StoreInfo, Stored,
};
use linkwright_sdk::{ApiSettings, CredentialCheck, CredentialVerdict, Profile, TagArgument, Verification};
use serde::Serialize;

use super::{Session, StoreArgs, credential_name};
use crate::args::marketplace;
use crate::exit::Outcome;
use crate::failure::{CommandResult, Failure};
use crate::question::question;

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
    /// The credential; the one that `items` would use, if not given
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
    /// Why the tags that there are were not asked with.
    unused: Option<String>,
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
    if args.name.is_some() {
        session.warn_if_unused(&name, stored.set.api_version().region_group());
    }
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

/// The shop that the flags name, if they do.
///
/// # Errors
/// Two shops, or a tag that is none.
pub(super) fn shop_of_flags(
    shop: Option<Marketplace>,
    tag: Option<&str>,
) -> CommandResult<Option<Marketplace>> {
    let of_tag = match tag.map(TagArgument::parse).transpose()? {
        Some(TagArgument::OfShop(tag)) => Some(tag.marketplace()),
        Some(TagArgument::Bare(_)) | None => None,
    };
    match (shop, of_tag) {
        (Some(shop), Some(of_tag)) if shop != of_tag => {
            let (shop, of_tag) = (shop.code(), of_tag.code());
            Err(Failure::usage(format!(
                "`--marketplace` and `--tag` name different shops: `{shop}`, `{of_tag}`"
            )))
        }
        (shop, of_tag) => Ok(shop.or(of_tag)),
    }
}

/// The credential of the name given, else the one that `items` would use; and where it is.
fn credential(
    args: &VerifyArgs,
    session: &mut Session<'_>,
) -> CommandResult<(CredentialName, StoreInfo, Stored)> {
    let flags = shop_of_flags(args.marketplace, args.tag.as_deref())?;
    if let Some(name) = &args.name {
        let (store, stored) = session.find(name)?;
        return Ok((name.clone(), store.info(), stored));
    }
    let shop = flags.or(session.profile.marketplace.as_ref().map(|shop| shop.value));
    let group = shop.and_then(Marketplace::region_group);
    let mut used = Vec::new();
    for group in group.map_or_else(|| RegionGroup::ALL.to_vec(), |group| vec![group]) {
        used.extend(session.used(group)?);
    }
    let place = match used.as_slice() {
        [] => return Err(session.none_used(group)),
        [_] => 0,
        several => {
            let names: Vec<&str> = several.iter().map(|found| found.name.as_str()).collect();
            let question_text = format!("Which credential ({}): ", names.join(", "));
            let hint =
                format!("name one, as in {}", session.again.credential(&format!("verify {}", names[0])));
            if !session.can_ask() {
                return Err(Failure::usage(format!("which credential? `items` uses: {}", names.join(", ")))
                    .with_hint(hint));
            }
            question(session.world, session.output, &question_text, &hint, |answer| {
                let place = names.iter().position(|name| *name == answer);
                place.ok_or_else(|| format!("one of: {}", names.join(", ")))
            })?
        }
    };
    let found = used.swap_remove(place);
    Ok((found.name, found.store, found.stored))
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
    let folder = crate::api::shared_state_folder(session.world);
    let settings = ApiSettings::of_profile(&session.profile, folder.as_deref(), env!("CARGO_PKG_VERSION"))?;
    let check = CredentialCheck::new(settings, stored.clone(), Arc::clone(&session.world.clock))?;
    let mut verification = session.runtime.block_on(check.run(&context))?;
    if let Some(unused) = asked.unused.as_ref().filter(|_| asked.tag.is_none())
        && verification.verdict == CredentialVerdict::TokenAccepted
    {
        verification.message = format!("{}; no product was asked for: {unused}", verification.message);
        verification.hint = Some("name a tag of one of its shops with `--tag SHOP=TAG`".to_owned());
    }
    Ok((verification, asked))
}

/// The tag and shop to ask for: the flags', else the profile's for a shop of the credential's group.
fn asked(
    profile: &Profile,
    group: RegionGroup,
    shop: Option<Marketplace>,
    flag: Option<&str>,
) -> CommandResult<Asked> {
    shop_of_flags(shop, flag)?;
    let home =
        profile.marketplace.as_ref().map(|shop| shop.value).filter(|shop| shop.region_group() == Some(group));
    let in_group = || Marketplace::ALL.into_iter().filter(|shop| shop.region_group() == Some(group));
    let bare = |tag: &str| -> CommandResult<PartnerTag> {
        // Shops whose tags end like this one; without an ending, whichever the profile is about.
        let fits = |shop: &Marketplace| !PartnerTag::suffix_belongs_elsewhere(tag, *shop);
        let mut fitting = in_group().filter(fits);
        let first = fitting.next();
        let only = first.filter(|_| fitting.next().is_none());
        let us = || in_group().filter(fits).find(|shop| *shop == Marketplace::Us);
        let shop = shop.or(home.filter(fits)).or(only).or_else(us).ok_or_else(|| {
            let message = match first {
                Some(_) => format!("of which shop is this tag: `{tag}`?"),
                None => format!("the tag is not for a shop of `{group}`: `{tag}`"),
            };
            Failure::usage(message)
                .with_hint(format!("say whose it is with `--tag SHOP={tag}` or `--marketplace SHOP`"))
        })?;
        Ok(PartnerTag::new(tag, shop).map_err(Error::from)?)
    };
    let mut unused = None;
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
                (None, Some(tag)) => match bare(&tag.value) {
                    Ok(tag) => Some(tag),
                    Err(failure) => {
                        unused = Some(failure.message());
                        None
                    }
                },
                (None, None) => {
                    let others: Vec<String> =
                        book.defaults().iter().map(|tag| format!("`{}={tag}`", tag.marketplace())).collect();
                    let of =
                        shop.map_or_else(|| format!("a shop of `{group}`"), |shop| shop.host().to_owned());
                    unused =
                        (!others.is_empty()).then(|| format!("no tag is for {of}: {}", others.join(", ")));
                    None
                }
                (listed, _) => listed,
            }
        }
    };
    let first = in_group().next().unwrap_or(Marketplace::Us);
    let marketplace = tag.as_ref().map(PartnerTag::marketplace).or(shop).or(home).unwrap_or(first);
    Ok(Asked { marketplace, tag, unused })
}
