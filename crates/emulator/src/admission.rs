//! May they: whose tag it is, whether the account may use the API, and how fast it asks.

use linkwright_core::{Marketplace, TagSuffix, Timestamp};

use crate::emulator::Emulator;
use crate::fault::{Fault, Service};
use crate::refusal::{Denied, Limit, Refusal};

/// Lets a call with good fields through, or refuses it, looking at one thing after the other.
///
/// `tag` is `None` for operations that come without one: feeds and reports.
pub(crate) fn admit(
    emulator: &mut Emulator,
    now: Timestamp,
    shop: Marketplace,
    tag: Option<&str>,
) -> Result<(), Refusal> {
    check_for_invalid(emulator)?;
    if let Some(tag) = tag {
        check_tag(emulator, shop, tag)?;
    }
    check_access(emulator, shop)?;
    check_pace(emulator, now)
}

/// Whether the tag is the account's, and the account is an Associate of the shop.
///
/// The account's store is `demo`: its tags are `demo…-20`, `demo…-21` and `demo…-22`, each in the shops with that suffix.
fn check_tag(emulator: &Emulator, shop: Marketplace, tag: &str) -> Result<(), Refusal> {
    let tags = &emulator.state.tags;
    let suffix = |text: &str| {
        let letters = text.strip_prefix("demo")?;
        let (middle, suffix) = letters.rsplit_once('-')?;
        let plain = middle.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
        suffix.parse().ok().filter(|number: &u8| plain && (20..=22).contains(number))
    };
    if emulator.state.not_associated.contains(&shop) {
        return Err(Refusal::InvalidAssociate);
    }
    if tags.any || tags.also.contains(tag) {
        return Ok(());
    }
    match suffix(tag) {
        Some(number) if Some(number) == shop.tag_suffix().map(TagSuffix::number) => Ok(()),
        // The store's tag, of another shop.
        Some(_) => Err(Refusal::InvalidAssociate),
        None => Err(Refusal::InvalidPartnerTag),
    }
}

/// A field that is to be refused although nothing is wrong with it: what Amazon refuses, nobody knows in full.
fn check_for_invalid(emulator: &mut Emulator) -> Result<(), Refusal> {
    let forced = emulator.state.faults.take(Service::Catalogue, |fault| match fault {
        Fault::Invalid(field) => Some(field.clone()),
        _ => None,
    });
    forced.map_or(Ok(()), |field| {
        Err(Refusal::FieldValidation(vec![(field, "is refused on request".to_owned())]))
    })
}

fn check_access(emulator: &mut Emulator, shop: Marketplace) -> Result<(), Refusal> {
    let forced = emulator.state.faults.take(Service::Catalogue, |fault| match fault {
        Fault::Denied(reason) => Some(*reason),
        _ => None,
    });
    match forced {
        Some(reason) => Err(Refusal::Denied(reason)),
        None if emulator.state.not_eligible.contains(&shop) => {
            Err(Refusal::Denied(Denied::AssociateNotEligible))
        }
        None => Ok(()),
    }
}

fn check_pace(emulator: &mut Emulator, now: Timestamp) -> Result<(), Refusal> {
    let forced = emulator.state.faults.take(Service::Catalogue, |fault| match fault {
        Fault::Throttled { header, body } => {
            Some(Refusal::Throttled { header: *header, body: *body, limit: Limit::PerSecond })
        }
        _ => None,
    });
    forced.map_or_else(|| emulator.take_call(now), Err)
}
