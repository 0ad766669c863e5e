//! Who may reach the page and `/_emulator/`: programs, and in a browser the emulator's own page. No token is asked for
//! there, and any page may have a browser send requests to this machine.
//!
//! Three headers tell the pages apart, and no script can set them. `Host`: a page whose name was made to lead to this
//! machine (DNS rebinding) is of the same origin as its requests, but names itself. `Origin` and `Sec-Fetch-Site`: a
//! browser may leave out the one where it sends the other. Catalogue and token services are for any host: a test may have
//! a proxy before them, and what they answer with is made up.

use std::net::{Ipv4Addr, Ipv6Addr};

use crate::message::Request;

/// Why a request under `/_emulator/` is refused; `None` if it is not.
pub(crate) fn objection(request: &Request) -> Option<String> {
    let foreign = || "asked for by a page of another origin, which must not change it".to_owned();
    objection_to_host(request)
        .or_else(|| (has_other_origin(request) || is_of_other_site(request)).then(foreign))
}

/// Why a request for the page is refused; `None` if it is not. A link of another site may lead to it.
pub(crate) fn objection_to_page(request: &Request) -> Option<String> {
    let follows_link = request.header("sec-fetch-mode") == Some("navigate")
        && request.header("sec-fetch-dest") == Some("document");
    let foreign = || "asked for by a page of another origin; open it in a tab of its own".to_owned();
    let is_foreign = (is_of_other_site(request) && !follows_link) || has_other_origin(request);
    objection_to_host(request).or_else(|| is_foreign.then(foreign))
}

fn objection_to_host(request: &Request) -> Option<String> {
    let mut hosts = request.headers.iter().filter(|(name, _)| name.eq_ignore_ascii_case("host"));
    let (_, host) = hosts.find(|(_, host)| !is_loopback(host))?;
    Some(format!(
        "asked for under a name that is not this machine's: `{host}`; ask `localhost`, `127.0.0.1` or `[::1]`, with the port"
    ))
}

/// Whether a `Host`, with or without a port, is a name or an address of the loopback interface.
fn is_loopback(host: &str) -> bool {
    let without_port = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    };
    if let Some(address) = without_port.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        return address.parse().is_ok_and(|address: Ipv6Addr| address.is_loopback());
    }
    without_port.eq_ignore_ascii_case("localhost")
        || without_port.parse().is_ok_and(|address: Ipv4Addr| address.is_loopback())
}

fn has_other_origin(request: &Request) -> bool {
    request.header("origin").is_some_and(|origin| {
        origin.strip_prefix("http://").is_none_or(|host| request.header("host") != Some(host))
    })
}

/// `same-site` is another one too: another port of this machine.
fn is_of_other_site(request: &Request) -> bool {
    request.header("sec-fetch-site").is_some_and(|site| !matches!(site, "same-origin" | "none"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_loopback_interface_has_these_names_and_no_others() {
        for host in [
            "localhost",
            "LocalHost:8080",
            "127.0.0.1",
            "127.0.0.1:0",
            "127.255.3.4:80",
            "[::1]",
            "[::1]:8080",
            "[0:0:0:0:0:0:0:1]:1",
        ] {
            assert!(is_loopback(host), "{host}");
        }
        for host in [
            "",
            ":80",
            "evil.example",
            "evil.example:80",
            "127.0.0.1.evil.example",
            "localhost.evil.example:80",
            "evil.example:127.0.0.1",
            "localhost@evil.example",
            "127.0.0.1:80:80",
            "128.0.0.1",
            "0.0.0.0:80",
            "10.0.0.1",
            "[::2]:80",
            "[::]",
            "::1",
            "[::1",
        ] {
            assert!(!is_loopback(host), "{host}");
        }
    }
}
