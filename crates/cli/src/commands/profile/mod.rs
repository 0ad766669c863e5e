//! `linkwright profile`: making, showing and changing named settings.

mod edit;

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use linkwright_sdk::core::{Error, Marketplace, PartnerTag};
use linkwright_sdk::{NewProfile, Profile, ProfileFile, SETTINGS, TagArgument, Traced};
use serde::Serialize;

use crate::args::{GlobalArgs, marketplace};
use crate::exit::Outcome;
use crate::failure::{CommandResult, Failure};
use crate::output::Output;
use crate::settings;
use crate::world::World;

/// What a command that changed the file of profiles answers with `--json`.
#[derive(Serialize)]
pub(crate) struct ChangedJson<'a> {
    format: u8,
    file: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    profile: Option<&'a str>,
    changed: bool,
}

impl<'a> ChangedJson<'a> {
    fn new(file: &Path, profile: Option<&'a str>, changed: bool) -> Self {
        Self { format: 1, file: file.display().to_string(), profile, changed }
    }
}

#[derive(Serialize)]
struct ListJson<'a> {
    format: u8,
    file: String,
    default: Option<&'a str>,
    profiles: Vec<&'a str>,
}

#[derive(Serialize)]
struct ShowJson {
    format: u8,
    /// In the order of the output for people, which a map would not keep.
    #[serde(serialize_with = "as_object")]
    settings: Vec<(String, SettingJson)>,
}

#[derive(Serialize)]
struct SettingJson {
    value: String,
    origin: String,
}

fn as_object<S: serde::Serializer>(
    settings: &[(String, SettingJson)],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_map(settings.iter().map(|(name, setting)| (name, setting)))
}

/// Make and change profiles: your shops, tags and policies by name
///
/// Profiles live in one TOML file in your folder of settings. Environment variables override it, and flags override
/// those: LINKWRIGHT_PROFILE, LINKWRIGHT_MARKETPLACE, LINKWRIGHT_TAG (`us=TAG,de=TAG`), LINKWRIGHT_MISSING_TAG,
/// LINKWRIGHT_LANGUAGE, LINKWRIGHT_ASCSUBTAG, LINKWRIGHT_CATALOG, LINKWRIGHT_GEO, LINKWRIGHT_ACCOUNT, LINKWRIGHT_STORE,
/// LINKWRIGHT_SOURCE, LINKWRIGHT_API_ENDPOINT, LINKWRIGHT_TOKEN_ENDPOINT, LINKWRIGHT_PROXY, LINKWRIGHT_CA_FILE.
#[derive(Debug, Args)]
pub(crate) struct ProfileArgs {
    #[command(subcommand)]
    command: ProfileCommand,
}

/// What to do with profiles.
#[derive(Debug, Subcommand)]
enum ProfileCommand {
    Create(CreateArgs),
    Show(ShowArgs),
    /// List the profiles
    List,
    Set(SetArgs),
    Edit(edit::EditArgs),
}

/// Make a new profile
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  linkwright profile create main -m us --tag us=mysite-20 --tag de=mysite-21")]
struct CreateArgs {
    /// The profile's name
    name: String,

    /// Shop of targets that name none
    #[arg(short, long, value_parser = marketplace, value_name = "SHOP")]
    marketplace: Option<Marketplace>,

    /// Your tag, or SHOP=TAG (repeat for several shops)
    #[arg(long, value_name = "TAG")]
    tag: Vec<String>,
}

/// Show a profile's settings as they count now
#[derive(Debug, Args)]
struct ShowArgs {
    /// The profile; the default one if not given
    name: Option<String>,

    /// Say where each value comes from
    #[arg(long)]
    origin: bool,
}

/// Change one setting; an empty VALUE removes it
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  linkwright profile set main tags.de mysite-21
  linkwright profile set main missing-tag nearest-enrolled

  linkwright profile set main credentials.eu blog-eu

Settings: marketplace, missing-tag, language, ascsubtag, catalog, geo, account, store, source, gone,
api-endpoint, token-endpoint, proxy, ca-file, credentials.GROUP, tags.SHOP")]
struct SetArgs {
    /// The profile
    name: String,
    /// The setting
    setting: String,
    /// Its value
    value: String,
}

