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
            "Credential Secret (not shown): ",
            "Version, as Amazon shows it beside the id: ",
            "stored `na` in file:~/.local/share/linkwright/credentials.age and read it back: id amzn…cdef, version 3.1\n",
            "made the key to it: ~/.local/share/linkwright/identity.txt\n",
        ],
    );
    sentinel.assert_absent("standard error", &saw.stderr);
    let shown = person.runs("credential show na --reveal", "", &[]);
    assert!(shown.stdout.contains(sentinel.text().trim()), "{shown:?}");
}

#[test]
fn a_version_that_contradicts_id_or_name_is_asked_again() {
    let person = Person::new();
    let saw = person.runs(
        "credential add eu --no-verify --api-version 2.2 --id amzn1.application-oa2-client.01",
        "4\n2.2\n3.1\n\n",
        &["hush"],
    );
    check(
        &saw,
        0,
        &[
            "error: this id is one of Login with Amazon, whose versions are 3.1, 3.2, 3.3, not: `2.2`\n",
            "Credential Secret (not shown): ",
            "Version, as Amazon shows it beside the id [3.2]: ",
            "error: no such version; known: 2.1, 2.2, 2.3, 3.1, 3.2, 3.3\n",
            "error: this id is one of Login with Amazon",
            "error: version 3.1 is for the shops of `na`, and the name is of another group: `eu`\n",
            // An empty answer takes what stands in brackets.
            "stored `eu`",
        ],
    );
}

#[test]
fn what_is_no_id_and_no_secret_is_asked_again() {
    let person = Person::new();
    let answers = format!("\namzn1.oa2-cs.v1.hunter2\nwith blank\nAKIAIOSFODNN7EXAMPLE\n{ID}\n");
    let saw =
        person.runs("credential add na --no-verify", &answers, &["", ID, "two words", "v3.1", " hush \n"]);
    check(
        &saw,
        0,
        &[
            "error: the id is missing\n",
            "error: the secret stands where the id should be\n",
            "error: the id holds a blank or a control character\n",
            "error: a key of the Product Advertising API, which is retired, does not work",
            "version 3.1: the id is one of Login with Amazon, for `na`\n",
            "error: the secret is missing\n",
            "error: the id stands where the secret should be\n",
            "error: the secret holds a blank or a control character\n",
            "error: the version stands where the secret should be\n",
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
fn a_secret_that_was_typed_is_not_lost_to_a_name_that_is_taken() {
    let person = Person::new();
    check(&person.runs(&format!("credential add na --no-verify --id {ID}"), "", &["one"]), 0, &[]);
    let add = format!("credential add --no-verify --id {ID}");
    let question = "There is a credential of that name: `na`. Replace it? [y/N] ";
    check(
        &person.runs(&add, "3.1\nn\n", &["two"]),
        1,
        &[question, "error: there is a credential of that name"],
    );
    check(&person.runs(&add, "3.1\ny\n", &["two"]), 0, &[question, "stored `na`"]);
    let shown = person.runs("credential show na --reveal", "", &[]);
    assert!(shown.stdout.contains("secret    two\n"), "{shown:?}");
}

#[test]
fn the_end_of_the_input_ends_the_line_of_the_question() {
    let person = Person::new();
    check(
        &person.runs("credential add --no-verify", "", &[]),
        2,
        &["Credential ID: \nerror: the answers ended"],
    );
    let add = format!("credential add na --no-verify --id {ID}");
    check(&person.runs(&add, "", &[]), 5, &["Credential Secret (not shown): \nerror: "]);
    check(&person.runs(&add, "", &["hush"]), 0, &[]);
    check(&person.runs("credential remove na", "", &[]), 0, &["[y/N] \nnothing changed\n"]);
}

#[test]
fn what_is_not_there_is_not_asked_about() {
    let person = Person::new();
    let saw = person.runs("credential remove nosuch", "y\n", &[]);
    check(&saw, 1, &["error: no credential of that name: `nosuch`"]);
    assert!(!saw.stderr.contains("[y/N]"), "{saw:?}");
}

#[test]
fn of_credentials_for_several_groups_one_is_asked_for() {
    let person = Person::new();
    check(&person.runs(&format!("credential add na --no-verify --id {ID}"), "", &["one"]), 0, &[]);
    check(&person.runs(&format!("credential add eu --no-verify --id {ID}9"), "", &["two"]), 0, &[]);
    let saw = person.runs("--timeout 0 credential verify", "fe\neu\n", &[]);
    check(
        &saw,
        5,
        &["Which credential (na, eu): ", "error: one of: na, eu\n", "Which credential (na, eu): ", "error: "],
    );
    check(&person.runs("--timeout 0 credential verify -m de", "", &[]), 5, &["error: "]);
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

#[cfg(unix)]
#[test]
fn a_link_is_deleted_with_the_file_that_it_leads_to() {
    let person = Person::new();
    let (real, link) = (person.home().join("real.csv"), person.home().join("link.csv"));
    std::fs::write(&real, format!("id,secret\n{ID},hunter2-one\n")).expect("written");
    std::os::unix::fs::symlink(&real, &link).expect("a link");
    let import = "credential import link.csv na --no-verify --delete-source";
    check(&person.runs(import, "", &[]), 0, &["deleted ", "real.csv and the link to it, link.csv;"]);
    assert!(!real.exists() && !link.is_symlink());
}

#[test]
fn a_passphrase_is_asked_for_where_the_store_has_one() {
    let person = Person::new();
    let store = "--store file:pass.age?passphrase";
    let add = format!("credential add na --no-verify --id {ID} {store}");
    // Only a new one is asked for twice.
    let saw = person.runs(&add, "", &["the passphrase", "the passphrsae", "hush"]);
    check(
        &saw,
        2,
        &[
            "Passphrase for the new store ~/pass.age: ",
            "The same once more: ",
            "error: the two passphrases differ",
        ],
    );
    assert!(!person.home().join("pass.age").exists());
    let saw = person.runs(&add, "", &["the passphrase", "the passphrase", "hush"]);
    check(
        &saw,
        0,
        &[
            "Passphrase for the new store ~/pass.age: ",
            "The same once more: ",
            "Credential Secret (not shown): ",
            "stored `na` in file:~/pass.age",
        ],
    );
    assert!(!saw.stderr.contains("the passphrase") && !saw.stderr.contains("made the key"), "{saw:?}");
    check(
        &person.runs(&format!("{add} --replace"), "", &["the passphrase", "hush"]),
        0,
        &["Passphrase of ~/pass.age: ", "stored `na`"],
    );
    check(
        &person.runs(&format!("credential list {store}"), "", &["another one"]),
        4,
        &["Passphrase of ", "error: "],
    );
}
