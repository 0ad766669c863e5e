//! `linkwright profile edit`: the file of profiles in the user's own editor.

use std::path::Path;

use clap::Args;
use linkwright_sdk::ProfileFile;
use linkwright_sdk::core::{Error, ErrorKind};

use super::changed;
use crate::args::GlobalArgs;
use crate::exit::Outcome;
use crate::failure::{CommandResult, Failure};
use crate::output::Output;
use crate::settings;
use crate::world::World;

/// Open the file of profiles in your editor
///
/// The editor is that of VISUAL, else of EDITOR. It gets a copy, which is taken only if it reads well: a mistake is
/// named with its line, your text is kept, and the profiles stay as they were.
#[derive(Debug, Args)]
pub(super) struct EditArgs {}

/// What an editor shows when there is no file yet.
const TEMPLATE: &str = "\
format = 1
default = \"main\"

[profile.main]
marketplace = \"us\"

[profile.main.tags]
# us = \"mysite-20\"
# de = { default = \"mysite-21\", own = [\"mysite-*-21\"] }
";

/// Edits a copy, and takes it only if it reads well: a typing error must not cost the settings.
pub(super) fn run(global: &GlobalArgs, world: &World, output: &mut Output) -> CommandResult<Outcome> {
    let path = settings::profile_path(global, world)?.path;
    let before = match std::fs::read(&path) {
        // As bytes: a file with a mistake in it, be it its encoding, must still be editable.
        Ok(bytes) => bytes,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => TEMPLATE.as_bytes().to_vec(),
        Err(error) => {
            let message = format!("cannot read the file of profiles: `{}`", path.display());
            return Err(Error::new(ErrorKind::Unavailable, "profile.edit", message)
                .with_source(error)
                .into());
        }
    };
    let failed = |error: std::io::Error| Failure::stream(error, "cannot make a copy to edit");
    let copy = tempfile::Builder::new().prefix("linkwright-").suffix(".toml").tempfile().map_err(failed)?;
    std::fs::write(copy.path(), &before).map_err(failed)?;
    run_editor(world, copy.path())?;
    let edited = std::fs::read(copy.path()).map_err(failed)?;
    let different = edited != before;
    match ProfileFile::from_bytes(path, edited.clone()) {
        Ok(file) if different => {
            file.save()?;
            output.status(&format!("saved {}", file.path().display()));
            changed(&file, None, true, output)
        }
        Ok(file) => {
            output.status("nothing changed");
            changed(&file, None, false, output)
        }
        Err(error) if !different => Err(Failure::from(error).with_hint("nothing was changed")),
        Err(error) => {
            let kept = copy.into_temp_path().keep().map_err(|error| failed(error.error))?;
            // The line is one of the text that was kept: the message names that file.
            let error = ProfileFile::from_bytes(kept.clone(), edited).err().unwrap_or(error);
            let hint = format!("nothing was changed; your text is kept in `{}`", kept.display());
            Err(Failure::from(error).with_hint(hint))
        }
    }
}

fn run_editor(world: &World, file: &Path) -> CommandResult<()> {
    let set = |name: &str| (world.variables)(name).filter(|value| !value.is_empty());
    let usual = if cfg!(windows) { "notepad" } else { "vi" };
    let editor = set("VISUAL").or_else(|| set("EDITOR")).unwrap_or_else(|| usual.to_owned());
    match (world.run_editor)(&editor, file) {
        Ok(true) => Ok(()),
        Ok(false) => Err(Failure::usage(format!("the editor ended with an error: `{editor}`"))
            .with_hint("nothing was changed; set EDITOR to another one")),
        Err(error) => {
            let message = format!("cannot run the editor: `{editor}`");
            let error = Error::new(ErrorKind::ConfigInvalid, "profile.edit", message).with_source(error);
            Err(Failure::from(error).with_hint("set EDITOR to an editor you have"))
        }
    }
}
