//! What Amazon's refusals become.

use std::time::Duration;

use linkwright_core::{ApiVersion, ErrorKind, Reason, Retry, Timestamp, error_chain};
use linkwright_http::{Headers, Response};
use linkwright_testkit::ManualClock;

use crate::support::{Script, World, all_items, answer, asins, context, credential, is_call, request};

/// One refusal and what it becomes.
struct Row {
    status: u16,
    body: &'static str,
    kind: ErrorKind,
    retry: Retry,
    code: Option<&'static str>,
    reason: Option<Reason>,
    /// A part of the message.
    says: &'static str,
}

const fn row(
    status: u16,
    body: &'static str,
    kind: ErrorKind,
    retry: Retry,
    code: Option<&'static str>,
    reason: Option<Reason>,
    says: &'static str,
) -> Row {
    Row { status, body, kind, retry, code, reason, says }
}

use ErrorKind::{
    NotFound, PermissionDenied, RateLimited, RequestInvalid, Timeout, Unauthenticated, Unavailable,
};
use Retry::{Never, Now};

#[rustfmt::skip] // One refusal is one line, so that the table can be read as a table.
const API: &[Row] = &[
    row(400, r#"{"type":"ValidationException","reason":"InvalidAssociate","message":"m"}"#, PermissionDenied, Never, Some("InvalidAssociate"), Some(Reason::Associate), "demo-20"),
    row(400, r#"{"type":"ValidationException","reason":"InvalidPartnerTag"}"#, PermissionDenied, Never, Some("InvalidPartnerTag"), Some(Reason::Associate), "demo-20"),
    row(400, r#"{"type":"ValidationException","reason":"FieldValidationFailed","fieldList":["partnerTag","resources"]}"#, RequestInvalid, Never, Some("FieldValidationFailed"), None, "`partnerTag, resources`"),
    row(400, r#"{"type":"ValidationException","reason":"FieldValidationFailed","fieldList":[{"name":"itemIds","message":"too long"}]}"#, RequestInvalid, Never, Some("FieldValidationFailed"), None, "`itemIds`"),
    row(400, r#"{"reason":"FieldValidationFailed","message":"Request validation failed.","fieldList":17}"#, RequestInvalid, Never, Some("FieldValidationFailed"), None, "`Request validation failed.`"),
    row(400, r#"{"type":"ValidationException","reason":"Other","message":"Line\none `quoted`"}"#, RequestInvalid, Never, Some("Other"), None, "`Line one 'quoted'`"),
    row(400, r#"{"type":"ValidationException","reason":"CannotParse"}"#, Unavailable, Never, Some("CannotParse"), Some(Reason::Unavailable), "CannotParse"),
    row(400, r#"{"type":"ValidationException","reason":"UnknownOperation"}"#, Unavailable, Never, Some("UnknownOperation"), Some(Reason::Unavailable), "UnknownOperation"),
    row(400, "<html>Bad Request</html>", Unavailable, Never, None, Some(Reason::Unavailable), "no answer of the Creators API, status 400"),
    row(401, r#"{"reason":"InvalidIssuer"}"#, Unauthenticated, Never, Some("InvalidIssuer"), Some(Reason::Credential), "version"),
    row(401, r#"{"reason":"UnsupportedClient"}"#, Unauthenticated, Never, Some("UnsupportedClient"), Some(Reason::Credential), "this credential"),
    row(401, r#"{"reason":"InvalidClient"}"#, Unauthenticated, Never, Some("InvalidClient"), Some(Reason::Credential), "this credential"),
    row(401, r#"{"reason":"MissingCredential"}"#, Unauthenticated, Never, Some("MissingCredential"), Some(Reason::Credential), "MissingCredential"),
    row(401, r#"{"type":"UnauthorizedException","reason":"TokenExpired"}"#, Unauthenticated, Never, Some("TokenExpired"), Some(Reason::Credential), "issued just now"),
    row(403, r#"{"message":"Your account does not currently meet the eligibility requirements.","reason":"AssociateNotEligible","type":"AccessDeniedException"}"#, PermissionDenied, Never, Some("AssociateNotEligible"), Some(Reason::NotEligible), "no access"),
    row(403, r#"{"type":"AccessDeniedException","reason":"AuthorizationFailed"}"#, PermissionDenied, Never, Some("AuthorizationFailed"), Some(Reason::Denied), "may not"),
    row(403, r#"{"type":"AccessDeniedException","reason":"Other","message":"No."}"#, PermissionDenied, Never, Some("Other"), Some(Reason::Denied), "`No.`"),
    row(403, "Forbidden", PermissionDenied, Never, None, Some(Reason::Denied), "something refuses"),
    row(404, r#"{"type":"ResourceNotFoundException","resourceId":"B000000000","resourceType":"Item"}"#, NotFound, Never, Some("ResourceNotFoundException"), None, "none of these"),
    row(404, r#"{"__type":"com.amazon.creators#ResourceNotFoundException"}"#, NotFound, Never, Some("ResourceNotFoundException"), None, "none of these"),
    row(404, r#"{"__type":"com.amazon.creators#ResourceNotFoundExceptionResponseContent","message":17}"#, NotFound, Never, Some("ResourceNotFoundException"), None, "none of these"),
    row(404, "<html>Not Found</html>", Unavailable, Never, None, Some(Reason::Unavailable), "status 404"),
    row(404, r#"{"message":"Not Found"}"#, Unavailable, Never, None, Some(Reason::Unavailable), "status 404"),
    row(408, "", Timeout, Now, None, Some(Reason::Timeout), "gave up"),
    row(418, "", Unavailable, Never, None, Some(Reason::Unavailable), "status 418"),
    row(429, r#"{"type":"ThrottleException"}"#, RateLimited, Now, Some("ThrottleException"), Some(Reason::Throttled), "fewer calls"),
    row(429, r#"{"type":"ThrottleException","retryAfterSeconds":7}"#, RateLimited, Retry::After(Duration::from_secs(7)), Some("ThrottleException"), Some(Reason::Throttled), "fewer calls"),
    row(429, r#"{"retryAfterSeconds":"1.2"}"#, RateLimited, Retry::After(Duration::from_secs(2)), None, Some(Reason::Throttled), "fewer calls"),
    row(429, r#"{"retryAfterSeconds":-5}"#, RateLimited, Now, None, Some(Reason::Throttled), "fewer calls"),
    row(429, r#"{"retryAfterSeconds":1e30}"#, RateLimited, Now, None, Some(Reason::Throttled), "fewer calls"),
    row(500, r#"{"type":"InternalServerException","message":"m"}"#, Unavailable, Now, Some("InternalServerException"), Some(Reason::Unavailable), "status 500"),
    row(503, "<html>", Unavailable, Now, None, Some(Reason::Unavailable), "status 503"),
    row(302, "", Unavailable, Never, None, Some(Reason::Unavailable), "not followed"),
    row(500, r#"{"type":"not a code, but a sentence"}"#, Unavailable, Now, None, Some(Reason::Unavailable), "status 500"),
];

#[tokio::test]
async fn each_refusal_of_the_api_becomes_what_it_means() {
    for row in API {
        let world = World::new(Script::with_token(|_| answer(row.status, row.body)));
        let error = world.client().get_items(&context(), &request(&asins(1))).await.unwrap_err();
        check(row, &error);
        assert_eq!(error.context_value("marketplace"), Some("us"));
        assert_eq!(error.operation(), "creators.get_items");
    }
}

fn check(row: &Row, error: &linkwright_core::Error) {
    let what = format!("{} {}: {error:?}", row.status, row.body);
    assert_eq!(error.kind(), row.kind, "{what}");
    assert_eq!(error.retry(), row.retry, "{what}");
    assert_eq!(error.code(), row.code, "{what}");
    assert_eq!(Reason::of(error), row.reason, "{what}");
    assert!(error.message().contains(row.says), "{what}");
    assert!(!error_chain(error).contains('\n'), "{what}");
    assert_eq!(error.context_value("status"), Some(row.status.to_string().as_str()), "{what}");
    assert_eq!(error.origin(), "creators", "{what}");
}

#[rustfmt::skip] // As above.
const TOKEN: &[Row] = &[
    row(400, r#"{"error":"invalid_client"}"#, Unauthenticated, Never, Some("invalid_client"), Some(Reason::Credential), "does not accept"),
    row(401, r#"{"error_description":"Client authentication failed","error":"invalid_client"}"#, Unauthenticated, Never, Some("invalid_client"), Some(Reason::Credential), "does not accept"),
    row(400, r#"{"error":"invalid_scope"}"#, Unauthenticated, Never, Some("invalid_scope"), Some(Reason::Credential), "Login with Amazon"),
    row(400, r#"{"error":"unauthorized_client"}"#, Unauthenticated, Never, Some("unauthorized_client"), Some(Reason::Credential), "Creators API"),
    row(400, r#"{"error":"invalid_request"}"#, Unauthenticated, Never, Some("invalid_request"), Some(Reason::Credential), "invalid_request"),
    row(400, r#"{"error":"something_new"}"#, Unauthenticated, Never, Some("something_new"), Some(Reason::Credential), "something_new"),
    row(400, r#"{"error":"you sent hush"}"#, Unauthenticated, Never, None, Some(Reason::Credential), "without a code"),
    row(401, "", Unauthenticated, Never, None, Some(Reason::Credential), "without a code"),
    row(403, "", PermissionDenied, Never, None, Some(Reason::Denied), "status 403"),
    row(404, "", Unavailable, Never, None, Some(Reason::Unavailable), "unexpected status"),
    row(408, "", Timeout, Now, None, Some(Reason::Timeout), "gave up"),
    row(429, "", RateLimited, Now, None, Some(Reason::Throttled), "too often"),
    row(400, r#"{"error":"slow_down"}"#, RateLimited, Now, Some("slow_down"), Some(Reason::Throttled), "too often"),
    row(503, "<html>", Unavailable, Now, None, Some(Reason::Unavailable), "status 503"),
    row(400, r#"{"error":"temporarily_unavailable"}"#, Unavailable, Now, Some("temporarily_unavailable"), Some(Reason::Unavailable), "failed"),
    row(307, "", Unavailable, Never, None, Some(Reason::Unavailable), "not followed"),
    row(204, "", Unavailable, Never, None, Some(Reason::Unavailable), "unexpected status"),
];

#[tokio::test]
async fn each_refusal_of_a_token_service_becomes_what_it_means() {
    for row in TOKEN {
        let script = Script::new(|_| Ok(answer(row.status, row.body)));
        let world = World::new(script.clone());
        let error = world.client().get_items(&context(), &request(&asins(1))).await.unwrap_err();
        check(row, &error);
        assert_eq!(error.operation(), "creators.token");
        assert!(script.calls().is_empty(), "no token, no call");
        assert_eq!(script.token_requests(), 1, "asked once");
        // The same without the way around: for checking a credential.
        let stored = linkwright_core::Stored::new(
            credential(ApiVersion::V3_1),
            linkwright_core::Revision::new("1"),
            None,
        );
        check(row, &world.client().exchange_token(&context(), &stored).await.unwrap_err());
    }
}

/// A success that holds no token.
#[tokio::test]
async fn an_answer_without_a_usable_token_is_corrupt() {
    let long = format!(r#"{{"access_token":"{}"}}"#, "x".repeat(100_000));
    let table = [
        "",
        "{}",
        "[]",
        "<html>",
        r#"{"access_token":null}"#,
        r#"{"access_token":""}"#,
        r#"{"access_token":17}"#,
        r#"{"access_token":"a\r\nhost: evil"}"#,
        r#"{"access_token":"a b"}"#,
        &long,
    ];
    for body in table {
        let body = body.to_owned();
        let world = World::new(Script::new(move |_| Ok(answer(200, &body))));
        let error = world.client().get_items(&context(), &request(&asins(1))).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Corrupt, "{error:?}");
        assert!(error.message().len() < 200, "{error}");
    }
}

#[tokio::test]
async fn retry_after_is_seconds_or_a_date() {
    // The manual clock shows 2026-01-01T00:00:00Z, a Thursday.
    assert_eq!(ManualClock::new().at_start(), "2026-01-01T00:00:00Z");
    let after = |seconds| Retry::After(Duration::from_secs(seconds));
    let table = [
        ("3", after(3)),
        (" 3 ", after(3)),
        ("0", Now),
        ("Thu, 01 Jan 2026 00:01:30 GMT", after(90)),
        ("Wed, 31 Dec 2025 23:59:00 GMT", Now),
        // Not understood: as the body says, which is 9.
        ("Thursday, 01-Jan-26 00:01:30 GMT", after(9)),
        ("Thu, 01 Jan 2026 00:01:30 PST", after(9)),
        ("Thu, 01 Foo 2026 00:01:30 GMT", after(9)),
        ("-1", after(9)),
        ("soon", after(9)),
        ("", after(9)),
        ("99999999999", after(24 * 3600)),
        ("99999999999999999999999", after(9)),
    ];
    for (header, expected) in table {
        for status in [429, 503] {
            let world = World::new(Script::with_token(move |_| {
                let headers = Headers::new([("Retry-After".to_owned(), header.to_owned())]);
                Response::new(status, headers, r#"{"retryAfterSeconds":9}"#)
            }));
            let error = world.client().get_items(&context(), &request(&asins(1))).await.unwrap_err();
            assert_eq!(error.retry(), expected, "{status} {header:?}");
        }
    }
}

trait AtStart {
    fn at_start(&self) -> String;
}

impl AtStart for ManualClock {
    fn at_start(&self) -> String {
        let now: Timestamp = linkwright_core::Clock::now(self);
        now.to_string()
    }
}

#[tokio::test]
async fn the_number_of_a_call_is_kept_for_amazons_support() {
    for (name, value, expected) in [
        ("x-amzn-RequestId", "7a2b-19", Some("7a2b-19")),
        ("x-amz-rid", "ABC123", Some("ABC123")),
        ("x-amzn-RequestId", "a\nb", None),
        ("x-other", "7a2b-19", None),
    ] {
        let world = World::new(Script::with_token(move |_| {
            Response::new(500, Headers::new([(name.to_owned(), value.to_owned())]), "")
        }));
        let error = world.client().get_items(&context(), &request(&asins(1))).await.unwrap_err();
        assert_eq!(error.context_value("request_id"), expected, "{name} {value}");
    }
}

#[tokio::test]
async fn a_call_without_answer_is_the_transports_error() {
    let cause = || {
        linkwright_core::Error::new(Unavailable, "http.send", "no connection: `https://h`").with_retry(Now)
    };
    let world = World::new(Script::new(move |request| {
        if is_call(request) { Err(cause()) } else { Ok(crate::support::token("t", 3600)) }
    }));
    let error = world.client().get_items(&context(), &request(&asins(1))).await.unwrap_err();
    assert_eq!((error.kind(), error.retry()), (Unavailable, Now));

    let world = World::new(Script::new(
        move |request| if is_call(request) { Ok(all_items(request)) } else { Err(cause()) },
    ));
    let error = world.client().get_items(&context(), &request(&asins(1))).await.unwrap_err();
    assert_eq!((error.kind(), error.retry()), (Unavailable, Now));
    assert_eq!(error.message(), "no token could be fetched, no connection: `https://h`");
}

#[tokio::test]
async fn of_a_refused_field_amazons_rule_is_told() {
    let body = r#"{"reason":"FieldValidationFailed","fieldList":[{"name":"itemPage","message":"must be `small`"},{"name":"x"},"y"]}"#;
    let script = Script::with_token(move |_| answer(400, body));
    let error = World::new(script).client().get_items(&context(), &request(&asins(1))).await.unwrap_err();
    assert_eq!(error.message(), "Amazon refuses a field of the request: `itemPage, x, y`");
    assert_eq!(error.hint(), Some("Amazon says of itemPage: must be 'small'"));
}