/// Runs the command.
pub(crate) fn run(
    args: &ProfileArgs,
    global: &GlobalArgs,
    world: &mut World,
    output: &mut Output,
) -> CommandResult<Outcome> {
    match &args.command {
        ProfileCommand::Create(args) => create(args, global, world, output),
        ProfileCommand::Show(args) => show(args, global, world, output),
        ProfileCommand::List => list(global, world, output),
        ProfileCommand::Set(args) => set(args, global, world, output),
        ProfileCommand::Edit(_) => edit::run(global, world, output),
    }
}

/// Tags as flags give them; a bare one belongs to the shop that is named beside it, else to the US shop.
pub(crate) fn tags_of(flags: &[String], shop: Option<Marketplace>) -> CommandResult<Vec<PartnerTag>> {
    let mut tags: Vec<PartnerTag> = Vec::new();
    for flag in flags {
        let tag = match TagArgument::parse(flag)? {
            TagArgument::OfShop(tag) => tag,
            TagArgument::Bare(tag) => {
                let belongs = shop.unwrap_or(Marketplace::Us);
                if shop.is_none() && PartnerTag::suffix_belongs_elsewhere(&tag, belongs) {
                    return Err(settings::belongs_elsewhere(&tag, belongs));
                }
                PartnerTag::new(&tag, belongs).map_err(Error::from)?
            }
        };
        if let Some(twice) = tags.iter().find(|known| known.marketplace() == tag.marketplace()) {
            let message = format!("two tags for {}: `{twice}`, `{tag}`", tag.marketplace().host());
            return Err(Failure::usage(message)
                .with_hint("a profile writes one tag a shop; name others as your own under `own`"));
        }
        tags.push(tag);
    }
    Ok(tags)
}

fn create(
    args: &CreateArgs,
    global: &GlobalArgs,
    world: &World,
    output: &mut Output,
) -> CommandResult<Outcome> {
    let path = settings::profile_path(global, world)?;
    let mut file = ProfileFile::load_or_new(&path)?;
    let tags = tags_of(&args.tag, args.marketplace)?;
    let marketplace = args.marketplace.or_else(|| tags.first().map(|tag| tag.marketplace()));
    let tags_given = tags.clone();
    file.create(&args.name, &NewProfile { marketplace, tags })?;
    tags_given.iter().filter_map(settings::unusual_suffix).for_each(|warning| output.warning(&warning));
    file.save()?;
    output.status(&format!("made profile `{}` in {}", args.name, file.path().display()));
    changed(&file, Some(&args.name), true, output)
}

fn set(args: &SetArgs, global: &GlobalArgs, world: &World, output: &mut Output) -> CommandResult<Outcome> {
    let mut file = ProfileFile::load(&settings::profile_path(global, world)?)?;
    let before = file.text().to_owned();
    file.set(&args.name, &args.setting, &args.value)?;
    let different = file.text() != before;
    if different {
        file.save()?;
        output.status(&format!("changed `{}` in {}", args.setting, file.path().display()));
    } else {
        output.status("nothing changed");
    }
    if let Some(variable) = variable_over(&args.setting, world) {
        output.warning(&format!("the variable `{variable}` is set and goes before this setting"));
    }
    changed(&file, Some(&args.name), different, output)
}

/// The variable that is set and takes the place of a setting.
fn variable_over(setting: &str, world: &World) -> Option<String> {
    let variable = match setting {
        // One tag of a list may be for this shop.
        setting if setting.starts_with("tags.") => "LINKWRIGHT_TAG".to_owned(),
        setting => format!("LINKWRIGHT_{}", setting.to_ascii_uppercase().replace('-', "_")),
    };
    (world.variables)(&variable).is_some_and(|value| !value.is_empty()).then_some(variable)
}

/// Ends a command that may have changed the file: its answer for programs.
fn changed(
    file: &ProfileFile,
    profile: Option<&str>,
    changed: bool,
    output: &mut Output,
) -> CommandResult<Outcome> {
    if output.json {
        output.json_line(&ChangedJson::new(file.path(), profile, changed))?;
    }
    Ok(Outcome::Complete)
}

