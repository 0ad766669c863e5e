//! From settings to the Creators API.

use std::path::PathBuf;
use std::sync::Arc;

use linkwright_sdk::http::HttpTransport;
use linkwright_sdk::{ApiAccess, ApiSettings, Profile, state_folder};

use crate::failure::CommandResult;
use crate::stores;
use crate::world::World;

/// Where runs keep what they share; without a home folder this process keeps to itself what it learns, and says so.
pub(crate) fn shared_state_folder(world: &World) -> Option<PathBuf> {
    state_folder(&*world.variables)
        .inspect_err(|error| {
            tracing::warn!(
                %error,
                hint = "set HOME or XDG_STATE_HOME, so that runs share a token and remember what Amazon said",
                "nothing is kept for the next run"
            );
        })
        .ok()
}

/// The way to the Creators API. Opens no file and no connection yet.
pub(crate) fn access(flags: &[String], profile: &Profile, world: &World) -> CommandResult<Arc<ApiAccess>> {
    let state = shared_state_folder(world);
    let settings = ApiSettings::of_profile(profile, state.as_deref(), env!("CARGO_PKG_VERSION"))?;
    let stores = stores::open(flags, profile, world)?.each;
    Ok(Arc::new(ApiAccess::new(settings, stores, Arc::clone(&world.clock))?))
}

/// The way to what is not the API itself, through the same proxy.
pub(crate) fn transport(profile: &Profile) -> CommandResult<HttpTransport> {
    let settings = ApiSettings::of_profile(profile, None, env!("CARGO_PKG_VERSION"))?;
    Ok(HttpTransport::new(settings.http)?)
}
