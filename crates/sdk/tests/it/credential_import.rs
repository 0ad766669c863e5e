//! What is taken from a file of credentials, and that no refusal shows a value.

use linkwright_sdk::core::{ApiVersion, ErrorKind, TokenService};
use linkwright_sdk::{CredentialImport, import_credentials};

const ID: &str = "amzn1.application-oa2-client.0123456789abcdef0123456789abcdef";
const SECRET: &str = "amzn1.oa2-cs.v1.00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
const OLD_ID: &str = "5f3k2m1n0pq9r8s7t6u5v4w3x2";
const OLD_SECRET: &str = "1q2w3e4r5t6z7u8i9o0p1a2s3d4f5g6h7j8k9l0y1x2c3v4b5n6m";

/// The text with the credentials above in place of `ID`, `SECRET`, `OLDID` and `OLDSECRET` in braces.
fn filled(text: &str) -> String {
    text.replace("{ID}", ID)
        .replace("{SECRET}", SECRET)
        .replace("{OLDID}", OLD_ID)
        .replace("{OLDSECRET}", OLD_SECRET)
}

/// Credentials one a line, then what was taken, as far as a test looks at it.
fn shown(import: &CredentialImport) -> (Vec<String>, String) {
    let credentials = import.credentials.iter().map(|credential| {
        let id = credential.id.replace(ID, "{ID}").replace(OLD_ID, "{OLDID}");
        let secret =
            credential.secret.expose().replace(OLD_SECRET, "{OLDSECRET}").replace(SECRET, "{SECRET}");
        let version = credential.api_version.map_or("-", ApiVersion::as_str);
        format!("{} {id} {secret} {version} {}", credential.line, credential.label.as_deref().unwrap_or("-"))
    });
    let taken: Vec<String> = import.taken.iter().map(|(field, name)| format!("{field}={name}")).collect();
    (credentials.collect(), taken.join(" "))
}

#[track_caller]
fn check_bytes(bytes: &[u8], credentials: &[&str], taken: &str) {
    let import = import_credentials(bytes).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(
        shown(&import),
        (credentials.iter().map(|text| (*text).to_owned()).collect(), taken.to_owned())
    );
}

#[track_caller]
fn check(text: &str, credentials: &[&str], taken: &str) {
    check_bytes(filled(text).as_bytes(), credentials, taken);
}

#[test]
fn tables_in_any_order_and_with_any_separator() {
    let whole = ["2 {ID} {SECRET} 3.1 -"];
    let taken = "id=Credential ID secret=Credential Secret version=Version";
    check("Credential ID,Credential Secret,Version\n{ID},{SECRET},3.1\n", &whole, taken);
    check("Version;Credential Secret;Credential ID\r\nv3.1;{SECRET};{ID}\r\n", &whole, taken);
    check("Version\tCredential ID\tCredential Secret\n3.1\t{ID}\t{SECRET}", &whole, taken);
    check(
        "\"Credential ID\",\"Credential Secret\",\"Version\"\n\"{ID}\",\"{SECRET}\",\"3.1\"\n",
        &whole,
        taken,
    );
    check(" Credential ID , Credential Secret , Version \n {ID} , \"{SECRET}\" , 3.1 \n", &whole, taken);
    check(
        "sep=;\nCredential ID;Credential Secret;Version\n{ID};{SECRET};3.1\n",
        &["3 {ID} {SECRET} 3.1 -"],
        taken,
    );
    check(
        "\n\nCredential ID,Credential Secret,Version\n\n{ID},{SECRET},3.1\n\n",
        &["5 {ID} {SECRET} 3.1 -"],
        taken,
    );
}

#[test]
fn names_as_people_and_programs_write_them() {
    let without = ["2 {ID} {SECRET} - -"];
    check("client_id,client_secret\n{ID},{SECRET}\n", &without, "id=client_id secret=client_secret");
    check("clientId,clientSecret\n{ID},{SECRET}\n", &without, "id=clientId secret=clientSecret");
    check("ID,SECRET\n{ID},{SECRET}\n", &without, "id=ID secret=SECRET");
    check(
        "Access Key ID,Secret Access Key\n{ID},{SECRET}\n",
        &without,
        "id=Access Key ID secret=Secret Access Key",
    );
    check("Anmeldedaten-ID;Geheimnis\n{ID};{SECRET}\n", &without, "id=Anmeldedaten-ID secret=Geheimnis");
    check(
        "Identifiant,Secret du client,Version\n{ID},{SECRET},3.2\n",
        &["2 {ID} {SECRET} 3.2 -"],
        "id=Identifiant secret=Secret du client version=Version",
    );
    // Other ids and dates stand beside the one that is meant.
    check(
        "Store ID,Application ID,Application Name,Credential ID,Credential Name,Secret Created,Credential Secret\n\
         demo-20,app,My shop,{ID},Blog,2026-01-01,{SECRET}\n",
        &["2 {ID} {SECRET} - Blog"],
        "id=Credential ID secret=Credential Secret label=Credential Name",
    );
    check("Application ID,Secret\n{ID},{SECRET}\n", &without, "id=Application ID secret=Secret");
}

