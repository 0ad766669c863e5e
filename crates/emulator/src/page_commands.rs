//! The commands on the page: a token, and one call of each operation, as they can be pasted into a shell.

use serde_json::{Value, json};

use crate::operation::Operation;
use crate::ready::Ready;

/// A command with its heading.
pub(crate) struct Command {
    pub(crate) title: &'static str,
    /// The operation it calls; `None` for the token.
    pub(crate) operation: Option<&'static str>,
    pub(crate) text: String,
}

/// The commands for the credential of the ready line. What stands outside of bodies are letters, digits, `.`, `-`, `:` and
/// `/`: nothing a shell would read in another way.
pub(crate) fn commands(ready: &Ready) -> Vec<Command> {
    let (id, secret) = (&ready.credential.id, &ready.credential.secret);
    let is_cognito = ready.credential.version.starts_with('2');
    let fields = if is_cognito {
        let scope = "creatorsapi/default";
        format!("-d 'grant_type=client_credentials&client_id={id}&client_secret={secret}&scope={scope}'")
    } else {
        let body = json!({
            "grant_type": "client_credentials", "client_id": id, "client_secret": secret,
            "scope": "creatorsapi::default",
        });
        format!("-H 'Content-Type: application/json' -d {}", quoted(&body.to_string()))
    };
    let token = format!(
        "TOKEN=$(curl -s {} {fields} | sed 's/.*\"access_token\":\"\\([^\"]*\\)\".*/\\1/')",
        ready.token
    );
    let mut commands = vec![Command { title: "A token", operation: None, text: token }];
    for operation in Operation::all() {
        let body = example(operation, ready);
        let suffix =
            if is_cognito { format!(", Version {}", ready.credential.version) } else { String::new() };
        let text = format!(
            "curl -s {}{} -H \"Authorization: Bearer $TOKEN{suffix}\" -H 'x-marketplace: {}' \
             -H 'Content-Type: application/json' -d {}",
            ready.api,
            operation.path(),
            ready.shop().host(),
            quoted(&body.to_string()),
        );
        commands.push(Command { title: operation.name(), operation: Some(operation.name()), text });
    }
    commands
}

/// A body that is answered.
fn example(operation: Operation, ready: &Ready) -> Value {
    let tag = &ready.tag;
    let asin = ready.asins.first().map_or("", String::as_str);
    match operation {
        Operation::GetItems => {
            let resources = ["itemInfo.title", "offersV2.listings.price"];
            json!({ "itemIds": [asin], "partnerTag": tag, "resources": resources })
        }
        Operation::SearchItems => {
            json!({ "keywords": ready.keywords, "itemCount": 3, "partnerTag": tag })
        }
        Operation::GetVariations => {
            json!({ "asin": ready.parent, "variationCount": 3, "partnerTag": tag })
        }
        Operation::GetBrowseNodes => {
            let resources = ["browseNodes.ancestor", "browseNodes.children"];
            json!({ "browseNodeIds": [ready.browse_node], "partnerTag": tag, "resources": resources })
        }
        Operation::ListFeeds | Operation::ListReports => json!({}),
        Operation::GetFeed => {
            json!({ "feedName": format!("{}_standardized_deals.xml.gz", ready.marketplace) })
        }
        Operation::GetReport => json!({ "filename": "demo-connections-2026.tsv.gz" }),
    }
}

/// A word of a POSIX shell.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "'\\''"))
}
