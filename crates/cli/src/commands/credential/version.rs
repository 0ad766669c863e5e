//! Which version a credential has, where nobody said so or what was said cannot be.

use linkwright_sdk::Profile;
use linkwright_sdk::core::{ApiVersion, CredentialName, Marketplace, RegionGroup, TokenService};

use super::Session;
use crate::failure::{CommandResult, Failure};
use crate::question::question;

/// The group of shops that a name or a shop stands for.
pub(super) fn named_group(name: Option<&CredentialName>, shop: Option<Marketplace>) -> Option<RegionGroup> {
    let by_name =
        |name: &CredentialName| RegionGroup::ALL.into_iter().find(|group| group.code() == name.as_str());
    name.and_then(by_name).or_else(|| shop.and_then(Marketplace::region_group))
}

/// The group of shops a profile is about, if it is one: a guess that a person is shown.
fn profile_group(profile: &Profile) -> Option<RegionGroup> {
    let home = profile.marketplace.as_ref().and_then(|shop| shop.value.region_group());
    home.or_else(|| {
        let mut groups = profile.tags.keys().filter_map(|shop| shop.region_group());
        let first = groups.next()?;
        groups.all(|group| group == first).then_some(first)
    })
}

/// Why an id and a version cannot belong together.
fn contradiction(id: &str, version: ApiVersion) -> Option<String> {
    let service = TokenService::of_id(id).filter(|service| *service != version.token_service())?;
    let versions: Vec<&str> = ApiVersion::ALL
        .iter()
        .filter(|other| other.token_service() == service)
        .map(|other| other.as_str())
        .collect();
    Some(format!("this id is one of {service}, whose versions are {}, not: `{version}`", versions.join(", ")))
}

/// The version that was given, else the one that follows from the id and a group that was named; `None` where a person has
/// to be asked. One that contradicts the id is refused.
pub(super) fn known_version(
    session: &mut Session<'_>,
    id: &str,
    given: Option<ApiVersion>,
    group: Option<RegionGroup>,
) -> CommandResult<Option<ApiVersion>> {
    let service = TokenService::of_id(id);
    if let Some(version) = given {
        match contradiction(id, version) {
            None => return Ok(Some(version)),
            Some(message) if session.can_ask() => session.output.refusal(&message),
            Some(message) => {
                return Err(Failure::usage(message)
                    .with_hint("copy id and version once more, as Amazon shows them beside each other"));
            }
        }
    } else if let Some((service, group)) = service.zip(group) {
        let version = ApiVersion::of(service, group);
        session.output.status(&format!("version {version}: the id is one of {service}, for `{group}`"));
        return Ok(Some(version));
    }
    if session.can_ask() {
        return Ok(None);
    }
    Err(Failure::usage("the credential's version is not given, and does not follow from its id alone")
        .with_hint("give it with `--api-version VERSION`, as Amazon shows it beside the id"))
}

/// Asks for the version. One that contradicts the id or the name is refused.
pub(super) fn asked_version(
    session: &mut Session<'_>,
    id: &str,
    group: Option<RegionGroup>,
    name: Option<&CredentialName>,
) -> CommandResult<ApiVersion> {
    let guessed = TokenService::of_id(id).zip(group.or_else(|| profile_group(&session.profile)));
    let suggested = guessed.map(|(service, group)| ApiVersion::of(service, group));
    let shown = suggested.map_or_else(String::new, |version| format!(" [{version}]"));
    let (world, output) = (&mut *session.world, &mut *session.output);
    question(
        world,
        output,
        &format!("Version, as Amazon shows it beside the id{shown}: "),
        "give it with `--api-version VERSION`",
        |answer| {
            let version = match (answer, suggested) {
                ("", Some(suggested)) => suggested,
                // Never with the answer: it may be the secret.
                _ => answer.parse::<ApiVersion>().map_err(|_| {
                    let known = ApiVersion::ALL.map(ApiVersion::as_str).join(", ");
                    format!("no such version; known: {known}")
                })?,
            };
            name_for(name, version).map_err(|failure| failure.message())?;
            contradiction(id, version).map_or(Ok(version), Err)
        },
    )
}

/// The name for a credential: the given one, else its group's. A name of another group is refused, for nobody would
/// look for it there.
pub(super) fn name_for(given: Option<&CredentialName>, version: ApiVersion) -> CommandResult<CredentialName> {
    let group = version.region_group();
    let Some(name) = given else {
        return CredentialName::try_from(group.code()).map_err(|error| Failure::usage(error.to_string()));
    };
    match named_group(Some(name), None) {
        Some(other) if other != group => {
            let message = format!(
                "version {version} is for the shops of `{group}`, and the name is of another group: `{name}`"
            );
            Err(Failure::usage(message).with_hint(format!("name it `{group}`, or leave the name out")))
        }
        _ => Ok(name.clone()),
    }
}
