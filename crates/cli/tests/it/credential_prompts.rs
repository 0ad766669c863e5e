//! What a person at a terminal is asked for a credential, by the library with a made-up world.

use std::io::Write;
use std::path::Path;
use std::sync::{Arc, Mutex};

use linkwright::{SharedWriter, World};
use linkwright_sdk::core::Secret;
use linkwright_testkit::Sentinel;

const ID: &str = "amzn1.application-oa2-client.0123456789abcdef";

/// A stream whose text can be looked at.
#[derive(Clone, Default)]
struct Seen(Arc<Mutex<Vec<u8>>>);

impl Write for Seen {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().expect("no panic before").write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Seen {
    fn text(&self) -> String {
        String::from_utf8(self.0.lock().expect("no panic before").clone()).expect("UTF-8")
    }
}

/// A home folder, and who sits before it.
struct Person {
    home: tempfile::TempDir,
}

/// What a person saw, with the home folder as `~`, and the exit code.
#[derive(Debug)]
struct Saw {
    stdout: String,
    stderr: String,
    code: String,
}

impl Person {
    fn new() -> Self {
        Self { home: tempfile::tempdir().expect("a folder") }
    }

    fn home(&self) -> &Path {
        self.home.path()
    }

    /// Runs a command; answers come from `lines`, what is typed unseen from `secrets`.
    fn runs(&self, command: &str, lines: &str, secrets: &[&str]) -> Saw {
        let (stdout, stderr) = (Seen::default(), Seen::default());
        let home = self.home().display().to_string();
        let variables = [("HOME".to_owned(), home.clone())];
        let writer = |seen: &Seen| SharedWriter::new(seen.clone());
        let mut world = World::captured(variables, lines, writer(&stdout), writer(&stderr));
        world.stdin_is_terminal = true;
        world.current_folder = self.home().to_owned();
        let typed: Mutex<Vec<String>> =
            Mutex::new(secrets.iter().rev().map(|text| (*text).to_owned()).collect());
        world.read_secret = Arc::new(move || {
            let next = typed.lock().expect("no panic before").pop();
            next.map(Secret::new).ok_or_else(|| std::io::Error::other("nobody types any more"))
        });
        let arguments = std::iter::once("linkwright").chain(command.split_whitespace());
        let code = linkwright::run(arguments.map(Into::into), &mut world);
        let shown = |seen: &Seen| seen.text().replace(&home, "~");
        Saw { stdout: shown(&stdout), stderr: shown(&stderr), code: format!("{code:?}") }
    }
}

/// The lines of standard error must be these, each by its beginning; prompts end in a blank and no line's end.
#[track_caller]
fn check(saw: &Saw, code: u8, parts: &[&str]) {
    assert_eq!(saw.code, format!("{:?}", std::process::ExitCode::from(code)), "{saw:?}");
    let mut rest = saw.stderr.as_str();
    for part in parts {
        let at = rest
            .find(part)
            .unwrap_or_else(|| panic!("{part:?} is not in, or not after the ones before: {saw:?}"));
        rest = &rest[at + part.len()..];
    }
}

#[test]
fn what_is_missing_is_asked_and_the_secret_is_not_shown() {
    let (person, sentinel) = (Person::new(), Sentinel::new(1));
    let saw = person.runs("credential add --no-verify", &format!("{ID}\n3.1\n"), &[sentinel.text()]);
    check(
        &saw,
        0,
        &[
            "Credential ID: ",
            "Version, as Amazon shows it beside the id: ",
            "Credential Secret (not shown): ",
            "stored `na` in file:~/.local/share/linkwright/credentials.age and read it back: id amzn…cdef, version 3.1\n",
            "made the key to it: ~/.local/share/linkwright/identity.txt\n",
        ],
    );
    sentinel.assert_absent("standard error", &saw.stderr);
    let shown = person.runs("credential show na --reveal", "", &[]);
    assert!(shown.stdout.contains(sentinel.text().trim()), "{shown:?}");
}

#[test]
fn a_version_that_contradicts_the_id_is_asked_again_before_the_secret() {
    let person = Person::new();
    let saw = person.runs(
        "credential add eu --no-verify --api-version 2.2 --id amzn1.application-oa2-client.01",
        "4\n2.2\n\n",
        &["hush"],
    );
    check(
        &saw,
        0,
        &[
            "error: this id is one of Login with Amazon, whose versions are 3.1, 3.2, 3.3, not: `2.2`\n",
            "Version, as Amazon shows it beside the id [3.2]: ",
            "error: no such version; known: 2.1, 2.2, 2.3, 3.1, 3.2, 3.3\n",
            "error: this id is one of Login with Amazon",
            // An empty answer takes what stands in brackets.
            "Credential Secret (not shown): ",
            "stored `eu`",
        ],
    );
}

#[test]
fn what_is_no_id_and_no_secret_is_asked_again() {
    let person = Person::new();
    let answers = format!("\namzn1.oa2-cs.v1.hunter2\nwith blank\n{ID}\n");
    let saw = person.runs("credential add na --no-verify", &answers, &["", ID, "two words", " hush \n"]);
    check(
        &saw,
        0,
        &[
            "error: an id is needed, as Amazon shows it\n",
            "error: this is the secret, not the id\n",
            "error: an id has no blanks in it\n",
            "version 3.1: the id is one of Login with Amazon, for `na`\n",
            "error: a secret is needed\n",
            "error: this is the id, not the secret\n",
            "error: a secret has no blanks in it\n",
            "stored `na`",
        ],
    );
    assert!(!saw.stderr.contains("hunter2"), "{saw:?}");
    let shown = person.runs("credential show na --reveal", "", &[]);
    assert!(shown.stdout.contains("secret    hush\n"), "{shown:?}");
}

#[test]
fn a_name_that_is_taken_is_said_before_a_secret_is_asked() {
    let person = Person::new();
    let add = format!("credential add na --no-verify --id {ID}");
    check(&person.runs(&add, "", &["one"]), 0, &["stored `na`"]);
    // Nobody types: asking for the secret would fail another way.
    check(
        &person.runs(&add, "", &[]),
        1,
        &["error: there is a credential of that name: `na`\nhint: add `--replace` to take its place"],
    );
    check(&person.runs(&format!("{add} --replace"), "", &["two"]), 0, &["stored `na`"]);
}

#[test]
fn removing_asks_first() {
    let person = Person::new();
    check(&person.runs(&format!("credential add na --no-verify --id {ID}"), "", &["hush"]), 0, &[]);
    for no in ["\n", "n\n", "maybe\n", ""] {
        let saw = person.runs("credential remove na", no, &[]);
        check(
            &saw,
            0,
            &["Remove `na` from file:~/.local/share/linkwright/credentials.age? [y/N] ", "nothing changed\n"],
        );
    }
    check(
        &person.runs("credential remove na --purge", "y\n", &[]),
        0,
        &["Remove for good `na`", "removed `na`"],
    );
    check(&person.runs("credential show na", "", &[]), 1, &["error: no credential of that name: `na`"]);
}

#[test]
fn of_several_in_a_file_one_is_asked_for_and_the_file_of_one_is_offered_for_deletion() {
    let person = Person::new();
    let file = person.home().join("two.csv");
    let text = format!("name,id,secret,version\nBlog,{ID},hunter2-one,3.1\nShop,{ID}9,hunter2-two,3.2\n");
    std::fs::write(&file, text).expect("written");
    let saw = person.runs("credential import two.csv --no-verify", "3\nShop\n", &[]);
    check(
        &saw,
        0,
        &[
            "1: id amzn…cdef, version 3.1, `Blog`, line 2\n2: id amzn…def9, version 3.2, `Shop`, line 3\n",
            "Which one (1 to 2): ",
            "error: a number from 1 to 2\n",
            "stored `eu`",
            "warning: the file still holds the secret in plain text: `two.csv`\n",
        ],
    );
    assert!(file.exists() && !saw.stderr.contains("hunter2"), "{saw:?}");

    std::fs::write(&file, format!("id,secret\n{ID},hunter2-one\n")).expect("written");
    let import = "credential import two.csv na --no-verify --replace";
    check(
        &person.runs(import, "n\n", &[]),
        0,
        &["Delete two.csv? [y/N] ", "warning: the file still holds the secret"],
    );
    assert!(file.exists());
    check(&person.runs(import, "y\n", &[]), 0, &["Delete two.csv? [y/N] ", "deleted two.csv"]);
    assert!(!file.exists());
}

#[test]
fn a_passphrase_is_asked_for_where_the_store_has_one() {
    let person = Person::new();
    let store = "--store file:pass.age?passphrase";
    let saw = person.runs(
        &format!("credential add na --no-verify --id {ID} {store}"),
        "",
        &["the passphrase", "hush"],
    );
    check(
        &saw,
        0,
        &["Passphrase of ~/pass.age: ", "Credential Secret (not shown): ", "stored `na` in file:~/pass.age"],
    );
    assert!(!saw.stderr.contains("the passphrase") && !saw.stderr.contains("made the key"), "{saw:?}");
    check(
        &person.runs(&format!("credential list {store}"), "", &["another one"]),
        4,
        &["Passphrase of ", "error: "],
    );
}
