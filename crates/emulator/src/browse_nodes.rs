//! getBrowseNodes: the nodes there are of those asked for, and an error for each there is not.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::catalogue::answer_body;
use crate::emulator::Emulator;
use crate::node_tree::NodeTree;
use crate::refusal::{Refusal, Sought};
use crate::resource::Resource;
use crate::validation::GetBrowseNodes;

/// As with items, the order is not that of the request.
pub(crate) fn look_up(emulator: &Emulator, asked: &GetBrowseNodes) -> Result<Value, Refusal> {
    let tree = NodeTree::with(emulator.shelf.all_given(asked.common.marketplace).map(|(_, item)| item));
    let wants = |resource: Resource| asked.common.resources.contains(&resource);
    let (ancestor, children) = (wants(Resource::NodeAncestor), wants(Resource::NodeChildren));
    let switches = &emulator.state.switches;
    let (mut nodes, mut errors, mut seen) = (Vec::new(), Vec::new(), BTreeSet::new());
    for id in asked.ids.iter().rev().filter(|id| seen.insert(id.as_str())) {
        match tree.describe(id, ancestor, children) {
            Some(mut node) => {
                if switches.null_members {
                    add_nulls(&mut node);
                }
                nodes.push(node);
            }
            None => errors.push(json!({
                "code": "InvalidParameterValue",
                "message": format!("The BrowseNodeId {id} provided in the request is invalid."),
            })),
        }
    }
    if nodes.is_empty() {
        return Err(Refusal::NotFound { sought: Sought::BrowseNode, id: asked.ids.join(",") });
    }
    Ok(answer_body("browseNodesResult", json!({ "browseNodes": nodes }), errors, switches))
}

fn add_nulls(node: &mut Value) {
    for name in ["ancestor", "children", "salesRank"] {
        if node.get(name).is_none() {
            node[name] = Value::Null;
        }
    }
}
