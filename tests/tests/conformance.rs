//! Conformance: every case of the test kit against every backend, and through every wrapper.
//!
//! A trial is named `store/BACKEND/CASE`, `state/BACKEND/CASE` or `source/BACKEND/CASE`. A case that does not apply to a
//! backend is *ignored*, with the reason in brackets before its name; it never looks like a success. Add a backend to
//! [`store_backends`], [`state_backends`] or [`source_backends`], a case to the test kit.

use std::process::ExitCode;
use std::sync::Arc;

use libtest_mimic::{Arguments, Failed, Trial};
use linkwright_core::{ApiVersion, Capabilities, Marketplace, PartnerTag, ProductSource};
use linkwright_sdk::SourceChoice;
use linkwright_state::{MemoryState, State};
use linkwright_store_file::Access::{ReadOnly, ReadWrite};
use linkwright_testkit::{
    Case, MemoryFixture, Outcome, Recorder, SourceFixture, StateFixture, StoreFixture, WrappedFixture,
    memory_state, ready, scripted, source_cases, state_cases, store_cases,
};
use linkwright_zero::{Catalog, CatalogFormat, ZeroSource};

#[path = "conformance/creators_fixture.rs"]
mod creators_fixture;

#[path = "conformance/emulated.rs"]
mod emulated;

#[path = "conformance/layer_fixtures.rs"]
mod layer_fixtures;

#[path = "conformance/stack_fixture.rs"]
mod stack_fixture;

#[path = "conformance/store_fixtures.rs"]
mod store_fixtures;

#[path = "conformance/state_fixtures.rs"]
mod state_fixtures;

use creators_fixture::CreatorsFixture;
use stack_fixture::StackFixture;
use state_fixtures::SqliteFixture;
use store_fixtures::{EnvFixture, FileFixture, Opening};

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let mut trials = Vec::new();
    for (backend, fixture) in store_backends() {
        trials.extend(store_cases().into_iter().map(|case| trial("store", backend, &fixture, case)));
    }
    for (backend, fixture) in state_backends() {
        trials.extend(state_cases().into_iter().map(|case| trial("state", backend, &fixture, case)));
    }
    for (backend, fixture) in source_backends() {
        trials.extend(source_cases().into_iter().map(|case| trial("source", backend, &fixture, case)));
    }
    trials.push(Trial::test("source/every_case_applies_somewhere", every_source_case_applies_somewhere));
    libtest_mimic::run(&arguments, trials).exit_code()
}

/// All kinds of stores, by the name they have in a trial's name.
fn store_backends() -> Vec<(&'static str, Arc<dyn StoreFixture>)> {
    let memory = MemoryFixture::default;
    // What a password manager's plainest store can do, and a store of environment variables.
    let mut write_only = Capabilities::NONE;
    write_only.write = true;
    let mut list_only = Capabilities::NONE;
    list_only.list = true;
    let file = FileFixture::new;
    let mut backends: Vec<(&'static str, Arc<dyn StoreFixture>)> = vec![
        ("memory", Arc::new(memory())),
        ("memory-in-arc", Arc::new(WrappedFixture::new(memory(), |store| store))),
        ("memory-in-box", Arc::new(WrappedFixture::new(memory(), Box::new))),
        ("memory-recorded", Arc::new(WrappedFixture::new(memory(), Recorder::new))),
        ("memory-write-only", Arc::new(WrappedFixture::limited(memory(), write_only))),
        ("memory-list-only", Arc::new(WrappedFixture::limited(memory(), list_only))),
        ("memory-bare", Arc::new(WrappedFixture::limited(memory(), Capabilities::NONE))),
        ("file-identity", Arc::new(file(Opening::Identity, ReadWrite))),
        ("file-passphrase", Arc::new(file(Opening::Passphrase, ReadWrite))),
        ("file-read-only", Arc::new(file(Opening::Identity, ReadOnly))),
        ("file-in-arc", Arc::new(WrappedFixture::new(file(Opening::Identity, ReadWrite), |store| store))),
        ("env", Arc::new(EnvFixture::new(false))),
        ("env-files", Arc::new(EnvFixture::new(true))),
    ];
    backends.extend(layer_fixtures::stores());
    backends
}

