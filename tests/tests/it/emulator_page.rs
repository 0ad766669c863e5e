//! The emulator's page in a real browser: what it shows, what its buttons do, and whether everybody can use it.

use std::process::Command;
use std::time::{Duration, Instant};

use linkwright_core::ApiVersion;
use linkwright_emulator::{HostThread, Settings};
use serde_json::{Value, json};

use crate::browser::{Answer, Browser, exchange};
use crate::interop::set_up_by_xtask;

/// An emulator, its page in a browser, and a client beside it.
struct Page {
    browser: Browser,
    host: HostThread,
    address: String,
    token: String,
}

impl Page {
    fn open() -> Self {
        Self::of(Settings::default())
    }

    fn of(settings: Settings) -> Self {
        let host = HostThread::start(settings).unwrap();
        let address = host.url().trim_start_matches("http://").to_owned();
        let browser = Browser::start(&set_up_by_xtask("LINKWRIGHT_TEST_CHROMEDRIVER"));
        let mut page = Self { browser, host, address, token: String::new() };
        page.renew_token();
        page.browser.open(&page.host.url());
        page.browser.wait_until("document.getElementById('live').textContent === 'Running'");
        page
    }

    fn ask_for_token(&self) -> Answer {
        let credential = self.host.ready().credential;
        let body = json!({
            "grant_type": "client_credentials", "client_id": credential.id, "client_secret": credential.secret,
            "scope": "creatorsapi::default",
        });
        let headers = [("Content-Type", "application/json")];
        exchange(&self.address, "POST", "/auth/o2/token", &headers, body.to_string().as_bytes())
    }

    fn renew_token(&mut self) {
        self.token = self.ask_for_token().json()["access_token"].as_str().unwrap().to_owned();
    }

    fn get_items(&self) -> Answer {
        let authorization = format!("Bearer {}", self.token);
        let headers = [
            ("Content-Type", "application/json"),
            ("x-marketplace", "www.amazon.com"),
            ("Authorization", authorization.as_str()),
        ];
        let body = br#"{"itemIds":["B0EMU00000"],"partnerTag":"demo-20"}"#;
        exchange(&self.address, "POST", "/catalog/v1/getItems", &headers, body)
    }

    /// Presses the button with this text, and waits until the page says that it was done.
    #[track_caller]
    fn press(&self, text: &str) {
        let script = format!(
            "document.getElementById('said').textContent = ''; \
             const button = [...document.querySelectorAll('button')].find((one) => one.textContent === {0}); \
             if (button) button.dataset.pressed = {0}; return Boolean(button)",
            json!(text)
        );
        assert_eq!(self.browser.run(&script), true, "there is no button `{text}`");
        self.browser.press(&format!("[data-pressed={}]", json!(text)));
        self.browser.wait_until("document.getElementById('said').textContent !== ''");
        let said = self.browser.text("#said");
        assert!(!said.starts_with("Not done"), "{text}: {said}");
    }

    #[track_caller]
    fn choose(&self, id: &str, text: &str) {
        let script = format!(
            "const list = document.getElementById({}); \
             const choice = [...list.options].find((one) => one.textContent === {}); \
             if (choice) list.value = choice.value; return Boolean(choice)",
            json!(id),
            json!(text)
        );
        assert_eq!(self.browser.run(&script), true, "{id} has no choice `{text}`");
    }

    #[track_caller]
    fn shows(&self, selector: &str, text: &str) {
        let found = format!("document.querySelector({}).textContent === {}", json!(selector), json!(text));
        self.browser.wait_until(&found);
    }
}

#[test]
fn counters_and_the_log_follow_what_happens() {
    let page = Page::open();
    page.shows("[data-counter=tokens_issued]", "1");
    for _ in 0..3 {
        assert_eq!(page.get_items().status, 200);
    }
    page.shows("[data-counter=calls]", "3");
    page.shows("[data-counter=items_found]", "3");
    page.shows("[data-statuses='2']", "3");
    page.shows("[data-operation=getItems]", "3 calls");
    page.shows("#log tr:first-child td:nth-child(4)", "POST /catalog/v1/getItems");
    page.shows("#log tr:first-child td:nth-child(3)", "200");
    page.shows("#log tr:nth-child(4) td:nth-child(4)", "POST /auth/o2/token");
    // Asking what happened is nothing that happened.
    assert_eq!(page.host.with_emulator(|emulator| emulator.counters().calls), 3);
    assert_eq!(page.browser.console(), Vec::<String>::new(), "nothing was refused by the page's policy");
    drop(page.host);
    page.browser.wait_until("document.getElementById('live').textContent === 'Not answering'");
}

