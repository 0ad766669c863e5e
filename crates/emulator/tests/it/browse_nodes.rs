//! getBrowseNodes: the tree, and the errors for what is not in it.

use linkwright_core::Marketplace;
use linkwright_emulator::Settings;
use serde_json::{Value, json};

use crate::asking::Asking;

const BOTH: [&str; 2] = ["browseNodes.ancestor", "browseNodes.children"];

fn nodes(asking: &mut Asking, shop: Marketplace, ids: &[&str], resources: &[&str]) -> Value {
    let fields = json!({ "browseNodeIds": ids, "resources": resources });
    let reply = asking.call_with_tag("getBrowseNodes", shop, &fields);
    assert_eq!(reply.status, 200, "{ids:?}: {}", reply.json_body());
    reply.json_body()
}

#[test]
fn a_node_has_what_was_asked_for() {
    let mut asking = Asking::new();
    let kitchen = json!({
        "id": "284507", "displayName": "Kitchen & Dining", "contextFreeName": "Kitchen & Dining", "isRoot": false,
    });
    let home =
        json!({ "id": "1055398", "displayName": "Home & Kitchen", "contextFreeName": "Home & Kitchen" });
    let below = |id: &str, name: &str| json!({ "id": id, "displayName": name, "contextFreeName": name });
    let children = json!([below("289785", "Kettles"), below("289748", "Coffee Grinders")]);
    // Resources, and what they add.
    let table = [
        (vec![], json!({})),
        (vec![BOTH[0]], json!({ "ancestor": home })),
        (vec![BOTH[1]], json!({ "children": children })),
        (BOTH.to_vec(), json!({ "ancestor": home, "children": children })),
    ];
    for (resources, more) in table {
        let mut expected = kitchen.clone();
        expected.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        let body = nodes(&mut asking, Marketplace::Us, &["284507"], &resources);
        assert_eq!(body, json!({ "browseNodesResult": { "browseNodes": [expected] } }), "{resources:?}");
    }
    let body = nodes(&mut asking, Marketplace::Us, &["1055398", "289785"], &BOTH);
    let found = &body["browseNodesResult"]["browseNodes"];
    assert_eq!(found[0]["ancestor"]["ancestor"]["id"], "1055398", "up to the root");
    assert_eq!((found[0].get("children"), found[1].get("ancestor")), (None, None));
    assert_eq!((&found[0]["isRoot"], &found[1]["isRoot"]), (&json!(false), &json!(true)));
    asking.control("switches", json!({ "null_members": true }));
    let body = nodes(&mut asking, Marketplace::Us, &["289785"], &[]);
    for place in
        ["/errors", "/browseNodesResult/browseNodes/0/children", "/browseNodesResult/browseNodes/0/ancestor"]
    {
        assert_eq!(body.pointer(place), Some(&Value::Null), "{place}");
    }
}

#[test]
fn what_there_is_not_is_an_error_and_alone_a_404() {
    let mut asking = Asking::new();
    let body = nodes(&mut asking, Marketplace::Us, &["0", "284507", "nonsense", "284507"], &[]);
    assert_eq!(body["browseNodesResult"]["browseNodes"].as_array().unwrap().len(), 1);
    assert_eq!(
        body["errors"],
        json!([
            { "code": "InvalidParameterValue", "message": "The BrowseNodeId nonsense provided in the request is invalid." },
            { "code": "InvalidParameterValue", "message": "The BrowseNodeId 0 provided in the request is invalid." },
        ])
    );
    let reply =
        asking.call_with_tag("getBrowseNodes", Marketplace::Us, &json!({ "browseNodeIds": ["0", "1"] }));
    assert_eq!(reply.status, 404);
    let body = reply.json_body();
    assert_eq!((&body["type"], &body["resourceId"]), (&json!("ResourceNotFoundException"), &json!("0,1")));
}

#[test]
fn the_tree_and_the_items_say_the_same() {
    let mut asking = Asking::new();
    let ids: Vec<String> = (0..40).map(|number| format!("B0EMU{number:05}")).collect();
    for ids in ids.chunks(10) {
        let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
        let body =
            asking.get_items(Marketplace::De, &ids, &["browseNodeInfo.browseNodes.ancestor"]).json_body();
        for item in body["itemsResult"]["items"].as_array().unwrap() {
            let node = &item["browseNodeInfo"]["browseNodes"][0];
            let id = node["id"].as_str().unwrap();
            let answered = nodes(&mut asking, Marketplace::De, &[id], &BOTH[..1]);
            assert_eq!(&answered["browseNodesResult"]["browseNodes"][0], node);
        }
    }
}

#[test]
fn the_users_own_items_bring_their_nodes() {
    let own = json!([
        { "asin": "B08N5WRWNW", "marketplace": "us", "browseNodeInfo": { "browseNodes": [
            { "id": "901", "displayName": "Whistles", "contextFreeName": "Tin Whistles", "isRoot": false,
              "ancestor": { "id": "902", "displayName": "Winds", "ancestor": { "id": "172282", "displayName": "Other" } } },
            { "id": "903", "ancestor": { "id": "903" } },
        ] } },
        { "asin": "B08N5WRWNX", "browseNodeInfo": { "browseNodes": [{ "id": "904", "ancestor": { "id": "905", "ancestor": { "id": "904" } } }] } },
    ]);
    let mut asking = Asking::of(Settings::default().items_json("own.json", &own.to_string()).unwrap());
    let body = nodes(&mut asking, Marketplace::Us, &["901"], &BOTH);
    let node = &body["browseNodesResult"]["browseNodes"][0];
    assert_eq!(
        (&node["displayName"], &node["contextFreeName"]),
        (&json!("Whistles"), &json!("Tin Whistles"))
    );
    // A made-up node keeps its name.
    assert_eq!(node["ancestor"]["ancestor"]["displayName"], "Electronics");
    let body = nodes(&mut asking, Marketplace::Us, &["172282"], &BOTH);
    let children = body["browseNodesResult"]["browseNodes"][0]["children"].as_array().unwrap().clone();
    assert!(children.iter().any(|child| child["id"] == "902"));
    // Nodes that are above themselves end somewhere.
    let body = nodes(&mut asking, Marketplace::Us, &["903", "904"], &BOTH);
    assert_eq!(body["browseNodesResult"]["browseNodes"].as_array().unwrap().len(), 2);
    let elsewhere = json!({ "browseNodeIds": ["901"] });
    assert_eq!(asking.call_with_tag("getBrowseNodes", Marketplace::De, &elsewhere).status, 404);
    assert!(asking.emulator.browse_nodes(Marketplace::Us).contains(&"901".to_owned()));
}
