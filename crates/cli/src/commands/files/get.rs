//! Fetches a feed or report into a file.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use clap::Args;
use linkwright_sdk::core::{Error, ErrorKind};
use linkwright_sdk::creators::{DownloadOptions, DownloadStage};
use linkwright_sdk::nearest_name;
use serde::Serialize;

use super::size::size;
use super::{Entry, Kind, OfArgs, Shelf};
use crate::api;
use crate::exit::Outcome;
use crate::failure::{CommandResult, Failure};
use crate::output::Output;
use crate::printable::printable;
use crate::progress::Progress;
use crate::runtime::Runtime;
use crate::world::World;

/// Which file, and where to.
#[derive(Debug, Args)]
pub(super) struct GetArgs {
    /// Its name, as the list has it
    #[arg(value_name = "NAME")]
    name: String,

    /// File to write, which is replaced if it is there; without it, one of the same name in this folder
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,

    /// Unpack it (gzip)
    #[arg(long)]
    gunzip: bool,

    #[command(flatten)]
    pub(super) of: OfArgs,
}

#[derive(Serialize)]
struct FetchedJson<'a> {
    format: u8,
    name: &'a str,
    path: String,
    bytes: u64,
    md5: Option<&'a str>,
    fetched: u64,
    resumed_at: u64,
}

pub(super) fn run(
    shelf: &Shelf,
    args: &GetArgs,
    world: &World,
    output: &mut Output,
) -> CommandResult<Outcome> {
    let path = args.target()?;
    let target = world.path(&path);
    let runtime = Runtime::new()?;
    let entries = runtime.block_on(shelf.list()).map_err(|error| shelf.refused(error))?;
    let Some(entry) = entries.iter().find(|entry| entry.name() == args.name) else {
        return Err(no_such_file(shelf, &args.name, &entries));
    };
    let download = entry.download()?;
    let transport = api::transport(&shelf.profile)?;
    let mut options = DownloadOptions::default();
    options.unpack = args.gunzip;
    // What somebody earned is nobody else's to read.
    options.private = shelf.kind == Kind::Reports;
    let progress = output.progress();
    if progress.is_seen() {
        options.progress = Some(Arc::new(bar(entry.name().to_owned(), progress.clone())));
    }
    let address = || shelf.address(entry);
    let fetched = runtime.block_on(download.fetch(
        &transport,
        &*world.clock,
        &shelf.context,
        &address,
        &target,
        &options,
    ));
    progress.clear();
    let fetched = fetched?;
    // As it was given: what a link leads to is not what was asked for.
    let path = path.display().to_string();
    if output.json {
        output.json_line(&FetchedJson {
            format: 1,
            name: entry.name(),
            path,
            bytes: fetched.bytes,
            md5: entry.md5(),
            fetched: fetched.fetched,
            resumed_at: fetched.resumed_at,
        })?;
        return Ok(Outcome::Complete);
    }
    output.line(&printable(&path))?;
    let resumed = match fetched.resumed_at {
        0 => String::new(),
        at => format!(", {} of it from an earlier try", size(at)),
    };
    let listed = entry.size().unwrap_or(fetched.bytes);
    let unpacked = if args.gunzip { format!(", {} unpacked", size(fetched.bytes)) } else { String::new() };
    output.status(&format!("{}{resumed}{unpacked}; size and md5 are those of the list", size(listed)));
    Ok(Outcome::Complete)
}

impl GetArgs {
    /// The file to write.
    fn target(&self) -> CommandResult<PathBuf> {
        let why = "what is fetched is checked before it counts, so it goes to a file";
        match &self.output {
            Some(path) if path.as_os_str() == "-" => {
                return Err(Failure::usage(format!("{why}: `-o -`")).with_hint("name one: `-o FILE`"));
            }
            Some(path) => return Ok(path.clone()),
            None => {}
        }
        // A name with folders in it must not lead out of this one.
        let name = self.name.rsplit(['/', '\\']).next().unwrap_or_default();
        let name = if self.gunzip { name.strip_suffix(".gz").unwrap_or(name) } else { name };
        if matches!(name, "" | "." | "..") {
            let message = format!("no file can have this name: `{}`", self.name);
            return Err(Failure::usage(message).with_hint("name the file to write: `-o FILE`"));
        }
        Ok(PathBuf::from(name))
    }
}

fn no_such_file(shelf: &Shelf, name: &str, entries: &[Entry]) -> Failure {
    let (kind, shop) = (shelf.kind, shelf.context.marketplace);
    let message = format!("{} has no {} of that name: `{name}`", shop.host(), kind.one());
    let failure = Failure::from(Error::new(ErrorKind::NotFound, "files.get", message));
    let names = || entries.iter().map(Entry::name);
    let near = names().find(|known| known.eq_ignore_ascii_case(name)).or_else(|| nearest_name(name, names()));
    match near {
        Some(near) => failure.with_hint(format!("did you mean `{near}`?")),
        None => failure.with_hint(format!("list them with `linkwright {} list -m {shop}`", kind.many())),
    }
}

/// Shows how far a download is, each time a hundredth of it is done.
fn bar(name: String, progress: Progress) -> impl Fn(DownloadStage, u64, u64) + Send + Sync {
    const WIDTH: usize = 20;
    let last = AtomicU64::new(u64::MAX);
    move |stage, done, total| {
        let percent = done.saturating_mul(100).checked_div(total).unwrap_or(100).min(100);
        let stage = match stage {
            DownloadStage::Unpacking => "unpacking",
            _ => "fetching",
        };
        // The stage counts too: both begin at 0.
        if last.swap(percent * 16 + stage.len() as u64, Ordering::Relaxed)
            == percent * 16 + stage.len() as u64
        {
            return;
        }
        let full = percent as usize * WIDTH / 100;
        let (full, empty) = ("#".repeat(full), ".".repeat(WIDTH - full));
        progress.show(&format!(
            "[{full}{empty}] {percent:>3} %  {} of {}  {stage} {name}",
            size(done),
            size(total)
        ));
    }
}