#[test]
#[allow(
    clippy::disallowed_methods,
    reason = "a button that makes answers late is shown by the time one takes"
)]
fn every_button_does_what_it_says() {
    let mut page = Page::open();
    page.press("429 or slow down");
    page.shows("#faults-left", "1");
    assert_eq!(page.get_items().status, 429);
    page.shows("[data-counter=throttled]", "1");
    page.shows("#faults-left", "0");
    page.press("500");
    assert_eq!((page.get_items().status, page.get_items().status), (500, 200));
    page.press("Slow by 2 s");
    let begun = Instant::now();
    assert_eq!(page.get_items().status, 200);
    assert!(begun.elapsed() >= Duration::from_millis(1900), "{:?}", begun.elapsed());
    page.press("Cut in the middle");
    let cut = page.get_items();
    assert!(cut.status == 200 && !cut.is_whole());
    page.press("Malformed JSON");
    let malformed = page.get_items();
    assert!(malformed.status == 200 && malformed.is_whole() && malformed.json().is_null());
    page.press("A page of a proxy");
    assert_eq!(page.get_items().header("content-type"), Some("text/html"));

    page.choose("error", "401 InvalidClient");
    page.press("Answer with it");
    let refused = page.get_items();
    assert_eq!((refused.status, &refused.json()["reason"]), (401, &json!("InvalidClient")));
    page.choose("error", "404 ResourceNotFoundException of SearchResult");
    page.press("Answer with it");
    assert_eq!(page.get_items().json()["resourceType"], "SearchResult");
    page.choose("error", "Token service: invalid_scope");
    page.press("Answer with it");
    assert_eq!(page.ask_for_token().json()["error"], "invalid_scope");

    page.browser.run("document.getElementById('times').value = 2");
    page.choose("service", "the token service");
    page.press("500");
    assert_eq!([(); 3].map(|()| page.ask_for_token().status), [500, 500, 200]);

    page.press("Lose eligibility");
    page.shows("#eligible", "not in 24 shops");
    assert_eq!(page.get_items().json()["reason"], "AssociateNotEligible");
    page.press("Get it back");
    assert_eq!(page.get_items().status, 200);
    page.press("Refuse credentials");
    page.shows("#credentials", "refused");
    assert_eq!(page.ask_for_token().json()["error"], "invalid_client");
    page.press("Accept them");
    page.press("Expire tokens");
    assert_eq!(page.get_items().json()["reason"], "TokenExpired");
    page.renew_token();
    assert_eq!(page.get_items().status, 200);
    page.press("One hour later");
    assert_eq!(page.get_items().json()["reason"], "TokenExpired");
    page.renew_token();

    let used = page.host.control("quota", &json!({ "retry_after": false })).unwrap()["calls_in_last_day"]
        .as_u64()
        .unwrap();
    page.browser.run(&format!("document.getElementById('per-day').value = {}", used + 1));
    page.press("Set");
    page.shows("#quota-left", "1 today");
    assert_eq!((page.get_items().status, page.get_items().status), (200, 429));
    page.press("As a new account has");
    page.shows("#quota-left", &format!("1 now, {} today", group(8640 - used - 1)));
    page.press("No limit");
    page.shows("#quota-left", "no limit");
    assert_eq!([(); 3].map(|()| page.get_items().status), [200; 3]);

    page.press("500");
    page.press("Reset everything");
    page.shows("#faults-left", "0");
    page.shows("[data-counter=calls]", "0");
    assert_eq!(page.get_items().json()["reason"], "InvalidToken", "the tokens are forgotten too");
    assert_eq!(page.browser.console(), Vec::<String>::new());
}

/// A number below a million with a comma before its thousands.
fn group(number: u64) -> String {
    format!("{},{:03}", number / 1000, number % 1000)
}

