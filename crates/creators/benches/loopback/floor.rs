//! The baseline of a call: a program that does what must be done, and nothing else. It bounds nothing, checks nothing and
//! knows no member.

use linkwright_creators::ApiRequest;
use serde_json::Value;

use crate::loopback::{Loopback, asked};

/// `reqwest` and a tree of values, with the header fields and the body of our client's call, and a token from nowhere.
pub(crate) struct Floor {
    client: reqwest::Client,
    url: String,
    body: Vec<u8>,
}

impl Floor {
    #[allow(dead_code, reason = "not every benchmark has the service in its own process")]
    pub(crate) fn new(loopback: &Loopback) -> Self {
        Self::at(&loopback.address)
    }

    /// Against a service at this address.
    pub(crate) fn at(address: &str) -> Self {
        // Without certificates, whose reading takes longer than a call, as plain HTTP needs none; a provider must be named all the same.
        drop(rustls::crypto::ring::default_provider().install_default());
        let client = reqwest::Client::builder().no_proxy().tls_certs_only([]).build();
        Self {
            client: client.unwrap_or_else(|error| panic!("{error}")),
            url: format!("{address}/catalog/v1/getItems"),
            body: asked().1.body(),
        }
    }

    /// One call; how many items there are.
    pub(crate) async fn call(&self) -> usize {
        let request = self
            .client
            .post(&self.url)
            .header("authorization", "Bearer Atc|made-up-token")
            .header("content-type", "application/json")
            .header("accept", "application/json")
            .header("x-marketplace", "www.amazon.com")
            .body(self.body.clone());
        let answered = async { request.send().await?.bytes().await };
        let bytes = answered.await.unwrap_or_else(|error| panic!("{error}"));
        let value: Value = serde_json::from_slice(&bytes).unwrap_or_else(|error| panic!("{error}"));
        value["itemsResult"]["items"].as_array().map_or(0, Vec::len)
    }
}
