//! Values: written, read, replaced, expired.

use std::sync::Arc;
use std::time::Duration;

use linkwright_core::{Clock, Timestamp};

use super::{MINUTE, SECOND, check_value, open};
use crate::ManualClock;
use crate::case::{Outcome, check, check_equal};
use crate::state_fixture::StateFixture;

pub(super) async fn absent_key_has_no_value(fixture: &dyn StateFixture) -> Outcome {
    let (state, _) = open(fixture).await?;
    check_value(&*state, "a key nobody wrote", "token/demo", None).await?;
    state.put("token/other", b"x", MINUTE).await?;
    check_value(&*state, "a key nobody wrote", "token/demo", None).await
}

pub(super) async fn value_is_read_back(fixture: &dyn StateFixture) -> Outcome {
    let (state, _) = open(fixture).await?;
    let all: Vec<u8> = (0..=255).collect();
    for value in [&b""[..], b"\0", b"plain", "日本語".as_bytes(), b"'; DROP TABLE entry; --", &all] {
        state.put("key", value, MINUTE).await?;
        check_value(&*state, "a value", "key", Some(value)).await?;
    }
    Ok(())
}

pub(super) async fn put_replaces(fixture: &dyn StateFixture) -> Outcome {
    let (state, _) = open(fixture).await?;
    for value in [&b"a long first value"[..], b"second", b""] {
        state.put("key", value, MINUTE).await?;
    }
    check_value(&*state, "a value written three times", "key", Some(b"")).await
}

pub(super) async fn keys_are_told_apart(fixture: &dyn StateFixture) -> Outcome {
    let (state, _) = open(fixture).await?;
    let keys = [
        "a", "A", "a ", " a", "a/", "a/b", "/a", "a%", "a_", "%", "_", "*", "a*", "'a'", "\"a\"", "a\0",
        "a\0b", "a\n", "1", "1.0", "01", "é", "e\u{301}", "ı", "日本",
    ];
    for key in keys {
        state.put(key, key.as_bytes(), MINUTE).await?;
    }
    for key in keys {
        check_value(&*state, &format!("the value of {key:?}"), key, Some(key.as_bytes())).await?;
    }
    check_equal("removing one", &state.remove("a%").await?, &true)?;
    for key in keys.into_iter().filter(|key| *key != "a%") {
        check_value(&*state, &format!("the value of {key:?}"), key, Some(key.as_bytes())).await?;
    }
    Ok(())
}

pub(super) async fn value_expires(fixture: &dyn StateFixture) -> Outcome {
    let (state, clock) = open(fixture).await?;
    state.put("short", b"1", MINUTE).await?;
    state.put("long", b"2", 2 * MINUTE).await?;
    clock.advance(MINUTE - Duration::from_millis(1));
    check_value(&*state, "a value just before its end", "short", Some(b"1")).await?;
    clock.advance(Duration::from_millis(1));
    check_value(&*state, "a value at its end", "short", None).await?;
    check_value(&*state, "a value that lives longer", "long", Some(b"2")).await?;
    // Also where writing cleared away what expired.
    state.put("other", b"3", MINUTE).await?;
    check_value(&*state, "an expired value", "short", None).await?;
    check_value(&*state, "a value that lives longer", "long", Some(b"2")).await
}

pub(super) async fn put_begins_a_new_lifetime(fixture: &dyn StateFixture) -> Outcome {
    let (state, clock) = open(fixture).await?;
    state.put("key", b"1", MINUTE).await?;
    clock.advance(MINUTE / 2);
    state.put("key", b"1", MINUTE).await?;
    clock.advance(MINUTE - SECOND);
    check_value(&*state, "a value written again", "key", Some(b"1")).await?;
    state.put("key", b"1", SECOND / 2).await?;
    clock.advance(SECOND / 2);
    check_value(&*state, "a value written again for a shorter time", "key", None).await
}

pub(super) async fn value_without_lifetime_is_not_there(fixture: &dyn StateFixture) -> Outcome {
    let (state, _) = open(fixture).await?;
    state.put("key", b"1", MINUTE).await?;
    state.put("key", b"2", Duration::ZERO).await?;
    check_value(&*state, "a value without lifetime", "key", None).await
}

pub(super) async fn longest_lifetime_does_not_overflow(fixture: &dyn StateFixture) -> Outcome {
    let (state, clock) = open(fixture).await?;
    state.put("key", b"1", Duration::MAX).await?;
    clock.advance(Duration::from_secs(100 * 365 * 24 * 60 * 60));
    check_value(&*state, "a value after a century", "key", Some(b"1")).await
}

pub(super) async fn value_from_the_future_is_not_there(fixture: &dyn StateFixture) -> Outcome {
    let (state, clock) = open(fixture).await?;
    state.put("key", b"1", MINUTE).await?;
    put_back(&clock, 24 * 60 * MINUTE);
    check_value(&*state, "a value written tomorrow", "key", None).await?;
    check_equal("creating it anew", &state.compare_and_set("key", None, b"2", MINUTE).await?, &true)?;
    check_value(&*state, "the new value", "key", Some(b"2")).await
}

pub(super) async fn small_correction_of_the_clock_loses_nothing(fixture: &dyn StateFixture) -> Outcome {
    let (state, clock) = open(fixture).await?;
    state.put("key", b"1", MINUTE).await?;
    put_back(&clock, SECOND);
    check_value(&*state, "a value written a second ahead", "key", Some(b"1")).await
}