#[test]
fn the_commands_work_when_they_are_pasted() {
    // The member of each answer, in the order of the commands behind the token.
    let expected = [
        "itemsResult",
        "searchResult",
        "variationsResult",
        "browseNodesResult",
        "feeds",
        "url",
        "reports",
        "url",
    ];
    for version in [ApiVersion::V3_1, ApiVersion::V2_2] {
        let host = HostThread::start(Settings::default().api_version(version)).unwrap();
        let browser = Browser::start(&set_up_by_xtask("LINKWRIGHT_TEST_CHROMEDRIVER"));
        browser.open(&host.url());
        let shown = browser.run("return [...document.querySelectorAll('pre')].map((one) => one.textContent)");
        let shown: Vec<String> = serde_json::from_value(shown).unwrap();
        let (token, calls) = shown.split_first().unwrap();
        assert_eq!(calls.len(), expected.len());
        for (call, member) in calls.iter().zip(expected) {
            let output = Command::new("sh").arg("-c").arg(format!("{token}\n{call}")).output().unwrap();
            let answer: Value = serde_json::from_slice(&output.stdout).unwrap_or_default();
            assert!(!answer[member].is_null(), "{version} {call}\n{answer}");
        }
    }
}

#[test]
fn what_is_shown_can_be_copied() {
    let page = Page::open();
    let permissions = json!({ "permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"] });
    page.browser.chromium("Browser.grantPermissions", &permissions);
    let secret = page.host.ready().credential.secret;
    let which = page.browser.run(&format!(
        "return [...document.querySelectorAll('code')].find((one) => one.textContent === {}).id",
        json!(secret)
    ));
    page.browser.press(&format!("[data-of={which}]"));
    page.shows(&format!("[data-of={which}]"), "Copied");
    let copied = "navigator.clipboard.readText().then((text) => { document.title = text; }); return true";
    page.browser.run(copied);
    page.browser.wait_until(&format!("document.title === {}", json!(secret)));
    page.shows(&format!("[data-of={which}]"), "Copy");
}

