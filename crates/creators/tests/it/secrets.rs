//! Secret and token are seen by Amazon and by nobody else.

use std::sync::Arc;

use linkwright_core::{ApiVersion, CredentialSet, Error, ProductSourceExt, Revision, Stored, error_chain};
use linkwright_creators::{CreatorsClient, CreatorsSource, TokenRequest};
use linkwright_http::{Headers, Request, Response};
use linkwright_testkit::Sentinel;

use crate::log::{listen, logged};
use crate::support::{ID, Script, World, all_items, asins, body, context, header, is_call, request, token};

/// An answer that repeats all it was sent, as a badly behaved service or proxy does.
fn echo(status: u16, request: &Request, bare: bool) -> Response {
    let authorization = header(request, "authorization").unwrap_or_default();
    // The token alone looks like one of a program's words.
    let token = authorization.trim_start_matches("Bearer ").split(',').next().unwrap_or_default();
    let said = match bare {
        true => token.to_owned(),
        false => format!("{authorization} {}", body(request)).replace(['"', '\\'], ""),
    };
    let json = format!(
        r#"{{"error":"{said}","error_description":"{said}","type":"{said}","reason":"{said}","message":"{said}","fieldList":["{said}"],"resourceType":"{said}"}}"#
    );
    let headers = [("x-amzn-requestid".to_owned(), said.clone())];
    Response::new(status, Headers::new(headers), json)
}

fn everything_said(error: &Error) -> String {
    format!("{} {error:?} {:?} {:?}", error_chain(error), error.hint(), error.context())
}

#[tokio::test]
async fn neither_secret_nor_token_is_in_any_error_log_or_debug_output() {
    let (secret, token_text) = (Sentinel::new(1), Sentinel::new(2));
    // A header takes the core only.
    let core: String = token_text.text().chars().filter(char::is_ascii_alphanumeric).collect();
    listen();
    let mut said = Vec::new();
    for version in [ApiVersion::V2_1, ApiVersion::V3_1] {
        let id = if version == ApiVersion::V3_1 { ID } else { "5f3k2m1n0pq9r8s7t6u5v4w3x2" };
        let set = CredentialSet::new(id, secret.secret(), version);
        said.push(format!("{:?}", TokenRequest::new(&set)));
        for status in [200, 204, 302, 400, 401, 403, 404, 408, 418, 429, 500, 503] {
            for (broken_token, bare) in [(false, false), (false, true), (true, false)] {
                let good = core.clone();
                let script = Script::new(move |request| {
                    Ok(match (is_call(request), broken_token) {
                        (false, true) => echo(status, request, bare),
                        (false, false) => token(&good, 3600),
                        (true, _) => echo(status, request, bare),
                    })
                });
                let world = World::new(script.clone());
                let client = Arc::new(CreatorsClient::new(world.settings(set.clone())).unwrap());
                let stored = Stored::new(set.clone(), Revision::new("1"), None);
                match client.exchange_token(&context(), &stored).await {
                    Ok(token) => said.push(format!("{token:?}")),
                    Err(error) => said.push(everything_said(&error)),
                }
                match client.get_items(&context(), &request(&asins(1))).await {
                    Ok(answer) => assert!(answer.items.is_empty()),
                    Err(error) => said.push(everything_said(&error)),
                }
                let source = CreatorsSource::new(client);
                said.push(format!("{:?}", source.get_items(&context(), &asins(1)).await));
                said.push(format!("{source:?} {:?}", script.asked()));
            }
        }
    }
    // The broken state is said once, and the path that works is logged too.
    let world =
        World { state: Arc::new(crate::support::BrokenState), ..World::new(Script::with_token(all_items)) };
    let set = CredentialSet::new(ID, secret.secret(), ApiVersion::V3_1);
    world.client_of(set).get_items(&context(), &request(&asins(1))).await.unwrap();
    let text = logged();
    assert!(text.contains("asked for a token") && text.contains("called getItems"), "{text}");
    assert_eq!(text.matches("the state cannot be used").count(), 1, "{text}");
    said.push(text);
    for text in said {
        secret.assert_absent("what was said", &text);
        token_text.assert_absent("what was said", &text);
    }
}
