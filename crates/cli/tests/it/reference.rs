//! The committed reference of the command line is the one the program's own definitions give.

use crate::support::{blessing, difference, repository};

#[test]
fn the_reference_is_up_to_date() {
    let path = repository().join("docs/reference/cli.md");
    let fresh = linkwright::reference_markdown();
    if blessing() {
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("the folder can be made");
        std::fs::write(&path, &fresh).expect("the reference can be written");
        return;
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        committed == fresh,
        "docs/reference/cli.md is stale; run cargo xtask codegen\n{}",
        difference(&committed, &fresh)
    );
}
