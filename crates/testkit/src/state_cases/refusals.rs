//! What is refused, and what is said and not said about it.

use std::sync::Arc;

use linkwright_core::{Error, ErrorKind, error_chain};
use linkwright_state::{Pace, State};

use super::{MINUTE, SECOND, check_value, open};
use crate::case::{Failure, Outcome, check, check_equal, expect_kind};
use crate::state_fixture::StateFixture;
use crate::{ManualClock, Sentinel};

const LONGEST_KEY: usize = 512;
const LARGEST_VALUE: usize = 64 << 10;

/// What every method answers to this key, by the method's name.
async fn all_methods(state: &dyn State, key: &str) -> [(&'static str, Result<(), Error>); 5] {
    [
        ("state.get", state.get(key).await.map(drop)),
        ("state.put", state.put(key, b"1", MINUTE).await),
        ("state.compare_and_set", state.compare_and_set(key, Some(b"1"), b"2", MINUTE).await.map(drop)),
        ("state.remove", state.remove(key).await.map(drop)),
        ("state.reserve", state.reserve(key, Pace::every(SECOND), MINUTE).await.map(drop)),
    ]
}

pub(super) async fn keys_have_bounds(fixture: &dyn StateFixture) -> Outcome {
    let (state, _) = open(fixture).await?;
    // The second is as long in bytes with half as many characters.
    for key in ["k".repeat(LONGEST_KEY), "é".repeat(LONGEST_KEY / 2), "k".to_owned()] {
        for (_, answer) in all_methods(&*state, &key).await {
            answer?;
        }
    }
    for key in [String::new(), "k".repeat(LONGEST_KEY + 1), "é".repeat(LONGEST_KEY / 2 + 1)] {
        for (method, answer) in all_methods(&*state, &key).await {
            let what = format!("`{method}` with a key of {} bytes", key.len());
            expect_kind(&what, answer, ErrorKind::RequestInvalid)?;
        }
    }
    Ok(())
}

pub(super) async fn values_have_bounds(fixture: &dyn StateFixture) -> Outcome {
    let (state, _) = open(fixture).await?;
    let largest: Vec<u8> = (0..=u8::MAX).cycle().take(LARGEST_VALUE).collect();
    state.put("key", &largest, MINUTE).await?;
    check(state.get("key").await?.as_deref() == Some(&largest[..]), || {
        "the largest value changed".to_owned()
    })?;
    check(state.compare_and_set("key", Some(&largest), &largest, MINUTE).await?, || {
        "the largest value is not the present one".to_owned()
    })?;
    let larger = vec![0; LARGEST_VALUE + 1];
    let put = state.put("key", &larger, MINUTE).await;
    expect_kind("putting a larger value", put, ErrorKind::RequestInvalid)?;
    let set = state.compare_and_set("key", Some(&largest), &larger, MINUTE).await;
    expect_kind("setting a larger value", set, ErrorKind::RequestInvalid)?;
    check(state.get("key").await?.as_deref() == Some(&largest[..]), || {
        "a refused value was written".to_owned()
    })
}

pub(super) async fn errors_say_where_they_come_from(fixture: &dyn StateFixture) -> Outcome {
    let (state, _) = open(fixture).await?;
    let origin = state.info().to_string();
    for (method, answer) in all_methods(&*state, "").await {
        let error = expect_kind("an empty key", answer, ErrorKind::RequestInvalid)?;
        check_equal("the operation", &error.operation(), &method)?;
        check_equal("the origin", &error.origin(), &origin.as_str())?;
    }
    Ok(())
}

pub(super) async fn debug_and_errors_show_no_value(fixture: &dyn StateFixture) -> Outcome {
    let (state, _) = open(fixture).await?;
    let sentinel = Sentinel::new(3);
    let hidden = |what: &str, text: String| match sentinel.find_in(text.as_bytes()) {
        Some(leak) => Err(Failure::new(format!("{what} holds the value: {leak}"))),
        None => Ok(()),
    };
    state.put("key", sentinel.text().as_bytes(), MINUTE).await?;
    check_value(&*state, "the value", "key", Some(sentinel.text().as_bytes())).await?;
    hidden("Debug", format!("{state:?} {state:#?}"))?;
    hidden("the name", format!("{} {:?}", state.info(), state.info()))?;
    let too_large = sentinel.text().repeat(LARGEST_VALUE / sentinel.text().len() + 1);
    let refused = state.put("key", too_large.as_bytes(), MINUTE).await;
    let error = expect_kind("a value that is too large", refused, ErrorKind::RequestInvalid)?;
    hidden("an error", format!("{error:?} {}", error_chain(&error)))
}

pub(super) async fn info_is_the_same_for_all_handles(fixture: &dyn StateFixture) -> Outcome {
    let [one, two] = fixture.open_two(Arc::new(ManualClock::new())).await?;
    check_equal("the name of the second handle", &two.info(), &one.info())?;
    check(!one.info().scheme.is_empty(), || "a state without a scheme".to_owned())
}