fn list(global: &GlobalArgs, world: &World, output: &mut Output) -> CommandResult<Outcome> {
    let file = ProfileFile::load(&settings::profile_path(global, world)?)?;
    let default = file.default_name();
    if output.json {
        let (path, profiles) = (file.path().display().to_string(), file.names().collect());
        output.json_line(&ListJson { format: 1, file: path, default, profiles })?;
        return Ok(Outcome::Complete);
    }
    if file.names().next().is_none() {
        output.status(&format!("no profiles yet in {}", file.path().display()));
        output.hint("make one with `linkwright init`");
    }
    for name in file.names() {
        output.line(&if default == Some(name) { format!("{name} (default)") } else { name.to_owned() })?;
    }
    Ok(Outcome::Complete)
}

fn show(args: &ShowArgs, global: &GlobalArgs, world: &World, output: &mut Output) -> CommandResult<Outcome> {
    let file = ProfileFile::load(&settings::profile_path(global, world)?)?;
    let named = args.name.as_deref().or(global.profile.as_deref());
    let profile = Profile::resolve(&file, named, &*world.variables)?;
    let rows = rows(&profile);
    if output.json {
        let json =
            |value: Traced<String>| SettingJson { value: value.value, origin: value.origin.to_string() };
        let settings = rows.into_iter().map(|(name, value)| (name, json(value))).collect();
        output.json_line(&ShowJson { format: 1, settings })?;
        return Ok(Outcome::Complete);
    }
    let rows: Vec<Vec<String>> = rows
        .into_iter()
        .map(|(name, value)| {
            let mut row = vec![name, value.value];
            if args.origin {
                row.push(value.origin.to_string());
            }
            row
        })
        .collect();
    for line in crate::table::lines(&rows) {
        output.line(&line)?;
    }
    if profile.name.is_none() {
        output.hint("no profile yet: make one with `linkwright init`");
    }
    Ok(Outcome::Complete)
}

/// Every setting that has a value, in the order of [`SETTINGS`], tables last.
fn rows(profile: &Profile) -> Vec<(String, Traced<String>)> {
    let mut rows: Vec<(String, Traced<String>)> = Vec::new();
    let mut add =
        |name: &str, value: Option<Traced<String>>| rows.extend(value.map(|value| (name.to_owned(), value)));
    add("profile", profile.name.clone());
    for (name, _) in SETTINGS {
        match name {
            "marketplace" => add(name, profile.marketplace.as_ref().map(as_text)),
            "missing-tag" => add(name, Some(as_text(&profile.missing_tag))),
            "language" => add(name, profile.language.clone()),
            "ascsubtag" => add(name, profile.ascsubtag.clone()),
            "catalog" => add(name, profile.catalog.as_ref().map(path_as_text)),
            "geo" => add(name, Some(as_text(&profile.geo))),
            "account" => add(name, profile.account.clone()),
            "store" => add(name, profile.store.clone()),
            "source" => add(name, Some(as_text(&profile.source))),
            "gone" => add(name, Some(as_text(&profile.gone))),
            "api-endpoint" => add(name, profile.api_endpoint.as_ref().map(as_text)),
            "token-endpoint" => add(name, profile.token_endpoint.as_ref().map(as_text)),
            // As text it is without user and password.
            "proxy" => add(name, profile.proxy.as_ref().map(as_text)),
            "ca-file" => add(name, profile.ca_file.as_ref().map(path_as_text)),
            _ => {}
        }
    }
    for (group, name) in &profile.credentials {
        rows.push((format!("credentials.{group}"), as_text(name)));
    }
    for (shop, tags) in &profile.tags {
        let mut value =
            tags.value.default.as_ref().map_or_else(|| "(none)".to_owned(), |tag| tag.as_str().to_owned());
        if !tags.value.own.is_empty() {
            let own: Vec<&str> = tags.value.own.iter().map(|glob| glob.as_str()).collect();
            value = format!("{value} (own: {})", own.join(", "));
        }
        rows.push((format!("tags.{shop}"), Traced { value, origin: tags.origin.clone() }));
    }
    for tag in &profile.bare_tags {
        rows.push(("tag".to_owned(), tag.clone()));
    }
    rows
}

fn path_as_text(path: &Traced<PathBuf>) -> Traced<String> {
    Traced { value: path.value.display().to_string(), origin: path.origin.clone() }
}

fn as_text<T: ToString>(traced: &Traced<T>) -> Traced<String> {
    Traced { value: traced.value.to_string(), origin: traced.origin.clone() }
}
