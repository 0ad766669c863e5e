//! The address a client reached the emulator by: what addresses in its answers begin with.

use crate::message::Request;

/// `http://` and the host the request names; the loopback interface if it names none that could be one.
///
/// The host is the client's own text. It goes into a page and into shell commands there, so that only what host names,
/// IP addresses and ports are made of is repeated.
pub(crate) fn own_address(request: &Request) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b".-:[]".contains(&byte);
    let host = request.header("host").filter(|host| !host.is_empty() && host.bytes().all(is_plain));
    format!("http://{}", host.unwrap_or("127.0.0.1"))
}
