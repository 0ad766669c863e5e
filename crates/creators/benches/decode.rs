//! How fast answers are read.
//!
//! Baseline in the same run: the same bytes into a tree of values, which is what a program without a model of its own starts
//! from. It knows no member yet, and keeps no number's digits.

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use linkwright_core::{Marketplace, Resources, Timestamp};
use linkwright_creators::wire::GetItemsAnswer;
use linkwright_emulator::{Emulator, ItemKind, Request, Settings};

#[path = "../tests/it/full_answers.rs"]
#[allow(dead_code, reason = "the tests look closer at what was read")]
mod full_answers;

use full_answers::{DOWNLOAD_LINK, OPERATIONS, decode_download_link};

/// The emulator's answer to a call for ten products with all resources.
fn emulated_answer() -> Vec<u8> {
    let mut emulator = Emulator::new(Settings::default());
    let now = Timestamp::from_unix_seconds(1_795_305_600);
    let ready = emulator.ready("http://127.0.0.1");
    let credential = ready.credential;
    let form = serde_json::json!({
        "grant_type": "client_credentials", "client_id": credential.id, "client_secret": credential.secret,
        "scope": "creatorsapi::default",
    });
    let ask =
        Request::post("/auth/o2/token", form.to_string()).with_header("content-type", "application/json");
    let token =
        emulator.answer(now, &ask).json_body()["access_token"].as_str().unwrap_or_default().to_owned();
    let resources: Vec<String> = Resources::FULL.iter().map(|resource| resource.to_string()).collect();
    let body = serde_json::json!({
        "itemIds": emulator.asins(Marketplace::Us, ItemKind::Plain, 10), "partnerTag": ready.tag, "resources": resources,
    });
    let call = Request::post("/catalog/v1/getItems", body.to_string())
        .with_header("content-type", "application/json")
        .with_header("x-marketplace", "www.amazon.com")
        .with_header("authorization", format!("Bearer {token}"));
    let reply = emulator.answer(now, &call);
    assert_eq!(reply.status, 200, "{}", String::from_utf8_lossy(&reply.body));
    reply.body
}

/// Measures a reader and the baseline on one body.
fn measure<T>(criterion: &mut Criterion, name: &str, body: &[u8], decode: impl Fn(&[u8]) -> T) {
    let mut group = criterion.benchmark_group(name);
    group.throughput(Throughput::Bytes(body.len() as u64));
    group.bench_function("linkwright_wire", |bench| bench.iter(|| decode(black_box(body))));
    group.bench_function("baseline_serde_json_value", |bench| {
        bench.iter(|| serde_json::from_slice::<serde_json::Value>(black_box(body)));
    });
    group.finish();
}

fn decoding(criterion: &mut Criterion) {
    let body = emulated_answer();
    let answer = GetItemsAnswer::decode(&body).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!((answer.items.len(), answer.unreadable.len()), (10, 0));
    measure(criterion, "decode_ten_full_items", &body, GetItemsAnswer::decode);

    for operation in &OPERATIONS {
        let body = (operation.answer)(10).to_string().into_bytes();
        let read = (operation.decode)(&body).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!((read.elements, read.unreadable.len()), (10, 0));
        measure(criterion, &format!("decode_{}", operation.name), &body, operation.decode);
    }
    measure(criterion, "decode_getFeed", DOWNLOAD_LINK.as_bytes(), decode_download_link);
}

criterion_group!(benches, decoding);
criterion_main!(benches);