/// The smallest contrast between a text and what is behind it, of all texts on the page (WCAG 2.2, 1.4.3), with its text.
const CONTRAST: &str = r"
    const parts = (color) => color.match(/[\d.]+/g).map(Number);
    const light = (color) => {
      const [r, g, b] = parts(color).slice(0, 3).map((part) => {
        const share = part / 255;
        return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const behind = (element) => {
      for (let one = element; one; one = one.parentElement) {
        const color = getComputedStyle(one).backgroundColor;
        if (parts(color)[3] !== 0) return color;
      }
      return 'rgb(255, 255, 255)';
    };
    let worst = [99, ''];
    const look = (color, element, text) => {
      const [a, b] = [light(color), light(behind(element))];
      const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
      if (ratio < worst[0]) worst = [ratio, text];
    };
    for (const element of document.body.querySelectorAll('*')) {
      const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
      if (own && element.tagName !== 'SCRIPT') look(getComputedStyle(element).color, element, element.textContent);
      if (element.placeholder) look(getComputedStyle(element, '::placeholder').color, element, element.placeholder);
      if (['BUTTON', 'INPUT', 'SELECT'].includes(element.tagName)) {
        // The edge of a control needs 3:1 (1.4.11): counted as if it were text at 4.5:1.
        const edge = getComputedStyle(element).borderColor;
        const [a, b] = [light(edge), light(behind(element.parentElement))];
        const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05) * 1.5;
        if (ratio < worst[0]) worst = [ratio, 'edge of ' + element.textContent];
      }
    }
    return worst;
";

#[test]
fn everybody_can_read_it_in_light_and_in_dark() {
    let page = Page::open();
    let mut grounds = Vec::new();
    for theme in ["light", "dark"] {
        let features = json!({ "features": [{ "name": "prefers-color-scheme", "value": theme }] });
        page.browser.chromium("Emulation.setEmulatedMedia", &features);
        grounds.push(page.browser.run("return getComputedStyle(document.body).backgroundColor"));
        // A refused call colours a cell of the log.
        assert_eq!(exchange(&page.address, "POST", "/catalog/v1/nothing", &[], b"").status, 400);
        page.shows("#log tr:first-child td:nth-child(3)", "400");
        let worst = page.browser.run(CONTRAST);
        assert!(worst[0].as_f64().unwrap() >= 4.5, "{theme}: {worst}");
    }
    assert_ne!(grounds[0], grounds[1]);
}

#[test]
fn it_fits_a_telephone_and_nothing_moves() {
    let page = Page::open();
    for width in [360, 768, 1280] {
        let metrics = json!({ "width": width, "height": 800, "deviceScaleFactor": 1, "mobile": false });
        page.browser.chromium("Emulation.setDeviceMetricsOverride", &metrics);
        // What the new width moved is no fault.
        page.browser.wait_for_two_frames();
        page.browser.run(
            "window.moved = []; new PerformanceObserver((list) => { for (const entry of list.getEntries()) \
             window.moved.push(...entry.sources.map((source) => source.node && source.node.textContent)); \
             }).observe({ type: 'layout-shift' })",
        );
        // Measured inside of a scroll bar.
        let too_wide = "const page = document.documentElement; return page.scrollWidth - page.clientWidth";
        assert_eq!(page.browser.run(too_wide), 0, "{width}: something sticks out");
        let before = page.browser.text("[data-counter=calls]").parse::<u64>().unwrap();
        for _ in 0..12 {
            page.get_items();
        }
        page.shows("[data-counter=calls]", &(before + 12).to_string());
        page.press("500");
        page.get_items();
        page.shows("#log tr:first-child td:nth-child(3)", "500");
        page.press("As a new account has");
        page.press("No limit");
        assert_eq!(page.browser.run("return window.moved"), json!([]), "{width}: something moved");
        page.host.control("reset", &json!({})).unwrap();
        page.shows("[data-counter=calls]", "0");
    }
    // What measures this can be wrong too: a movement is noticed. Seen from the top, where none is made up for by scrolling.
    page.browser.run("scrollTo(0, 0)");
    page.browser.run("document.querySelector('header').style.paddingTop = '9rem'");
    page.browser.wait_until("window.moved.length > 0");
}

#[test]
fn it_can_be_used_without_a_mouse_and_without_eyes() {
    let page = Page::open();
    let nameless = page.browser.run(
        "return [...document.querySelectorAll('button, input, select, a, [tabindex]')].filter((one) => \
         !one.getAttribute('aria-label') && !one.getAttribute('aria-labelledby') && !(one.labels && one.labels.length) \
         && !(one.tagName !== 'SELECT' && one.textContent.trim())).map((one) => one.outerHTML)",
    );
    assert_eq!(nameless, json!([]));
    let ids = page.browser.run(
        "const ids = [...document.querySelectorAll('[id]')].map((one) => one.id); \
         return ids.filter((id, at) => ids.indexOf(id) !== at)",
    );
    assert_eq!(ids, json!([]), "ids are unique");
    // From control to control by the keyboard: each is reached once, in the order of the page, and is seen to be.
    let key = |name: &str| {
        for kind in ["keyDown", "keyUp"] {
            let event = json!({ "type": kind, "key": name, "code": name, "windowsVirtualKeyCode": if name == "Tab" { 9 } else { 13 }, "text": if name == "Enter" { "\r" } else { "" } });
            page.browser.chromium("Input.dispatchKeyEvent", &event);
        }
    };
    let count =
        page.browser.run("return document.querySelectorAll('button, input, select, a, [tabindex]').length");
    let mut seen = Vec::new();
    for _ in 0..count.as_u64().unwrap() {
        key("Tab");
        let focused = page.browser.run(
            "const one = document.activeElement; const style = getComputedStyle(one); \
             return [[...document.querySelectorAll('button, input, select, a, [tabindex]')].indexOf(one), \
                     style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2]",
        );
        assert_eq!(focused[1], true, "the focus is seen: {focused}");
        seen.push(focused[0].as_i64().unwrap());
    }
    let expected: Vec<i64> = (0..count.as_i64().unwrap()).collect();
    assert_eq!(seen, expected);
    // Enter presses.
    page.browser.run("document.querySelector('[data-fault=fail]').focus()");
    key("Enter");
    page.shows("#faults-left", "1");
    assert_eq!(page.browser.run("return document.getElementById('said').getAttribute('role')"), "status");
}