#[test]
fn lines_of_names_and_values() {
    let first = ["1 {ID} {SECRET} 3.1 -"];
    let taken = "id=Credential ID secret=Credential Secret version=Version";
    check("Credential ID: {ID}\nCredential Secret: {SECRET}\nVersion: 3.1\n", &first, taken);
    check("Credential ID,{ID}\nCredential Secret,{SECRET}\nVersion,3.1\n", &first, taken);
    check(
        "\"Credential ID\",\"{ID}\"\r\n\"Credential Secret\",\"{SECRET}\"\r\n\"Version\",\"3.1\"\r\n",
        &first,
        taken,
    );
    check("Credential ID\t{ID}\nCredential Secret\t{SECRET}\nVersion\t3.1\n", &first, taken);
    check(
        "My new credential\n\nid = {ID}\nsecret = '{SECRET}'\n",
        &["3 {ID} {SECRET} - -"],
        "id=id secret=secret",
    );
    check(
        "export CLIENT_ID={ID}\nexport CLIENT_SECRET=\"{SECRET}\"\n",
        &["1 {ID} {SECRET} - -"],
        "id=CLIENT_ID secret=CLIENT_SECRET",
    );
    check(
        "Application ID: app-1\nCredential ID: {ID}\nSecret: {SECRET}\n",
        &["1 {ID} {SECRET} - -"],
        "id=Credential ID secret=Secret",
    );
}

#[test]
fn objects_of_json() {
    check(
        "{\"id\":\"{ID}\",\"secret\":\"{SECRET}\",\"version\":\"3.1\"}",
        &["1 {ID} {SECRET} 3.1 -"],
        "id=id secret=secret version=version",
    );
    check(
        "\u{feff}{ \"format\": 1, \"id\": \"{ID}\",\n \"secret\": \"a\\u0062\\/\", \"api_version\": 2.1, \"label\": null }\n",
        &["1 {ID} ab/ 2.1 -"],
        "id=id secret=secret version=api_version label=label",
    );
}

#[test]
fn encodings_of_spreadsheets() {
    let text = filled("Credential ID,Credential Secret\r\n{ID},{SECRET}\r\n");
    let expected = ["2 {ID} {SECRET} - -"];
    let taken = "id=Credential ID secret=Credential Secret";
    check_bytes(&[b"\xEF\xBB\xBF".as_slice(), text.as_bytes()].concat(), &expected, taken);
    let little: Vec<u8> =
        [0xFF, 0xFE].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    check_bytes(&little, &expected, taken);
    let big: Vec<u8> =
        [0xFE, 0xFF].into_iter().chain(text.encode_utf16().flat_map(u16::to_be_bytes)).collect();
    check_bytes(&big, &expected, taken);
}

#[test]
fn several_credentials_each_once() {
    check(
        "Name,Credential ID,Secret,Version\nBlog,{ID},{SECRET},3.1\nShop,{OLDID},{OLDSECRET},2.2\nBlog,{ID},{SECRET},3.1\n",
        &["2 {ID} {SECRET} 3.1 Blog", "3 {OLDID} {OLDSECRET} 2.2 Shop"],
        "id=Credential ID secret=Secret version=Version label=Name",
    );
    check(
        "id: {ID}\nsecret: {SECRET}\n\nid: {OLDID}\nsecret: {OLDSECRET}\nversion: 2.1\n",
        &["1 {ID} {SECRET} - -", "4 {OLDID} {OLDSECRET} 2.1 -"],
        "id=id secret=secret version=version",
    );
}

#[test]
fn the_service_follows_from_the_version_or_the_id() {
    #[track_caller]
    fn check_service(text: &str, service: Option<TokenService>) {
        let import = import_credentials(filled(text).as_bytes()).expect("a credential");
        assert_eq!(import.credentials[0].token_service(), service, "{text}");
    }
    check_service("id,secret\n{ID},x\n", Some(TokenService::LoginWithAmazon));
    check_service("id,secret\n{OLDID},x\n", Some(TokenService::Cognito));
    check_service("id,secret,version\nother,x,2.3\n", Some(TokenService::Cognito));
    check_service("id,secret\nother,x\n", None);
}

