//! What the name of a column means, and whether it may be shown.

use zeroize::Zeroizing;

use super::ImportField;

/// What a name stands for, and how surely: the higher number wins among several names for one field.
pub(super) fn meaning(name: &str) -> Option<(ImportField, u8)> {
    // The first line of a file without headers holds values: this buffer is overwritten, and never grows.
    const LONGEST: usize = 64;
    let mut compact = Zeroizing::new(String::with_capacity(LONGEST * 4));
    let letters = name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase);
    letters.take(LONGEST).for_each(|letter| compact.push(letter));
    // Names of more than a few words are values.
    if compact.is_empty() || compact.chars().count() > 40 || name.chars().count() > 60 {
        return None;
    }
    let any = |words: &[&str]| words.iter().any(|word| compact.contains(word));
    if any(SECRET) {
        // A secret's own id or date is not the secret.
        return (!any(&["date", "created", "expir"])).then_some((ImportField::Secret, 2));
    }
    if any(VERSION) {
        return Some((ImportField::Version, 2));
    }
    let is_id = compact.ends_with("id") || compact.starts_with("id") || any(&["identif", "kennung"]);
    if is_id && !any(OTHER_IDS) {
        let sureness = match () {
            () if any(&["credential", "anmelde", "credenzial", "認証"]) => 5,
            () if any(&["client"]) => 4,
            () if compact.as_str() == "id" || compact.starts_with("identif") => 4,
            () if any(&["access", "key"]) => 3,
            () if any(&["app"]) => 1,
            () => 0,
        };
        return (sureness > 0).then_some((ImportField::Id, sureness));
    }
    match compact.as_str() {
        "accesskey" | "clientkey" | "access" => Some((ImportField::Id, 2)),
        "credentialname" | "label" => Some((ImportField::Label, 3)),
        "name" | "title" => Some((ImportField::Label, 2)),
        "application" | "applicationname" | "app" | "appname" | "credential" => Some((ImportField::Label, 1)),
        _ => None,
    }
}

/// How a secret is called: English, and the languages of Amazon's shops.
const SECRET: &[&str] =
    &["secret", "secreto", "segreto", "geheim", "sekret", "gizli", "シークレット", "密钥"];

/// How a version is called.
const VERSION: &[&str] = &["version", "versión", "versione", "versie", "wersja", "バージョン", "版本"];

/// Ids of other things than a credential.
const OTHER_IDS: &[&str] = &[
    "account",
    "associate",
    "customer",
    "merchant",
    "partner",
    "paid",
    "seller",
    "store",
    "tracking",
    "user",
    "valid",
];

/// Names that are shown whatever stands beside them: nobody's secret is one of these.
const KNOWN: &[&str] = &[
    "accesskey",
    "accesskeyid",
    "anmeldedatenid",
    "apiversion",
    "applicationid",
    "applicationname",
    "clientid",
    "clientsecret",
    "created",
    "credential",
    "credentialid",
    "credentialname",
    "credentialsecret",
    "credentialversion",
    "format",
    "geheimnis",
    "id",
    "identifiant",
    "label",
    "name",
    "secret",
    "secretaccesskey",
    "secretduclient",
    "secretkey",
    "title",
    "version",
];

/// Whether this is one of the names that credentials' files are known to have, however it is spaced.
pub(super) fn is_known(name: &str) -> bool {
    let letters = || name.chars().filter(|c| !matches!(c, ' ' | '_' | '-')).flat_map(char::to_lowercase);
    // A comparison in place leaves no copy of what may be a value.
    KNOWN.iter().any(|known| known.chars().eq(letters()))
}

/// The longest name that is shown, and the longest word in it: words are shorter, keys are longer.
const LONGEST_SHOWN: usize = 40;
const LONGEST_WORD: usize = 24;

fn is_words(name: &str) -> bool {
    let plain = |c: char| c.is_alphabetic() || matches!(c, ' ' | '_');
    let longest = name.split([' ', '_']).map(|word| word.chars().count()).max().unwrap_or(0);
    name.chars().all(plain) && longest <= LONGEST_WORD && name.chars().count() <= LONGEST_SHOWN
}

/// Whether these are names: words alone, with one among them that is known. The first line of a file without headers holds
/// values.
pub(super) fn are_names<'a>(cells: impl Iterator<Item = &'a str> + Clone) -> bool {
    let cells = cells.map(str::trim);
    cells.clone().any(is_known) && cells.clone().all(|cell| is_known(cell) || is_words(cell))
}

/// A name as it may be shown, from among others of which [`are_names`] said whether they are.
pub(super) fn shown(name: &str, among_names: bool) -> Option<&str> {
    let name = name.trim();
    (is_known(name) || (among_names && is_words(name) && !name.is_empty())).then_some(name)
}
