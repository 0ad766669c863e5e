//! What every example needs: a client and a tag, from the environment.
//!
//! `linkwright emulator --env-file FILE` writes all of it; with a credential of your own, leave the two endpoints away.

#![allow(clippy::disallowed_methods, reason = "a program may read its environment, a library may not")]

use std::env;
use std::error::Error;

use linkwright_core::{Account, ApiVersion, CredentialSet, Marketplace, PartnerTag, RequestContext, Secret};
use linkwright_creators::{CreatorsClient, CreatorsSettings};

/// A client with the credential of the environment.
pub(crate) fn client() -> Result<CreatorsClient, Box<dyn Error>> {
    let version: ApiVersion = needed("LINKWRIGHT_CREDENTIAL_VERSION")?.parse()?;
    let secret = Secret::new(needed("LINKWRIGHT_CREDENTIAL_SECRET")?);
    let credential = CredentialSet::new(needed("LINKWRIGHT_CREDENTIAL_ID")?, secret, version);
    let mut settings = CreatorsSettings::for_credential(credential)?;
    if let Ok(api) = env::var("LINKWRIGHT_API_ENDPOINT") {
        settings.endpoints.api = api;
        settings.endpoints.token = env::var("LINKWRIGHT_TOKEN_ENDPOINT").ok();
    }
    Ok(CreatorsClient::new(settings)?)
}

/// A request to the shop of the United States, with the tag of the environment.
pub(crate) fn context() -> Result<RequestContext, Box<dyn Error>> {
    let tag = PartnerTag::new(&needed("LINKWRIGHT_TAG")?, Marketplace::Us)?;
    Ok(RequestContext::tagged(Account::new("main"), tag))
}

fn needed(name: &str) -> Result<String, String> {
    env::var(name).map_err(|_| format!("set the environment variable: `{name}`"))
}