#[track_caller]
fn check_refused(bytes: &[u8], message: &str) {
    let error = import_credentials(bytes).expect_err(message);
    assert_eq!((error.kind(), error.message()), (ErrorKind::RequestInvalid, message));
    let all = format!("{error:?}");
    for value in [ID, SECRET, OLD_ID, OLD_SECRET] {
        assert!(!all.contains(value), "{all}");
    }
}

#[test]
fn what_is_missing_is_said_with_the_headers_and_without_values() {
    #[track_caller]
    fn check_text(text: &str, message: &str) {
        check_refused(filled(text).as_bytes(), message);
    }
    check_text("", "the file is empty");
    check_text(" \r\n\n", "the file is empty");
    check_text("Credential ID,Credential Secret\n", "the file has headers and no credential below them");
    check_text(
        "Foo,Credential Secret,Bar 2\n{ID},{SECRET},3.1\n",
        "no column or line for: id; found: (column 1), `Credential Secret`, (column 3)",
    );
    check_text(
        "Foo,Bar\n{ID},{SECRET}\n",
        "no column or line for: id, secret; found: 2 columns of other names",
    );
    // Without headers the first line is values.
    check_text("{ID},{SECRET},3.1\n", "no column or line for: id, secret; found: 3 columns of other names");
    check_text(
        "{ID},{SECRET}\n{OLDID},{OLDSECRET}\n",
        "no column or line for: id, secret; found: 2 columns of other names",
    );
    check_text("{ID}\n{SECRET}\n", "no column or line for: id, secret; found: 1 column of another name");
    // Values that speak of secrets and keys.
    check_text("my-secret-key-value\nmore\n", "no column or line for: id; found: 1 column of another name");
    check_text("Secret,hunter\nfoo,bar\n", "no column or line for: id; found: `Secret`, (column 2)");
    check_text("{\"id\":\"{ID}\",\"key\":\"{SECRET}\"}", "no member for: secret; found: `id`, (member 2)");
    check_text(
        "{\"credential\":{\"id\":\"{ID}\"}}",
        "not a flat JSON object of texts, such as {\"id\":…,\"secret\":…,\"version\":…}",
    );
    check_text("id,secret\n{ID},\n", "line 2: the secret is missing");
    check_text("id,secret\n\n,{SECRET}\n", "line 3: the id is missing");
    check_text("id,secret\n{ID},********\n", "line 2: the secret is masked");
    check_text("id,secret\n{SECRET},{ID}\n", "line 2: the secret stands where the id should be");
    check_text("id,secret\nx,{ID}\n", "line 2: the id stands where the secret should be");
    check_text("id,secret\n{ID},{SECRET} x\n", "line 2: the secret holds a blank or a control character");
    check_text(
        "id,secret,version\n{ID},3.1,{SECRET}\n",
        "line 2: the version stands where the secret should be",
    );
    check_text(
        "Access Key,Secret Key\nAKIAIOSFODNN7EXAMPLE,{SECRET}\n",
        "line 2: a key of the Product Advertising API, which is retired, does not work with the Creators API; make a \
         credential in Associates Central, under Tools > Creators API",
    );
    check_text(
        "id,secret,version\n{ID},hush,{SECRET}\n",
        "line 2: the version is none of: 2.1, 2.2, 2.3, 3.1, 3.2, 3.3",
    );
    check_text("id,secret\n\"{ID},{SECRET}\n", "line 2: a quote is not closed");
    check_refused(b"\x00\x01id,secret\n", "not a text file in UTF-8 or UTF-16");
    check_refused(b"id,secret\n\xff,x\n", "not a text file in UTF-8 or UTF-16");
    check_refused(b"\xff\xfei", "not a text file in UTF-8 or UTF-16");
    check_refused(&vec![b'a'; (1 << 20) + 1], "too large for a file of credentials");
}

#[test]
fn what_was_taken_is_named_only_where_it_looks_like_a_name() {
    // A first line of values that speak of ids and secrets is no headers to show.
    check(
        "client-id,my-secret-value\nother-id,hush\n",
        &["2 other-id hush - -"],
        "id=client-id secret=column 2",
    );
    check(
        "my-key-id,my-secret-value\nother-id,hush\n",
        &["2 other-id hush - -"],
        "id=column 1 secret=column 2",
    );
    let import = import_credentials(b"Credential ID,Secret,Hint for me,x1\na,b,c,d\n").expect("a credential");
    assert_eq!(import.not_taken, ["column 3", "column 4"]);
    let import = import_credentials(b"Credential ID,Secret,Hint for me\na,b,c\n").expect("a credential");
    assert_eq!(import.not_taken, ["Hint for me"]);
}