pub(super) async fn removing_says_whether_there_was_a_value(fixture: &dyn StateFixture) -> Outcome {
    let (state, clock) = open(fixture).await?;
    check_equal("removing what is not there", &state.remove("key").await?, &false)?;
    state.put("key", b"1", MINUTE).await?;
    check_equal("removing what is there", &state.remove("key").await?, &true)?;
    check_value(&*state, "what was removed", "key", None).await?;
    check_equal("removing again", &state.remove("key").await?, &false)?;
    state.put("key", b"1", MINUTE).await?;
    clock.advance(MINUTE);
    check_equal("removing what expired", &state.remove("key").await?, &false)
}

pub(super) async fn compare_and_set_needs_the_present_value(fixture: &dyn StateFixture) -> Outcome {
    let (state, _) = open(fixture).await?;
    let set = |expected: Option<&'static [u8]>, value: &'static [u8]| {
        let state = &state;
        async move { state.compare_and_set("key", expected, value, MINUTE).await }
    };
    check_equal("expecting a value where none is", &set(Some(b""), b"0").await?, &false)?;
    check_value(&*state, "after a refusal", "key", None).await?;
    state.put("key", b"1", MINUTE).await?;
    for (what, expected) in
        [("no value", None), ("another", Some(&b"2"[..])), ("none of it", Some(b"")), ("more", Some(b"1\0"))]
    {
        check_equal(&format!("expecting {what}"), &set(expected, b"x").await?, &false)?;
        check_value(&*state, "after a refusal", "key", Some(b"1")).await?;
    }
    check_equal("expecting the present value", &set(Some(b"1"), b"2").await?, &true)?;
    check_value(&*state, "after a success", "key", Some(b"2")).await
}

pub(super) async fn compare_and_set_creates_once(fixture: &dyn StateFixture) -> Outcome {
    let (state, _) = open(fixture).await?;
    check_equal("the first", &state.compare_and_set("key", None, b"1", MINUTE).await?, &true)?;
    check_equal("the second", &state.compare_and_set("key", None, b"2", MINUTE).await?, &false)?;
    check_value(&*state, "the value", "key", Some(b"1")).await
}

pub(super) async fn compare_and_set_does_not_see_what_expired(fixture: &dyn StateFixture) -> Outcome {
    let (state, clock) = open(fixture).await?;
    state.put("key", b"1", MINUTE).await?;
    clock.advance(MINUTE);
    let expecting_it = state.compare_and_set("key", Some(b"1"), b"2", MINUTE).await?;
    check_equal("expecting an expired value", &expecting_it, &false)?;
    check_equal("expecting none", &state.compare_and_set("key", None, b"2", MINUTE).await?, &true)?;
    check_value(&*state, "the value", "key", Some(b"2")).await
}

pub(super) async fn compare_and_set_sets_the_lifetime(fixture: &dyn StateFixture) -> Outcome {
    let (state, clock) = open(fixture).await?;
    state.put("key", b"1", SECOND).await?;
    check_equal("setting", &state.compare_and_set("key", Some(b"1"), b"2", MINUTE).await?, &true)?;
    clock.advance(MINUTE - SECOND);
    check_value(&*state, "a value before its end", "key", Some(b"2")).await?;
    clock.advance(SECOND);
    check_value(&*state, "a value at its end", "key", None).await
}

pub(super) async fn concurrent_compare_and_set_has_one_winner(fixture: &dyn StateFixture) -> Outcome {
    let handles = fixture.open_two(Arc::new(ManualClock::new())).await?;
    let mut present: Option<Vec<u8>> = None;
    for round in 0..10 {
        let attempts = (0..16_usize).map(|caller| {
            let (state, present) = (&handles[caller % 2], present.as_deref());
            let value = format!("round {round}, caller {caller}").into_bytes();
            async move {
                let won = state.compare_and_set("key", present, &value, MINUTE).await?;
                Ok::<_, linkwright_core::Error>(won.then_some(value))
            }
        });
        let attempts = futures_util::future::join_all(attempts).await;
        let winners: Vec<Vec<u8>> =
            attempts.into_iter().collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect();
        check_equal("winners", &winners.len(), &1)?;
        check_value(&*handles[0], "the value", "key", Some(&winners[0])).await?;
        present = Some(winners[0].clone());
    }
    Ok(())
}

pub(super) async fn handles_share_values(fixture: &dyn StateFixture) -> Outcome {
    let clock = ManualClock::new();
    let [one, two] = fixture.open_two(Arc::new(clock.clone())).await?;
    one.put("key", b"1", MINUTE).await?;
    check_value(&*two, "what the other wrote", "key", Some(b"1")).await?;
    check(two.compare_and_set("key", Some(b"1"), b"2", MINUTE).await?, || {
        "refused the other's value".to_owned()
    })?;
    check_value(&*one, "what the other set", "key", Some(b"2")).await?;
    check_equal("removing what the other set", &one.remove("key").await?, &true)?;
    check_value(&*two, "what the other removed", "key", None).await?;
    two.put("key", b"3", MINUTE).await?;
    clock.advance(MINUTE);
    check_value(&*one, "what the other wrote a minute ago", "key", None).await
}

/// Sets the clock back by this long.
pub(super) fn put_back(clock: &ManualClock, by: Duration) {
    let millis = i64::try_from(by.as_millis()).unwrap_or(i64::MAX);
    clock.set_now(Timestamp::from_unix_millis(clock.now().as_unix_millis() - millis));
}
