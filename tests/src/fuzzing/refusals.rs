//! Bodies of refusals, of the API and of the token service: any of them becomes one error that tells no secret.

use futures_util::FutureExt;
use linkwright_core::{Asin, ErrorKind, Resources, error_chain};
use linkwright_creators::GetItemsRequest;

use super::scripted_api::{SECRET, ScriptedApi, TOKEN, context};

/// The statuses that mean different things.
const STATUSES: [u16; 11] = [301, 400, 401, 403, 404, 408, 418, 429, 500, 502, 503];

/// Takes bytes for the body of refusals.
///
/// # Panics
/// If a property is broken.
pub fn refusals(input: &[u8]) {
    for status in STATUSES {
        refused(status, ScriptedApi::answering(status, input));
        refused(status, ScriptedApi::answering_to_tokens(status, input));
    }
}

fn refused(status: u16, api: ScriptedApi) {
    let asin = Asin::parse("B000000001").unwrap_or_else(|error| panic!("{error}"));
    let context = context();
    let request =
        GetItemsRequest::new(&context, [asin], Resources::LINK).unwrap_or_else(|error| panic!("{error}"));
    let client = api.client();
    let answered = client.get_items(&context, &request).now_or_never();
    let Err(error) = answered.unwrap_or_else(|| panic!("nothing here waits")) else {
        panic!("status {status} is taken for an answer");
    };
    assert!(!matches!(error.kind(), ErrorKind::Internal | ErrorKind::Unsupported), "{error:?}");
    let message = error.message();
    assert!(message.chars().count() < 800, "an error without end: {message}");
    assert!(!message.contains(char::is_control), "an error of several lines: {message:?}");
    let said = format!("{} {error:?}", error_chain(&error));
    assert!(!said.contains(TOKEN), "an error tells the token: {said}");
    assert!(!said.contains(SECRET), "an error tells the credential's secret: {said}");
}
