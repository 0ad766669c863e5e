//! What cases may need of a fixture, each with the reason to show when it is not there.

use crate::store_fixture::StoreFixture;

type Needed = Result<(), &'static str>;

pub(super) fn write(fixture: &dyn StoreFixture) -> Needed {
    need(fixture.capabilities().write, "the store lacks `write`")
}

pub(super) fn create_only(fixture: &dyn StoreFixture) -> Needed {
    need(fixture.capabilities().create_only, "the store lacks `create_only`")
}

pub(super) fn update_if(fixture: &dyn StoreFixture) -> Needed {
    need(fixture.capabilities().update_if, "the store lacks `update_if`")
}

pub(super) fn pending(fixture: &dyn StoreFixture) -> Needed {
    need(fixture.capabilities().pending, "the store lacks `pending`")
}

pub(super) fn list(fixture: &dyn StoreFixture) -> Needed {
    need(fixture.capabilities().list, "the store lacks `list`")
}

pub(super) fn revisions(fixture: &dyn StoreFixture) -> Needed {
    need(fixture.capabilities().revisions, "the store lacks `revisions`")
}

pub(super) fn restore(fixture: &dyn StoreFixture) -> Needed {
    need(fixture.capabilities().restore, "the store lacks `restore`")
}

pub(super) fn size_limit(fixture: &dyn StoreFixture) -> Needed {
    need(fixture.capabilities().max_value_bytes.is_some(), "the store names no `max_value_bytes`")
}

pub(super) fn damage(fixture: &dyn StoreFixture) -> Needed {
    need(fixture.can_damage(), "the fixture cannot damage its stores")
}

pub(super) fn no_write(fixture: &dyn StoreFixture) -> Needed {
    need(!fixture.capabilities().write, "the store has `write`")
}

pub(super) fn no_create_only(fixture: &dyn StoreFixture) -> Needed {
    need(!fixture.capabilities().create_only, "the store has `create_only`")
}

pub(super) fn no_update_if(fixture: &dyn StoreFixture) -> Needed {
    need(!fixture.capabilities().update_if, "the store has `update_if`")
}

pub(super) fn no_pending(fixture: &dyn StoreFixture) -> Needed {
    need(!fixture.capabilities().pending, "the store has `pending`")
}

pub(super) fn no_list(fixture: &dyn StoreFixture) -> Needed {
    need(!fixture.capabilities().list, "the store has `list`")
}

pub(super) fn no_revisions(fixture: &dyn StoreFixture) -> Needed {
    need(!fixture.capabilities().revisions, "the store has `revisions`")
}

pub(super) fn no_restore(fixture: &dyn StoreFixture) -> Needed {
    need(!fixture.capabilities().restore, "the store has `restore`")
}

fn need(met: bool, otherwise: &'static str) -> Needed {
    if met { Ok(()) } else { Err(otherwise) }
}
