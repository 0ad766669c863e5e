//! Tests of the rules on whole files.

use super::*;

fn found(path: &str, text: &str) -> Vec<String> {
    check_file(path, text, false)
        .iter()
        .map(|finding| format!("{}: {}", finding.line, finding.what))
        .collect()
}

#[test]
fn a_file_begins_with_its_purpose() {
    for (text, is_good) in [
        ("//! What it is for.\n", true),
        ("\n//! What it is for.\n", true),
        ("#!/usr/bin/env x\n//! What it is for.\n", true),
        ("#![allow(a, reason = \"]\")]\n#![deny(\n    b,\n)]\n\n//! What it is for.\n", true),
        ("#![allow(a)] //! What it is for.\n", true),
        ("//!\n//! Late.\n", false),
        ("// A comment.\n//! What it is for.\n", false),
        ("use a;\n//! What it is for.\n", false),
        ("/// Of an item.\nfn f() {}\n", false),
        ("#![allow(", false),
        ("", false),
    ] {
        assert_eq!(beginning("a.rs", text).is_none(), is_good, "{text:?}");
    }
}

#[test]
fn long_files_are_found_and_tests_do_not_count() {
    let body = "fn f() {}\n".repeat(499);
    let tests = "#[cfg(test)]\nmod tests {\n".to_owned() + &"    fn f() {}\n".repeat(300) + "}\n";
    let just_right = format!("//! A.\n{body}{tests}");
    let too_long = format!("//! A.\n{body}fn g() {{}}\n{tests}");
    assert_eq!(found("crates/core/src/a.rs", &just_right), Vec::<String>::new());
    assert_eq!(found("crates/core/src/a.rs", &too_long), ["1: 501 lines without tests, 500 are allowed"]);
    assert_eq!(found("crates/core/tests/it/a.rs", &too_long), Vec::<String>::new());
    assert!(check_file("crates/core/src/a/tests.rs", &too_long, true).is_empty());
}

#[test]
fn names_say_something() {
    for (path, is_good) in [
        ("crates/core/src/util.rs", false),
        ("crates/core/src/common/mod.rs", false),
        ("crates/core/tests/it/helpers.rs", false),
        ("crates/core/src/utility.rs", true),
    ] {
        assert_eq!(found(path, "//! A.\n").is_empty(), is_good, "{path}");
    }
    let modules = "//! A.\nmod common;\nmod uncommon;\nmod misc {}\n";
    assert_eq!(
        found("crates/core/src/lib.rs", modules),
        [
            "2: module `common` says nothing about its content",
            "4: module `misc` says nothing about its content"
        ]
    );
}

#[test]
fn forbidden_words_are_found_in_code_of_the_right_crates() {
    let cases: &[(&str, &str, &[&str])] = &[
        ("crates/core/src/a.rs", "println!(\"a\")", &["print"]),
        ("crates/core/src/a.rs", "let a = \"println!(x)\"; // println!(x)", &[]),
        ("crates/core/src/a.rs", "/// println!(x)\nfn f() {}", &[]),
        ("crates/core/src/a.rs", "#[cfg(test)]\nmod tests { println!(a) }", &[]),
        ("crates/core/src/a.rs", "writeln!(f, \"a\")", &[]),
        ("crates/cli/src/a.rs", "println!(\"a\"); std::env::var(b)", &[]),
        ("crates/cli/src/a.rs", "todo!()", &["placeholder"]),
        ("crates/core/build.rs", "println!(\"cargo::x\"); std::env::var(b)", &[]),
        ("crates/core/examples/a.rs", "println!(\"a\")", &[]),
        ("crates/http/src/a.rs", "std::env::var(a)", &["env"]),
        ("crates/http/src/a.rs", "use std::{fs, env};", &["env"]),
        ("crates/zero/src/a.rs", "use std::{fs, env};", &["env", "file-system"]),
        ("crates/zero/src/a.rs", "env!(\"CARGO_PKG_VERSION\")", &[]),
        ("crates/sdk/src/a.rs", "std::process::exit(1)", &["exit"]),
        ("crates/sdk/src/a.rs", "Instant::now()", &[]),
        ("crates/layers/src/a.rs", "std::time::Instant::now()", &["clock"]),
        ("crates/layers/tests/it/a.rs", "std::time::Instant::now()", &[]),
        (
            "crates/layers/tests/it/a.rs",
            "#[ignore = \"slow\"]\nfn f() { unimplemented!() }",
            &["placeholder", "ignored-test"],
        ),
        ("crates/core/src/a.rs", "#[cfg(test)]\nmod tests { fn f() { todo!() } }", &["placeholder"]),
        ("xtask/src/a.rs", "println!(\"a\"); std::env::args()", &[]),
        ("xtask/src/a.rs", "// FIXME later", &["reminder"]),
        ("xtask/src/a.rs", "// PREFIXMER", &[]),
    ];
    for (path, code, rules) in cases {
        let findings = check_file(path, &format!("//! A.\n{code}\n"), false);
        let broken: Vec<&str> = RULES
            .iter()
            .filter(|rule| findings.iter().any(|finding| finding.mend == rule.mend_line()))
            .map(|rule| rule.name)
            .collect();
        assert_eq!(&broken, rules, "{path}: {code}");
    }
}

#[test]
fn permissions_need_a_known_rule_a_reason_and_a_use() {
    let path = "crates/sdk/src/a.rs";
    for (code, expected) in [
        ("std::env::var(a); // tidy: allow(env) the one place", vec![]),
        ("// tidy: allow(env) the one place\nstd::env::var(a);", vec![]),
        ("std::env::var(a); // tidy: allow(env)", vec!["2: `tidy: allow(env)` without a reason"]),
        (
            "std::env::var(a); // tidy: allow(print) wrong",
            vec![
                "2: `std::env`: a library does not read the environment",
                "2: `tidy: allow(print)` excuses nothing",
            ],
        ),
        ("a(); // tidy: allow(everything) please", vec!["2: no rule is called `everything`"]),
    ] {
        assert_eq!(found(path, &format!("//! A.\n{code}\n")), expected, "{code}");
    }
}

#[test]
fn files_of_test_modules_are_tests_whatever_their_name() {
    let tree = Tree::of(&[
        ("crates/core/src/lib.rs", "mod a;\n#[cfg(test)]\nmod made_up;\n"),
        ("crates/core/src/a.rs", "#[cfg(test)]\nmod tests;\n"),
        ("crates/core/src/a/tests.rs", ""),
        ("crates/core/src/a/tests/deep.rs", ""),
        ("crates/core/src/made_up.rs", ""),
    ]);
    let found = test_files(&tree);
    for (path, expected) in [
        ("crates/core/src/a.rs", false),
        ("crates/core/src/a/tests.rs", true),
        ("crates/core/src/a/tests/deep.rs", true),
        ("crates/core/src/made_up.rs", true),
    ] {
        assert_eq!(found.contains(path), expected, "{path}");
    }
}
