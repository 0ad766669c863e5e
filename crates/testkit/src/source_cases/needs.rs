//! What a fixture must have for a case to apply.

use crate::source_fixture::SourceFixture;

type Needs = Result<(), &'static str>;

fn needs(holds: bool, otherwise: &'static str) -> Needs {
    if holds { Ok(()) } else { Err(otherwise) }
}

pub(super) fn nothing(_: &dyn SourceFixture) -> Needs {
    Ok(())
}

pub(super) fn get_items(fixture: &dyn SourceFixture) -> Needs {
    needs(fixture.capabilities().get_items, "does not answer get_items")
}

/// A source that asks a service needs a tag; one that asks nobody does not.
pub(super) fn untagged(fixture: &dyn SourceFixture) -> Needs {
    needs(!fixture.capabilities().offers, "asks only with a tag")
}

pub(super) fn unknown(fixture: &dyn SourceFixture) -> Needs {
    get_items(fixture)?;
    needs(fixture.unknown().is_some(), "knows every key")
}

pub(super) fn lacking(fixture: &dyn SourceFixture) -> Needs {
    let can = fixture.capabilities();
    let all = can.get_items && can.search_items && can.get_variations && can.get_browse_nodes;
    needs(!all, "answers every query")
}

pub(super) fn search(fixture: &dyn SourceFixture) -> Needs {
    needs(fixture.capabilities().search_items, "does not answer search_items")
}

pub(super) fn empty_search(fixture: &dyn SourceFixture) -> Needs {
    search(fixture)?;
    needs(fixture.words_without_results().is_some(), "has something for all words")
}

/// Sources of links alone give pages without products.
pub(super) fn search_with_products(fixture: &dyn SourceFixture) -> Needs {
    search(fixture)?;
    needs(fixture.capabilities().offers, "gives no products on pages")
}

pub(super) fn variations(fixture: &dyn SourceFixture) -> Needs {
    needs(fixture.capabilities().get_variations, "does not answer get_variations")
}

pub(super) fn no_variations(fixture: &dyn SourceFixture) -> Needs {
    variations(fixture)?;
    needs(fixture.without_variations().is_some(), "has an answer for every product")
}

pub(super) fn variations_with_products(fixture: &dyn SourceFixture) -> Needs {
    variations(fixture)?;
    needs(fixture.capabilities().offers, "gives no products on pages")
}

pub(super) fn browse_nodes(fixture: &dyn SourceFixture) -> Needs {
    needs(fixture.capabilities().get_browse_nodes, "does not answer get_browse_nodes")
}

pub(super) fn unknown_browse_node(fixture: &dyn SourceFixture) -> Needs {
    browse_nodes(fixture)?;
    needs(fixture.unknown_browse_node().is_some(), "knows every category")
}