/// All kinds of states, by the name they have in a trial's name.
fn state_backends() -> Vec<(&'static str, Arc<dyn StateFixture>)> {
    let shared = |state: MemoryState| -> Arc<dyn State> { Arc::new(state) };
    vec![
        ("memory", memory_state(shared)),
        ("memory-in-arc-dyn", memory_state(move |state| Arc::new(shared(state)))),
        ("sqlite", Arc::new(SqliteFixture::default())),
    ]
}

/// All kinds of sources, by the name they have in a trial's name.
fn source_backends() -> Vec<(&'static str, Arc<dyn SourceFixture>)> {
    let tag = |text, shop| PartnerTag::new(text, shop).unwrap_or_else(|error| panic!("{error}"));
    let us = tag("conformance-20", Marketplace::Us);
    let jp = tag("conformance-22", Marketplace::Jp);
    let catalog = Catalog::parse("asin,title\nB08N5WRWNW,My kettle\n", CatalogFormat::Csv);
    let with_catalog = ZeroSource::with_catalog(catalog.unwrap_or_else(|error| panic!("{error}")));
    let shared: Arc<dyn ProductSource> = Arc::new(ZeroSource::new());
    let mut backends = vec![
        ("zero", ready(Arc::new(ZeroSource::new()), us.clone())),
        ("zero-jp", ready(Arc::new(ZeroSource::new()), jp)),
        ("zero-with-catalog", ready(Arc::new(with_catalog), us.clone())),
        ("zero-in-arc-dyn", ready(Arc::new(shared), us.clone())),
        ("zero-recorded", ready(Arc::new(Recorder::new(ZeroSource::new())), us.clone())),
        ("scripted", scripted(us.clone(), |source| Arc::new(source))),
        ("scripted-items-only", scripted(us.clone(), |source| Arc::new(source.items_only()))),
        ("scripted-recorded", scripted(us.clone(), |source| Arc::new(Recorder::new(source)))),
    ];
    let creators = |version, wrap| -> Arc<dyn SourceFixture> {
        Arc::new(CreatorsFixture::new(version, wrap).unwrap_or_else(|error| panic!("no port: {error}")))
    };
    backends.push(("creators-2.2", creators(ApiVersion::V2_2, |source| Arc::new(source))));
    backends.push(("creators-3.1", creators(ApiVersion::V3_1, |source| Arc::new(source))));
    let recorded = creators(ApiVersion::V3_3, |source| Arc::new(Recorder::new(source)));
    backends.push(("creators-recorded", recorded));
    let stack = |choice| -> Arc<dyn SourceFixture> {
        Arc::new(StackFixture::new(choice).unwrap_or_else(|error| panic!("no port: {error}")))
    };
    backends.push(("stack-auto", stack(SourceChoice::Auto)));
    backends.push(("stack-creators", stack(SourceChoice::Creators)));
    backends.extend(layer_fixtures::sources(&us));
    backends
}

/// A case that is ignored on every backend shows nothing, and nobody would see that.
fn every_source_case_applies_somewhere() -> Result<(), Failed> {
    let backends = source_backends();
    for case in source_cases() {
        if !backends.iter().any(|(_, fixture)| (case.needs)(&**fixture).is_ok()) {
            return Err(format!("no backend for `{}`", case.name).into());
        }
    }
    Ok(())
}

/// One case on one backend, as the harness runs it.
fn trial<F: ?Sized + Send + Sync + 'static>(
    what: &str,
    backend: &str,
    fixture: &Arc<F>,
    case: Case<F>,
) -> Trial {
    let name = format!("{what}/{backend}/{}", case.name);
    match (case.needs)(fixture) {
        Ok(()) => {
            let fixture = Arc::clone(fixture);
            Trial::test(name, move || run(&*fixture, case))
        }
        // Run all the same by `--include-ignored`, it fails for its reason.
        Err(reason) => {
            Trial::test(name, move || Err(reason.into())).with_kind(reason).with_ignored_flag(true)
        }
    }
}

/// Runs a case on a runtime of its own, so that what one leaves behind cannot reach the next.
fn run<F: ?Sized>(fixture: &F, case: Case<F>) -> Result<(), Failed> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let outcome: Outcome = runtime.block_on((case.run)(fixture));
    outcome.map_err(|failure| format!("{failure}\nthis case shows: {}", case.shows).into())
}
