//! What is sent to the API.

use linkwright_core::{
    Account, Condition, ErrorKind, Marketplace, PartnerTag, RequestContext, Resource, Resources,
};
use linkwright_creators::GetItemsRequest;

use crate::support::{Script, World, all_items, asin, asins, body, context, header, request, tag};

#[test]
fn the_body_says_what_the_context_says_and_no_more() {
    let de = PartnerTag::new("mysite-21", Marketplace::De).unwrap();
    let mut full = RequestContext::tagged(Account::new("main"), de);
    full.language = Some("en_GB".to_owned());
    full.currency = Some("EUR".to_owned());
    full.condition = Condition::New;
    let plain = RequestContext::tagged(Account::new("main"), tag());
    let table = [
        (
            &plain,
            Resources::LINK,
            r#"{"itemIds":["B000000001"],"partnerTag":"demo-20","resources":["itemInfo.title"]}"#,
        ),
        (&plain, Resources::NONE, r#"{"itemIds":["B000000001"],"partnerTag":"demo-20"}"#),
        (
            &full,
            Resources::LINK.with(Resource::PrimaryImageHighRes),
            r#"{"itemIds":["B000000001"],"partnerTag":"mysite-21","resources":["images.primary.highRes","itemInfo.title"],"languagesOfPreference":["en_GB"],"currencyOfPreference":"EUR","condition":"New"}"#,
        ),
    ];
    for (context, resources, expected) in table {
        let request = GetItemsRequest::new(context, [asin("B000000001")], resources).unwrap();
        assert_eq!(String::from_utf8(request.body()).unwrap(), expected);
    }
}

#[test]
fn one_to_ten_products_and_a_tag_are_needed() {
    for (count, good) in [(0, false), (1, true), (10, true), (11, false)] {
        let made = GetItemsRequest::new(&context(), asins(count), Resources::LINK);
        assert_eq!(made.is_ok(), good, "{count}");
        if let Err(error) = made {
            assert_eq!(error.kind(), ErrorKind::RequestInvalid);
        }
    }
    let untagged = RequestContext::untagged(Account::new("main"), Marketplace::Us);
    let error = GetItemsRequest::new(&untagged, asins(1), Resources::LINK).unwrap_err();
    assert_eq!((error.kind(), error.reason()), (ErrorKind::ConfigInvalid, Some("no_tag")));
}

#[tokio::test]
async fn a_call_has_the_headers_the_sdk_sends() {
    let script = Script::with_token(all_items);
    let world = World::new(script.clone());
    world.client().get_items(&context(), &request(&asins(2))).await.unwrap();
    let [call] = script.calls().try_into().unwrap();
    assert_eq!(call.url, "https://creatorsapi.amazon/catalog/v1/getItems");
    assert_eq!(header(&call, "x-marketplace"), Some("www.amazon.com"));
    assert_eq!(header(&call, "content-type"), Some("application/json"));
    assert_eq!(header(&call, "accept"), Some("application/json"));
    assert_eq!(body(&call), String::from_utf8(request(&asins(2)).body()).unwrap());
    assert!(!format!("{call:?}").contains("token-1"), "{call:?}");
}
