//! The source: accounting, parts, and what becomes of what Amazon says.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use linkwright_core::{
    Account, Answer, AvailabilityKind, Batch, Clock, Error, ErrorKind, ImageOwner, Item, Marketplace,
    MissingReason, OfferKind, ProductSource, ProductSourceExt, RequestContext, Resources, Source,
};
use linkwright_core::{GetItems, SavingBasisKind};

use crate::support::{Script, World, all_items, answer, asin, asins, asked_asins, context, is_call, item};

async fn get(world: &World, count: usize) -> Batch<Item> {
    world.source().get_items(&context(), &asins(count)).await.unwrap()
}

#[tokio::test]
async fn any_number_of_products_goes_in_calls_of_ten_with_one_token() {
    for (count, calls) in [(0, 0), (1, 1), (10, 1), (11, 2), (1000, 100)] {
        let script = Script::with_token(all_items);
        let batch = get(&World::new(script.clone()), count).await;
        assert_eq!((batch.found().len(), batch.missing().len()), (count, 0));
        assert_eq!((script.calls().len(), script.token_requests()), (calls, usize::from(calls > 0)));
        let order: Vec<_> = batch.found().iter().map(|(asin, _)| *asin).collect();
        assert_eq!(order, asins(count));
    }
}

#[tokio::test]
async fn at_most_four_calls_are_under_way() {
    let script = Script::with_token(all_items).closed();
    let world = World::new(script.clone());
    script.gate.add_permits(1);
    let source = world.source();
    let task = tokio::spawn(async move { source.get_items(&context(), &asins(100)).await });
    for _ in 0..1000 {
        tokio::task::yield_now().await;
    }
    assert_eq!(script.calls().len(), 4);
    script.gate.add_permits(100);
    assert_eq!(task.await.unwrap().unwrap().found().len(), 100);
}

#[tokio::test]
async fn an_item_says_what_amazon_says() {
    let body = r#"{"itemsResult":{"items":[{"asin":"B000000001","parentASIN":"not one",
        "detailPageURL":"https://www.amazon.com/dp/B000000001?tag=demo-20&linkCode=ogi&th=1&psc=1",
        "images":{"primary":{"small":{"url":"s","height":75,"width":50.0},"hiRes":{"url":"h","height":-1}},"variants":[{"large":{"url":"v"}}]},
        "itemInfo":{"title":{"displayValue":"Kettle"},"byLineInfo":{"brand":{"displayValue":"Acme"},"contributors":[{"name":"A","role":"Author"}]},
          "contentInfo":{"pagesCount":{"displayValue":120.0}},"productInfo":{"itemDimensions":{"height":{"displayValue":1.50,"unit":"inches"}},"isAdultProduct":{"displayValue":false}},
          "features":{"displayValues":["one","two"]},"tradeInInfo":{"price":{"amount":2.50,"currency":"USD"}}},
        "offersV2":{"listings":[
          {"price":{"money":{"amount":4990.0,"currency":"JPY","displayAmount":"x"},"savings":{"percentage":12.9},"savingBasis":{"money":{"amount":1e4,"currency":"JPY","displayAmount":"y"},"savingBasisType":"NEW_ONE"}},
           "availability":{"type":"IN_STOCK_SCARCE","maxOrderQuantity":3},"type":"LIGHTNING_DEAL","isBuyBoxWinner":true,"dealDetails":{"badge":"Ends in ","percentClaimed":"24"}},
          {"price":{"money":{"amount":1.00,"currency":"USD","displayAmount":"$1.00"}},"violatesMAP":true}]},
        "browseNodeInfo":{"browseNodes":[{"id":"3","salesRank":7,"ancestor":{"id":"2","ancestor":{"id":"1"}}}],"websiteSalesRank":{"salesRank":12}},
        "customerReviews":{"count":3,"starRating":{"value":4.5}},
        "variationAttributes":[{"name":"color_name","value":"Blue"}]}]}}"#;
    let world = World::new(Script::with_token(move |_| answer(200, body)));
    let batch = world.source().get_items(&context(), &[asin("B000000001")]).await.unwrap();
    let now = world.clock.now();
    let sourced = batch.get(asin("B000000001")).unwrap();
    assert_eq!((sourced.source, sourced.fetched_at, sourced.degraded), (Source::Creators, Some(now), None));
    let item = &sourced.value;
    assert_eq!(
        item.detail_page_url,
        "https://www.amazon.com/dp/B000000001?tag=demo-20&linkCode=ogi&th=1&psc=1"
    );
    assert_eq!((item.parent_asin, item.title.as_deref(), &item.image), (None, None, &None));
    let info = item.shop_info.as_ref().unwrap().at(now).unwrap();
    assert_eq!(info.title.as_deref(), Some("Kettle"));
    let small = info.images.primary.small.as_ref().unwrap();
    assert_eq!((small.width, small.height, small.owner), (Some(50), Some(75), ImageOwner::Amazon));
    assert_eq!(info.images.primary.high_res.as_ref().unwrap().height, None);
    assert_eq!(info.images.variants.len(), 1);
    let details = &info.details;
    assert_eq!(details.byline().as_deref(), Some("A (Author)"));
    assert_eq!((details.pages_count, details.is_adult_product), (Some(120), Some(false)));
    let height = details.item_dimensions.as_ref().unwrap().height.as_ref().unwrap();
    assert_eq!((height.value.as_str(), height.unit.as_deref()), ("1.50", Some("inches")));
    assert_eq!(details.features, ["one", "two"]);
    let trade_in = item.trade_in.as_ref().unwrap();
    assert_eq!(trade_in.at(now).unwrap().price.as_ref().unwrap().display, "USD 2.50");
    assert!(trade_in.at(now.plus(Duration::from_secs(3600))).is_none(), "it is a price");
    assert_eq!(details.variation_attributes[0].value, "Blue");
    assert_eq!(info.reviews.as_ref().unwrap().stars.as_deref(), Some("4.5"));
    let offers = item.offers.as_ref().unwrap().at(now).unwrap();
    let [first, hidden] = &offers.listings[..] else { panic!("{offers:?}") };
    let price = first.price.as_ref().unwrap();
    assert_eq!((price.money.amount.as_str(), price.saving.as_ref().unwrap().percent), ("4990.0", Some(12)));
    let basis = price.basis.as_ref().unwrap();
    assert_eq!(
        (basis.money.amount.as_str(), &basis.kind),
        ("10000", &Some(SavingBasisKind::from("NEW_ONE")))
    );
    assert_eq!(first.availability.as_ref().unwrap().kind, Some(AvailabilityKind::InStockScarce));
    assert_eq!((&first.kind, first.is_buy_box_winner), (&Some(OfferKind::LightningDeal), Some(true)));
    let deal = first.deal.as_ref().unwrap();
    assert_eq!((deal.badge.as_deref(), deal.percent_claimed), (Some("Ends in"), Some(24)));
    assert!(hidden.price.is_none() && hidden.violates_map);
    let nodes = item.browse_node_info.as_ref().unwrap().at(now).unwrap();
    let above: Vec<_> =
        nodes.browse_nodes[0].ancestors.iter().map(|node| node.id.as_deref().unwrap()).collect();
    assert_eq!((above, nodes.browse_nodes[0].sales_rank), (vec!["2", "1"], Some(7)));
}

