//! The stores of a run: by flags, else by the profile and its variable, else the usual ones.

use std::path::Path;
use std::sync::Arc;

use linkwright_sdk::core::{CredentialStore, Error, ErrorKind};
use linkwright_sdk::{
    IdentityFile, Origin, Profile, StoreRegistry, StoreSurroundings, data_folder, identity_files,
};

use crate::failure::{CommandResult, Failure};
use crate::world::World;

/// The stores of a run, in the order in which they are asked.
pub(crate) struct Stores {
    /// Each by itself.
    pub(crate) each: Vec<Arc<dyn CredentialStore>>,
    /// The keys' files, which may not be there yet.
    pub(crate) identities: Vec<IdentityFile>,
    /// Why the user's own file is not among them, where nobody named other stores.
    without_own_file: Option<Error>,
}

/// Opens the stores of `--store`, else of the setting `store`, else variables and the user's own file.
pub(crate) fn open(flags: &[String], profile: &Profile, world: &World) -> CommandResult<Stores> {
    opened(flags, profile, world, false)
}

/// The same for a command that stores something, and may have to make the store first.
pub(crate) fn open_to_write(flags: &[String], profile: &Profile, world: &World) -> CommandResult<Stores> {
    opened(flags, profile, world, true)
}

fn opened(flags: &[String], profile: &Profile, world: &World, makes_new: bool) -> CommandResult<Stores> {
    let mut folder = world.current_folder.clone();
    let surroundings = StoreSurroundings::new(
        Arc::clone(&world.variables),
        (world.variable_names)(),
        Arc::clone(&world.clock),
    );
    let addresses = match (flags, &profile.store) {
        ([], None) => StoreRegistry::default_addresses(&surroundings).to_owned(),
        ([], Some(store)) => {
            if let Origin::File { path, .. } = &store.origin {
                folder = world.path(path.parent().unwrap_or(Path::new("")));
            }
            store.value.clone()
        }
        (flags, _) => flags.join(","),
    };
    let mut surroundings = surroundings.with_folder(folder).with_makes_new(makes_new);
    if world.stdin_is_terminal {
        let (stderr, read_secret) = (world.stderr.clone(), Arc::clone(&world.read_secret));
        surroundings = surroundings.with_ask_passphrase(Arc::new(move |question| {
            let failed = |error: std::io::Error| {
                Error::new(ErrorKind::Unavailable, "store.open", "cannot ask for the passphrase")
                    .with_source(error)
            };
            stderr.write_text(question).map_err(failed)?;
            read_secret().map_err(failed)
        }));
    }
    let named = !flags.is_empty() || profile.store.is_some();
    let without_own_file = (!named).then(|| data_folder(&*world.variables).err()).flatten();
    let registry = StoreRegistry::standard();
    let each = registry.open_each(&addresses, &surroundings)?;
    let identities = identity_files(&addresses, &surroundings)?;
    tracing::info!(stores = addresses, "credentials");
    Ok(Stores { each, identities, without_own_file })
}

impl Stores {
    /// The store that new credentials go to: the first that can be written.
    pub(crate) fn writable(&self) -> CommandResult<&Arc<dyn CredentialStore>> {
        self.each.iter().find(|store| store.capabilities().write).ok_or_else(|| {
            let why = |store: &Arc<dyn CredentialStore>| match store.info().scheme {
                "env" => format!("`{}` is environment variables", store.info()),
                _ => format!("the address of `{}` says `read-only`", store.info()),
            };
            let mut reasons: Vec<String> = self.each.iter().map(why).collect();
            reasons.extend(self.without_own_file.as_ref().map(|error| error.message().to_owned()));
            let message = format!("no store that can be written to: {}", reasons.join("; "));
            Failure::from(Error::new(ErrorKind::Unsupported, "store.put", message))
                .with_hint("name one with `--store file:PATH`")
        })
    }

    /// All stores by their addresses, for messages.
    pub(crate) fn names(&self) -> String {
        let names: Vec<String> = self.each.iter().map(|store| store.info().to_string()).collect();
        names.join(", ")
    }
}
