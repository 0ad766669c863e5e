//! The sentinel is found in what secrets leak in, and nowhere else.

use linkwright_testkit::Sentinel;

/// Any text, encoded as base64: slow and plain, to check the needles against something else.
fn base64(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let bits: String = bytes.iter().map(|byte| format!("{byte:08b}")).collect();
    let sextets = bits
        .as_bytes()
        .chunks(6)
        .map(|chunk| format!("{:0<6}", std::str::from_utf8(chunk).expect("zeros and ones")));
    let text: String = sextets
        .map(|sextet| char::from(ALPHABET[usize::from_str_radix(&sextet, 2).expect("zeros and ones")]))
        .collect();
    format!("{text}{}", "=".repeat((4 - text.len() % 4) % 4))
}

fn each_byte(bytes: &[u8], write: impl Fn(&u8) -> String) -> String {
    bytes.iter().map(write).collect()
}

#[test]
fn the_reference_encoder_is_right() {
    // RFC 4648, section 10.
    for (plain, encoded) in [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")]
    {
        assert_eq!(base64(plain.as_bytes()), encoded);
    }
}

#[test]
fn leaks_are_found_in_every_encoding() {
    for number in 0..50 {
        let sentinel = Sentinel::new(number);
        let text = sentinel.text();
        let bytes = text.as_bytes();
        let leaks = [
            ("plain", text.to_owned()),
            ("plain", format!("{text:?}")),
            ("plain", format!("Error: bad secret `{text}`")),
            ("plain", text[..20].to_owned()),
            ("plain", text[text.len() - 20..].to_owned()),
            ("plain", text[12..26].to_owned()),
            ("base64", base64(bytes)),
            ("base64", base64(format!("x{text}").as_bytes())),
            ("base64", base64(format!("id:{text}").as_bytes())),
            ("base64", base64(format!("some-id:{text}").as_bytes()).replace('+', "-").replace('/', "_")),
            ("hexadecimal", each_byte(bytes, |byte| format!("{byte:02x}"))),
            ("hexadecimal", each_byte(bytes, |byte| format!("{byte:02X}"))),
            ("percent-encoded", each_byte(bytes, |byte| format!("%{byte:02X}"))),
            ("percent-encoded", each_byte(bytes, |byte| format!("%{byte:02x}"))),
            ("byte values", format!("{bytes:?}")),
            ("byte values", format!("{bytes:?}").replace(' ', "")),
        ];
        for (encoding, leak) in leaks {
            let found = sentinel.find_in(format!("before {leak} after").as_bytes());
            assert_eq!(found.map(|leak| leak.encoding), Some(encoding), "{number}: {leak}");
        }
    }
}

#[test]
fn nothing_is_found_where_nothing_leaked() {
    let sentinel = Sentinel::new(1);
    let other = Sentinel::new(2);
    let masked: String = sentinel.text().chars().take(8).collect();
    for harmless in ["", "Secret(redacted)", &masked, other.text(), &base64(other.text().as_bytes())] {
        assert_eq!(sentinel.find_in(harmless.as_bytes()), None, "{harmless}");
    }
    assert_eq!(sentinel.find_in(format!("{sentinel:?}").as_bytes()), None);
}

#[test]
fn the_first_leak_is_reported_with_its_place() {
    let sentinel = Sentinel::new(3);
    let log = format!("0123456789{}", sentinel.text());
    let leak = sentinel.find_in(log.as_bytes()).unwrap();
    assert_eq!(leak.to_string(), "plain at byte 14");
}

#[test]
#[should_panic(expected = "the log holds the sentinel secret: plain at byte 4")]
fn assert_absent_panics_on_a_leak() {
    let sentinel = Sentinel::new(4);
    sentinel.assert_absent("the log", sentinel.text());
}

#[test]
fn the_same_number_is_the_same_sentinel() {
    assert_eq!(Sentinel::new(7).text(), Sentinel::new(7).text());
    assert_ne!(Sentinel::new(7).text(), Sentinel::new(8).text());
    assert_eq!(Sentinel::new(7).secret().expose(), Sentinel::new(7).text());
}