#[tokio::test]
async fn what_was_not_asked_for_or_not_given_is_not_there() {
    let body = r#"{"itemsResult":{"items":[{"asin":"B000000001","detailPageURL":"u","offersV2":{"listings":[]}},{"asin":"B000000002","detailPageURL":"u"},{"asin":"B000000009","detailPageURL":"u"},{"asin":"B000000002","detailPageURL":"twice"}]}}"#;
    let world = World::new(Script::with_token(move |_| answer(200, body)));
    let batch =
        world.source().get_items(&context(), &[asin("B000000001"), asin("B000000002")]).await.unwrap();
    assert_eq!((batch.found().len(), batch.missing().len()), (2, 0));
    let [one, two] =
        ["B000000001", "B000000002"].map(|text| Arc::clone(&batch.get(asin(text)).unwrap().value));
    assert!(one.shop_info.is_none() && one.browse_node_info.is_none());
    assert!(
        one.offers.as_ref().unwrap().at(world.clock.now()).unwrap().listings.is_empty(),
        "nothing is featured"
    );
    assert!(two.offers.is_none());
    assert_eq!(two.detail_page_url, "u", "the first counts");
}

/// What becomes of `B000000001`, asked for with `B000000002`, when the answer is this.
#[tokio::test]
async fn every_key_of_an_answer_is_accounted_for() {
    let errors =
        |list: &str| format!(r#"{{"itemsResult":{{"items":[{}]}},"errors":[{list}]}}"#, item("B000000002"));
    let items = |list: &str| format!(r#"{{"itemsResult":{{"items":[{},{list}]}}}}"#, item("B000000002"));
    let table = [
        (
            errors(
                r#"{"code":"InvalidParameterValue","message":"The ItemIds B000000001 provided in the request is invalid."}"#,
            ),
            "not found",
        ),
        (errors(r#"{"code":"ItemNotFound","message":"(B000000001)"}"#), "not found"),
        (errors(r#"{"code":"NoResults","message":"No results found for your request."}"#), "not found"),
        (
            errors(
                r#"{"code":"ItemNotAccessible","message":"The ItemId B000000001 is not accessible through the Creators API."}"#,
            ),
            "not accessible, ItemNotAccessible",
        ),
        (errors(r#"{"code":"Brandnew","message":"B000000001"}"#), "failed, unavailable, Brandnew"),
        (errors(r#"{"message":"B000000001"}"#), "failed, corrupt"),
        (
            errors(r#"{"code":"ItemNotAccessible","message":"The ItemId XB000000001 is not accessible"}"#),
            "not accessible, ItemNotAccessible",
        ),
        (errors(r#"{"code":"ItemNotAccessible","message":"B000000002"}"#), "failed, corrupt"),
        (errors(r#"{"code":7,"message":"B000000001"}"#), "failed, corrupt, errors[0].code"),
        (items("null"), "failed, corrupt"),
        (items(r#"{"asin":"B000000001"}"#), "failed, corrupt"),
        (items(r#"{"asin":"B000000001","detailPageURL":""}"#), "failed, corrupt"),
        (
            items(r#"{"asin":"B000000001","detailPageURL":7}"#),
            "failed, corrupt, itemsResult.items[1].detailPageURL",
        ),
        (
            items(
                r#"{"asin":"B000000001","detailPageURL":"u","score":{}},{"asin":"B000000001","detailPageURL":"u"}"#,
            ),
            "found",
        ),
        (items(r#"{"asin":7,"detailPageURL":"u"}"#), "failed, corrupt, itemsResult.items[1].asin"),
    ];
    for (body, expected) in table {
        let shown = body.clone();
        let world = World::new(Script::with_token(move |_| answer(200, &body)));
        let keys = [asin("B000000001"), asin("B000000002")];
        let batch = world.source().get_items(&context(), &keys).await.unwrap();
        assert_eq!(batch.len(), 2, "{shown}");
        assert!(batch.get(keys[1]).is_some(), "{shown}");
        assert_eq!(outcome(&batch, "B000000001"), expected, "{shown}");
    }
}

fn outcome(batch: &Batch<Item>, key: &str) -> String {
    let error = |error: &Error| {
        let more = [error.code(), error.context_value("path")];
        let more: String = more.into_iter().flatten().map(|text| format!(", {text}")).collect();
        format!("failed, {}{more}", error.kind())
    };
    match batch.missing_reason(asin(key)) {
        None => "found".to_owned(),
        Some(MissingReason::NotFound) => "not found".to_owned(),
        Some(MissingReason::NotAccessible { code }) => {
            format!("not accessible, {}", code.as_deref().unwrap_or(""))
        }
        Some(MissingReason::Failed(cause)) => error(cause),
        Some(other) => format!("{other:?}"),
    }
}

/// The second of three calls is answered like this: what becomes of its keys, and how many calls there were.
#[tokio::test]
async fn a_failed_call_costs_its_own_keys_only() {
    let table = [
        (404, r#"{"type":"ResourceNotFoundException","resourceType":"Item"}"#, "not found", 20, 3),
        (429, "{}", "failed, rate_limited", 20, 3),
        (500, "", "failed, unavailable", 20, 3),
        (200, "<html>", "failed, corrupt", 20, 3),
        (401, r#"{"reason":"TokenExpired"}"#, "failed, unauthenticated, TokenExpired", 10, 2),
        (
            403,
            r#"{"reason":"AssociateNotEligible"}"#,
            "failed, permission_denied, AssociateNotEligible",
            10,
            2,
        ),
        (400, r#"{"reason":"InvalidPartnerTag"}"#, "failed, permission_denied, InvalidPartnerTag", 10, 2),
    ];
    for (status, body, expected, found, calls) in table {
        let second = asins(30)[10].to_string();
        let script = Script::with_token(move |request| {
            if asked_asins(request)[0] == second { answer(status, body) } else { all_items(request) }
        });
        let world = World::new(script.clone());
        // In order, so that it is known which is the second.
        let source = world.source().with_parallel_calls(1);
        let warm = source.get_items(&context(), &asins(1)).await.unwrap();
        assert_eq!(warm.found().len(), 1);
        let batch = source.get_items(&context(), &asins(30)).await.unwrap();
        assert_eq!(batch.len(), 30);
        assert_eq!(outcome(&batch, asins(30)[10].as_str()), expected, "{status}");
        // A token that ran out is worth another try, so the third call is made with a new one.
        let (found, calls) = if status == 401 { (20, 3) } else { (found, calls) };
        assert_eq!((batch.found().len(), script.calls().len() - 1), (found, calls), "{status} {body}");
    }
}

#[tokio::test]
async fn a_call_amazon_refuses_fails_its_own_products_only() {
    let refusal = r#"{"reason":"FieldValidationFailed","fieldList":["languagesOfPreference"]}"#;
    let second = asins(20)[10].to_string();
    let world = World::new(Script::with_token(move |request| match asked_asins(request).contains(&second) {
        true => answer(400, refusal),
        false => all_items(request),
    }));
    let batch = world.source().get_items(&context(), &asins(20)).await.unwrap();
    assert_eq!((batch.found().len(), batch.missing().len()), (10, 10));
    for (_, reason) in batch.missing() {
        let MissingReason::Failed(error) = reason else { panic!("{reason:?}") };
        assert_eq!(error.kind(), ErrorKind::RequestInvalid);
    }
}

#[tokio::test]
async fn without_a_tag_nobody_is_asked() {
    let script = Script::with_token(all_items);
    let untagged = RequestContext::untagged(Account::new("main"), Marketplace::Us);
    let batch = World::new(script.clone()).source().get_items(&untagged, &asins(2)).await.unwrap();
    for (_, reason) in batch.missing() {
        let MissingReason::Failed(error) = reason else { panic!("{reason:?}") };
        assert_eq!((error.kind(), error.reason()), (ErrorKind::ConfigInvalid, Some("no_tag")));
    }
    assert_eq!(batch.missing().len(), 2);
    assert!(script.asked().is_empty());
}

#[tokio::test]
async fn the_resources_asked_for_are_sent() {
    let script = Script::with_token(all_items);
    let query = GetItems::new(asins(1)).with_resources(Resources::LINK);
    let answer = World::new(script.clone()).source().call(&context(), query.into()).await.unwrap();
    assert!(matches!(answer, Answer::Items(batch) if batch.found().len() == 1));
    assert!(crate::support::body(&script.calls()[0]).contains(r#""resources":["itemInfo.title"]"#));
}

#[tokio::test]
async fn a_deadline_bounds_token_and_call() {
    // How many permits before all stands still, and how many requests there were then.
    for (permits, asked) in [(0, 1), (1, 2)] {
        let script = Script::with_token(all_items).closed();
        script.gate.add_permits(permits);
        let world = World::new(script.clone());
        let mut context = context();
        context.deadline = Some(world.clock.monotonic() + Duration::from_secs(2));
        let (source, clock) = (world.source(), world.clock.clone());
        let task = tokio::spawn(async move { source.get_items(&context, &asins(1)).await });
        while script.asked().len() < asked {
            tokio::task::yield_now().await;
        }
        clock.advance(Duration::from_secs(2));
        let batch = task.await.unwrap().unwrap();
        let MissingReason::Failed(error) = &batch.missing()[0].1 else { panic!("{batch:?}") };
        assert_eq!(error.kind(), ErrorKind::Timeout);
    }
    // Over before it began.
    let script = Script::with_token(all_items);
    let world = World::new(script.clone());
    let mut context = context();
    context.deadline = Some(Duration::ZERO);
    let batch = world.source().get_items(&context, &asins(1)).await.unwrap();
    assert_eq!(outcome(&batch, asins(1)[0].as_str()), "failed, timeout");
    assert!(script.asked().is_empty());
}

#[tokio::test]
async fn a_call_is_given_no_more_time_than_is_left() {
    for (left, expected) in [(None, 15), (Some(60), 15), (Some(4), 4)] {
        let script = Script::with_token(all_items);
        let world = World::new(script.clone());
        let mut context = context();
        context.deadline = left.map(Duration::from_secs);
        world.source().get_items(&context, &asins(1)).await.unwrap();
        assert_eq!(script.calls()[0].timeout, Some(Duration::from_secs(expected)));
        assert_eq!(script.asked()[0].timeout, Some(Duration::from_secs(10)), "the token's own");
    }
}

#[tokio::test]
async fn a_request_taken_back_stops_at_once() {
    let script = Script::with_token(all_items).closed();
    let world = World::new(script.clone());
    let (context, source) = (context(), world.source());
    let cancellation = context.cancellation.clone();
    let task = tokio::spawn(async move { source.get_items(&context, &asins(1)).await });
    while script.asked().is_empty() {
        tokio::task::yield_now().await;
    }
    cancellation.cancel();
    assert_eq!(task.await.unwrap().unwrap_err().kind(), ErrorKind::Cancelled);
}

#[tokio::test]
async fn a_refused_credential_is_tried_once_for_a_thousand_products() {
    let asked = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&asked);
    let script = Script::new(move |request| {
        assert!(!is_call(request));
        counter.fetch_add(1, Ordering::Relaxed);
        Ok(answer(400, r#"{"error":"invalid_client"}"#))
    });
    let batch = get(&World::new(script), 1000).await;
    assert_eq!(batch.missing().len(), 1000);
    assert!(asked.load(Ordering::Relaxed) <= 4, "{asked:?}");
}
