//! Calls with a body of the caller's own, and the names of the operations.

use linkwright_core::{Account, ErrorKind, Marketplace, RequestContext};
use linkwright_creators::{ApiOperation, ApiRequest, RawRequest};

use crate::support::{Script, World, answer, body, context, header};

#[test]
fn the_body_is_sent_as_it_is_with_the_tag_it_lacks() {
    let table = [
        (ApiOperation::GetItems, "{}", r#"{"partnerTag":"demo-20"}"#),
        (ApiOperation::GetItems, " {\"a\" : 1.50} ", r#"{"a" : 1.50,"partnerTag":"demo-20"}"#),
        (ApiOperation::GetItems, r#"{"partnerTag": "other-20"}"#, r#"{"partnerTag": "other-20"}"#),
        (ApiOperation::GetItems, r#"{"partnerTag": null}"#, r#"{"partnerTag": null,"partnerTag":"demo-20"}"#),
        (ApiOperation::GetItems, "\u{feff}{\"a\":1}", r#"{"a":1,"partnerTag":"demo-20"}"#),
        (ApiOperation::ListFeeds, "{}", "{}"),
        (ApiOperation::GetReport, r#"{"filename":"a"}"#, r#"{"filename":"a"}"#),
    ];
    for (operation, json, expected) in table {
        let request = RawRequest::new(&context(), operation, json).unwrap();
        assert_eq!(String::from_utf8(request.body()).unwrap(), expected);
    }
}

#[test]
fn what_is_no_object_is_refused() {
    for json in ["", "[]", "7", "{", "{\"a\":}", "{} {}", "{\"partnerTag\": 7}", "{\"partnerTag\": \"a b\"}"]
    {
        let error = RawRequest::new(&context(), ApiOperation::GetItems, json).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::RequestInvalid, "{json}");
    }
    // No tag of another shop by the back door: a tag is bound to the shop of the call.
    let za = RequestContext::untagged(Account::new("main"), Marketplace::Za);
    let error = RawRequest::new(&za, ApiOperation::GetItems, r#"{"partnerTag": "demo-21"}"#).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::RequestInvalid);
}

#[tokio::test]
async fn the_answer_comes_back_as_it_came() {
    let text = r#"{"searchResult": {"brandNew": [1.50, 1e2]} , "x":null}"#;
    let script = Script::with_token(move |_| answer(200, text));
    let world = World::new(script.clone());
    let answered =
        world.client().call_raw(&context(), ApiOperation::SearchItems, r#"{"keywords":"kettle"}"#).await;
    assert_eq!(answered.unwrap().get(), text);
    let [call] = script.calls().try_into().unwrap();
    assert!(call.url.ends_with("/catalog/v1/searchItems"));
    assert_eq!(body(&call), r#"{"keywords":"kettle","partnerTag":"demo-20"}"#);
    assert_eq!(header(&call, "authorization"), Some("Bearer token-1"));
}

#[tokio::test]
async fn refusals_are_those_of_every_call() {
    let table = [
        (
            403,
            r#"{"type":"AccessDeniedException","reason":"AssociateNotEligible","message":"no"}"#,
            ErrorKind::PermissionDenied,
        ),
        (
            404,
            r#"{"type":"ResourceNotFoundException","resourceType":"Feed","message":"no"}"#,
            ErrorKind::NotFound,
        ),
        (429, r#"{"type":"ThrottleException","message":"slow"}"#, ErrorKind::RateLimited),
        (200, "<html>log in first</html>", ErrorKind::Corrupt),
    ];
    for (status, text, kind) in table {
        let script = Script::with_token(move |_| answer(status, text));
        let error =
            World::new(script).client().call_raw(&context(), ApiOperation::GetFeed, "{}").await.unwrap_err();
        assert_eq!(error.kind(), kind, "{error:?}");
        assert!(!format!("{error:?}").contains("token-1"));
    }
}

#[test]
fn operations_have_names() {
    for operation in ApiOperation::ALL {
        assert_eq!(operation.as_str().parse::<ApiOperation>().unwrap(), operation);
        assert!(operation.path().ends_with(operation.as_str()));
    }
    for (typed, operation) in
        [("GetItems", ApiOperation::GetItems), ("get-browse_nodes", ApiOperation::GetBrowseNodes)]
    {
        assert_eq!(typed.parse::<ApiOperation>().unwrap(), operation);
    }
    for (typed, hint) in [
        ("getItem", "did you mean `getItems`?"),
        ("items", "did you mean `getItems`?"),
        ("feeds", "did you mean `listFeeds`?"),
        ("x", "there are: `getItems`, `searchItems`"),
        ("é€", "there are: `getItems`"),
    ] {
        let error = typed.parse::<ApiOperation>().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::RequestInvalid);
        assert!(error.hint().unwrap().starts_with(hint), "{typed}: {error:?}");
    }
}
