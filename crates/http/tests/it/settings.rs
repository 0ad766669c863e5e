//! Settings are checked before they are used.

use std::time::Duration;

use linkwright_core::{ErrorKind, Secret};
use linkwright_http::{HttpSettings, HttpTransport};

use crate::authority::Authority;
use crate::server::settings;

fn check(change: impl FnOnce(&mut HttpSettings), setting: &str, message: &str) {
    let mut settings = settings();
    change(&mut settings);
    let error = HttpTransport::new(settings).unwrap_err();
    assert_eq!((error.kind(), error.message()), (ErrorKind::ConfigInvalid, message));
    assert_eq!(error.context_value("setting"), Some(setting));
    assert!(!error.message().contains('\n'));
}

#[test]
fn a_proxy_must_be_an_address_of_a_known_kind() {
    for (proxy, what) in [
        ("", "cannot be read"),
        ("proxy.example", "cannot be read"),
        ("proxy.example:3128", "is of no known kind"),
        ("ftp://proxy.example", "is of no known kind"),
        ("socks4://proxy.example", "is of no known kind"),
        ("http://", "cannot be read"),
        ("http://proxy.example:99999", "cannot be read"),
        ("socks5://", "names no host"),
        ("http://proxy.example/path", "has more than a host and a port"),
        ("http://proxy.example?x=1", "has more than a host and a port"),
    ] {
        let message = format!("the proxy's address {what}");
        check(|settings| settings.proxy = Some(Secret::new(proxy)), "proxy", &message);
    }
    for proxy in [
        "http://proxy.example",
        "http://user:p%40ss@proxy.example:3128/",
        "https://[::1]:8443",
        "socks5://127.0.0.1",
        "socks5h://user:pass@proxy.example:1080",
    ] {
        let mut settings = settings();
        settings.proxy = Some(Secret::new(proxy));
        let shown = format!("{:?}", HttpTransport::new(settings).unwrap());
        assert!(shown.contains("proxy: Some(") && !shown.contains("ss@"), "{shown}");
    }
}

#[test]
fn an_own_authority_must_be_certificates_in_pem() {
    let good = Authority::new("own").pem();
    let damaged = good.replace("-----END CERTIFICATE-----", "");
    let no_certificate = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
    let key = "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n";
    for (text, message) in [
        ("", "an own authority's file holds no certificate in PEM"),
        ("hello", "an own authority's file holds no certificate in PEM"),
        (key, "an own authority's file holds no certificate in PEM"),
        (damaged.as_str(), "the PEM text of an own authority is damaged"),
        (no_certificate, "an own authority is no certificate"),
    ] {
        let texts = vec![good.clone().into_bytes(), text.as_bytes().to_vec()];
        check(|settings| settings.ca_certificates = texts, "ca-file", message);
    }
    let message = "only own authorities are trusted, and there is none";
    check(|settings| settings.only_these = true, "ca-file", message);
}

#[test]
fn the_user_agent_says_what_we_are() {
    for other in ["", "Mozilla/5.0", "Agent/linkwrighty", "XAgent/linkwright"] {
        let message = format!("the user agent must contain `Agent/linkwright`, but is: `{other}`");
        check(|settings| settings.user_agent = other.to_owned(), "user_agent", &message);
    }
    let message = "the user agent may hold no line break or control character";
    check(|settings| settings.user_agent = "Agent/linkwright a\r\nb: c".to_owned(), "user_agent", message);
}

#[test]
fn no_time_at_all_is_no_time_to_wait() {
    let message = "a time to wait cannot be zero";
    check(|settings| settings.timeout = Duration::ZERO, "timeout", message);
    check(|settings| settings.connect_timeout = Duration::ZERO, "connect_timeout", message);
}
