//! From settings to the Creators API.

use std::sync::Arc;

use linkwright_sdk::{ApiAccess, ApiSettings, Profile, state_folder};

use crate::failure::CommandResult;
use crate::stores;
use crate::world::World;

/// The way to the Creators API. Opens no file and no connection yet.
pub(crate) fn access(flags: &[String], profile: &Profile, world: &World) -> CommandResult<Arc<ApiAccess>> {
    // Without a home folder this process keeps to itself what it learns.
    let state = state_folder(&*world.variables).ok();
    let settings = ApiSettings::of_profile(profile, state.as_deref(), env!("CARGO_PKG_VERSION"))?;
    let stores = stores::open(flags, profile, world)?.each;
    Ok(Arc::new(ApiAccess::new(settings, stores, Arc::clone(&world.clock))?))
}
