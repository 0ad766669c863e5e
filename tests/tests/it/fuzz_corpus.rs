//! The kept inputs of every fuzz target, replayed: what once broke something never does again.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use linkwright_tests::fuzzing::{Body, TARGETS};

const CORPUS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/fuzz/corpus");

/// Runs a target with every file of its folder, and says which file breaks it.
fn replay(name: &str, body: Body) {
    let folder = Path::new(CORPUS).join(name);
    let mut files: Vec<_> = fs::read_dir(&folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    assert!(!files.is_empty(), "{} is empty", folder.display());
    let broken: Vec<_> = files
        .iter()
        .filter(|file| {
            let input = fs::read(file).unwrap();
            std::panic::catch_unwind(|| body(&input)).is_err()
        })
        .collect();
    assert!(broken.is_empty(), "broken by {broken:?}");
}

macro_rules! replays {
    ($($name:ident)*) => {
        $(
            #[test]
            fn $name() {
                let (name, body) = TARGETS.into_iter().find(|(name, _)| *name == stringify!($name)).unwrap();
                replay(name, body);
            }
        )*

        #[test]
        fn no_target_is_left_out() {
            let replayed: BTreeSet<&str> = [$(stringify!($name)),*].into();
            let known: BTreeSet<&str> = TARGETS.iter().map(|(name, _)| *name).collect();
            assert_eq!(replayed, known);
        }
    };
}

replays! {
    catalog credential_document credential_import decode_browse_nodes decode_bulk_files decode_download_link decode_items
    decode_search decode_variations marketplace_and_tag profile read_link refusals target
}

#[test]
fn every_target_has_a_fuzz_program_and_the_other_way_round() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/fuzz/fuzz_targets");
    let programs: BTreeSet<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path().file_stem().unwrap().to_string_lossy().into_owned())
        .collect();
    let known: BTreeSet<String> = TARGETS.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(programs, known);
}
