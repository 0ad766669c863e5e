//! A service on this machine that answers at once with the same bytes, and our client of it.
//!
//! The service shares no work with what is measured: threads of its own read each request to its end and write the answer, made
//! beforehand, in one piece.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use linkwright_core::{
    Account, ApiVersion, Asin, CredentialSet, Marketplace, PartnerTag, RequestContext, Resources, Secret,
};
use linkwright_creators::{CreatorsClient, CreatorsSettings, GetItemsRequest};

/// The service.
pub(crate) struct Loopback {
    /// Where it is.
    pub(crate) address: String,
    tokens: Arc<AtomicUsize>,
}

impl Loopback {
    /// Answers every call with this body.
    pub(crate) fn start(body: &[u8]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap_or_else(|error| panic!("{error}"));
        let address = listener.local_addr().unwrap_or_else(|error| panic!("{error}"));
        let tokens = Arc::new(AtomicUsize::new(0));
        let answers = Arc::new(Answers {
            call: answer(body),
            token: answer(br#"{"access_token":"Atc|made-up-token","token_type":"bearer","expires_in":3600}"#),
            tokens: Arc::clone(&tokens),
        });
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let answers = Arc::clone(&answers);
                thread::spawn(move || answers.serve(stream));
            }
        });
        Self { address: format!("http://{address}"), tokens }
    }

    /// How many tokens were asked for.
    pub(crate) fn tokens(&self) -> usize {
        self.tokens.load(Ordering::SeqCst)
    }
}

fn answer(body: &[u8]) -> Vec<u8> {
    let head = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nx-amzn-RequestId: 0f\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    [head.as_bytes(), body].concat()
}

struct Answers {
    call: Vec<u8>,
    token: Vec<u8>,
    tokens: Arc<AtomicUsize>,
}

impl Answers {
    /// Answers one connection until it is closed.
    fn serve(&self, mut stream: TcpStream) {
        let mut request = Vec::new();
        let mut piece = [0; 8192];
        while let Ok(length @ 1..) = stream.read(&mut piece) {
            request.extend_from_slice(&piece[..length]);
            if !is_whole(&request) {
                continue;
            }
            let is_token = request.starts_with(b"POST /token");
            if is_token {
                self.tokens.fetch_add(1, Ordering::SeqCst);
            }
            if stream.write_all(if is_token { &self.token } else { &self.call }).is_err() {
                return;
            }
            request.clear();
        }
    }
}

/// Whether the head and as much of a body as it announces are there.
fn is_whole(request: &[u8]) -> bool {
    let Some(end) = request.windows(4).position(|window| window == b"\r\n\r\n") else { return false };
    let head = String::from_utf8_lossy(&request[..end]).to_ascii_lowercase();
    let length =
        head.split_once("content-length:").and_then(|(_, rest)| rest.lines().next()?.trim().parse().ok());
    request.len() >= end + 4 + length.unwrap_or(0)
}

/// Who asks, and what for: ten products with all resources.
pub(crate) fn asked() -> (RequestContext, GetItemsRequest) {
    let tag = PartnerTag::new("demo-20", Marketplace::Us).unwrap_or_else(|error| panic!("{error}"));
    let context = RequestContext::tagged(Account::new("main"), tag);
    let asins = (0..10).map(|number| Asin::parse(&format!("B0000000{number:02}")));
    let asins = asins.map(|asin| asin.unwrap_or_else(|error| panic!("{error}")));
    let request = GetItemsRequest::new(&context, asins, Resources::FULL);
    (context, request.unwrap_or_else(|error| panic!("{error}")))
}

/// Our client, with what a call of it needs.
pub(crate) struct Ours {
    client: CreatorsClient,
    context: RequestContext,
    request: GetItemsRequest,
}

impl Ours {
    pub(crate) fn new(loopback: &Loopback) -> Self {
        let set =
            CredentialSet::new("amzn1.application-oa2-client.0f", Secret::new("hush"), ApiVersion::V3_1);
        let mut settings = CreatorsSettings::for_credential(set).unwrap_or_else(|error| panic!("{error}"));
        settings.endpoints.api.clone_from(&loopback.address);
        settings.endpoints.token = Some(format!("{}/token", loopback.address));
        let client = CreatorsClient::new(settings).unwrap_or_else(|error| panic!("{error}"));
        let (context, request) = asked();
        Self { client, context, request }
    }

    /// One call; how many items there are.
    pub(crate) async fn call(&self) -> usize {
        match self.client.get_items(&self.context, &self.request).await {
            Ok(answer) => answer.items.len(),
            Err(error) => panic!("{error:?}"),
        }
    }
}
