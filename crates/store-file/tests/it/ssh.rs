//! SSH keys as recipients and as the identity.

use linkwright_core::{CredentialStoreExt as _, ErrorKind};
use linkwright_store_file::{FileStore, Protection};

use crate::support::{Place, check_error, example, name, write_private};

// Made for these tests; they open nothing else.

const ED25519_PUBLIC: &str =
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEo69hCUX76ne8anet2KU8xCR/qJa6PZtps6TQQ+Rprx made-for-tests";
const RSA_PUBLIC: &str = "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQCGNtF3/jBzV43IjtNGqOBZykBwHRVhk0ISneOVX7a4ydq6Y5nxXZgksa5ss7Geni87HN28IDA+X+Nv7N/R5fNlKcaUp7A9Xkft10oaC6t0JCjWfVYOzcFRJizcpP7tok5w4j5vTtP2HI1GGk5wkedQamJjnCQgEj1EPUrXVLPpYB15TiQf6VwGIVKjEq88tbW/+azv7i/+z6ILx0pGcb3STekYglO0kvbd1oB4R1tNPeQjUZsnGeb+GIdGVczz2PS+nsLhd5VFvAq9jXGXX/0xK0Pu79W2TmOGoJKDkPdF728g/6Ko1cq2u8qh84bilgmmXdJJd20WaUaA2xiewm17 made-for-tests";
const ECDSA_PUBLIC: &str = "ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBCcDKcNISAuJLa5DwdN+8xgEJOfO6b6p+uArESqkzumLlLFlOnACTClFUcj/FkFb5BE8cUuYRZqmSjxFd1FILno= made-for-tests";

const ED25519: &str = "-----BEGIN OPENSSH PRIVATE KEY-----
b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQAAAAAAAAABAAAAMwAAAAtzc2gtZW
QyNTUxOQAAACBKOvYQlF++p3vGp3rdilPMQkf6iWuj2babOk0EPkaa8QAAAJhksj5oZLI+
aAAAAAtzc2gtZWQyNTUxOQAAACBKOvYQlF++p3vGp3rdilPMQkf6iWuj2babOk0EPkaa8Q
AAAECLBY1oYIzYhScRxKKfjbRaVqo2Tt7+LZwIkofS284BVko69hCUX76ne8anet2KU8xC
R/qJa6PZtps6TQQ+RprxAAAADm1hZGUtZm9yLXRlc3RzAQIDBAUGBw==
-----END OPENSSH PRIVATE KEY-----
";

const RSA: &str = "-----BEGIN OPENSSH PRIVATE KEY-----
b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQAAAAAAAAABAAABFwAAAAdzc2gtcn
NhAAAAAwEAAQAAAQEAhjbRd/4wc1eNyI7TRqjgWcpAcB0VYZNCEp3jlV+2uMnaumOZ8V2Y
JLGubLOxnp4vOxzdvCAwPl/jb+zf0eXzZSnGlKewPV5H7ddKGgurdCQo1n1WDs3BUSYs3K
T+7aJOcOI+b07T9hyNRhpOcJHnUGpiY5wkIBI9RD1K11Sz6WAdeU4kH+lcBiFSoxKvPLW1
v/ms7+4v/s+iC8dKRnG90k3pGIJTtJL23daAeEdbTT3kI1GbJxnm/hiHRlXM89j0vp7C4X
eVRbwKvY1xl1/9MStD7u/Vtk5jhqCSg5D3Re9vIP+iqNXKtrvKofOG4pYJpl3SSXdtFmlG
gNsYnsJtewAAA8jZLMjS2SzI0gAAAAdzc2gtcnNhAAABAQCGNtF3/jBzV43IjtNGqOBZyk
BwHRVhk0ISneOVX7a4ydq6Y5nxXZgksa5ss7Geni87HN28IDA+X+Nv7N/R5fNlKcaUp7A9
Xkft10oaC6t0JCjWfVYOzcFRJizcpP7tok5w4j5vTtP2HI1GGk5wkedQamJjnCQgEj1EPU
rXVLPpYB15TiQf6VwGIVKjEq88tbW/+azv7i/+z6ILx0pGcb3STekYglO0kvbd1oB4R1tN
PeQjUZsnGeb+GIdGVczz2PS+nsLhd5VFvAq9jXGXX/0xK0Pu79W2TmOGoJKDkPdF728g/6
Ko1cq2u8qh84bilgmmXdJJd20WaUaA2xiewm17AAAAAwEAAQAAAQADmdWVkOtUh4/VRrJi
c0YkV+nSAuW/oBzQtQ3AbzikIpOiFpQFxstoiJ/eaL/Q5VDtFsGC5PYxEOTgQYxhFvioc9
jRGjf/SC1JM1KDT7bXlIodScWU+24+ssssrFHupuvQhDFv+RR0xkqqtn/47eE1O3V3qLPL
bHyE/S6p3QBADaXU71Ek0A6SoWikGQWKlbal5hHkknn2KTDEuw+hBuqIYYBKg0Vl8P6vOw
eWBctpxFxxiyiY284jp8mgrLfU0M0q+RrVLbFr1L7wancHK4uVgkI2qr1cvb+eRecaTlCL
KAz240/HEhiOByXZGHyVWKhanM+yMVzNVIp0+o1sACBZAAAAgBEEpJyvLO1PRQRRACpbaF
CL2lEc0rtDpzhRx5/0vGoT/oVeK3cg4KCfY1by4hJtVBbf+bqXfWQQu7UaCYCeoDpop1q/
H86lUlXzvc/ji1t2+Ncte0q1yTiM2IArcFGHR4csZv1U44YV728E76HJjhVtbnDA0iaAZE
4PYPyPYW0WAAAAgQC70NYwjRLpO6GBtNoFbolCB5zJa/TaZF6eKW8UdwhRiHplBxdHv1dG
kj62CrUAdpYhbfKCAlLHoMWSFhc1TfiLMGtXcJhwA6GLAHjcP11Iw3mbf/xwKjFBT1r42D
JWqJXAYzz0ujSV89tjm/k0xVuGV6WQA0dsUDs8NSQ0MwXVDwAAAIEAtvBem1/Ndm2EVqf/
cxJGF0bj7okc7UQuGfomRKXWrnDv59ho4DNkdeFBSXlbmOBMGpAoYi4V79WYEq0pNrPoLf
4SvPrdgVeHoTOIpyjBUjG7mUEMJKPgtYD2fSbFcAPoDetKa5VZ+Af6rPgldnzx239GaMIs
2WlvouXlOrmlWNUAAAAObWFkZS1mb3ItdGVzdHMBAgMEBQ==
-----END OPENSSH PRIVATE KEY-----
";

const ED25519_WITH_PASSPHRASE: &str = "-----BEGIN OPENSSH PRIVATE KEY-----
b3BlbnNzaC1rZXktdjEAAAAACmFlczI1Ni1jdHIAAAAGYmNyeXB0AAAAGAAAABDz7pbFXA
p067SoKsMSRyCHAAAAAQAAAAEAAAAzAAAAC3NzaC1lZDI1NTE5AAAAIOKIdIjDrEs1RmEg
EPNU06zdo4prRTQwdEiu8kRI0lUBAAAAoMqODzeP/nYsFUsdVlWJ8I2n9z3OvQxC8jm+Hq
5BzMZIZWZIdS/k0FS7fgKyAtk5CcODqTOiKSLSvTxTkpZPfvguOklpIXGgi0japvaWN+pG
583Y4y1ucUC+mdaDL5ahOsrVbgn3mGNrqZu1IlR6kR6zxTXi3B6MM8ISTkjUP5jW/j+7CC
9i+QnzDU2Mujdv6eFyrlw9Nnv91iPM0eDgSVk=
-----END OPENSSH PRIVATE KEY-----
";

const ECDSA: &str = "-----BEGIN OPENSSH PRIVATE KEY-----
b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQAAAAAAAAABAAAAaAAAABNlY2RzYS
1zaGEyLW5pc3RwMjU2AAAACG5pc3RwMjU2AAAAQQQnAynDSEgLiS2uQ8HTfvMYBCTnzum+
qfrgKxEqpM7pi5SxZTpwAkwpRVHI/xZBW+QRPHFLmEWapko8RXdRSC56AAAAqEYgJ2NGIC
djAAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBCcDKcNISAuJLa5D
wdN+8xgEJOfO6b6p+uArESqkzumLlLFlOnACTClFUcj/FkFb5BE8cUuYRZqmSjxFd1FILn
oAAAAhAPlOTe5rVvVLI2PIH+96So/qKlhaMYlC2UL5YP1y8o+cAAAADm1hZGUtZm9yLXRl
c3RzAQ==
-----END OPENSSH PRIVATE KEY-----
";

fn store(place: &Place, identity: &str, recipients: &[&str]) -> FileStore {
    let extra_recipients = recipients.iter().map(ToString::to_string).collect();
    let path = place.path(identity);
    FileStore::new(place.options_with(Protection::Identity { path, extra_recipients }))
}

#[tokio::test]
async fn ssh_keys_open_what_was_encrypted_to_them_as_extra_recipients() {
    let place = Place::new();
    let writer = store(&place, "keys/identity.txt", &[ED25519_PUBLIC, RSA_PUBLIC]);
    writer.create(&name("main"), example(1)).await.unwrap();
    assert!(writer.created_identity());
    for (file, key) in [("id_ed25519", ED25519), ("id_rsa", RSA)] {
        write_private(&place.path(file), key);
        let reader = store(&place, file, &[]);
        assert_eq!(reader.get_current(&name("main")).await.unwrap().set, example(1), "{file}");
    }
}

#[tokio::test]
async fn an_ssh_key_is_an_identity_like_any_other() {
    let place = Place::new();
    for (file, key) in [("id_ed25519", ED25519), ("id_rsa", RSA)] {
        let place = Place::new();
        write_private(&place.path(file), key);
        let writer = store(&place, file, &[]);
        writer.create(&name("main"), example(1)).await.unwrap();
        writer.overwrite(&name("main"), example(2)).await.unwrap();
        assert!(!writer.created_identity());
        assert_eq!(
            store(&place, file, &[]).get_current(&name("main")).await.unwrap().set,
            example(2),
            "{file}"
        );
    }
    // The other key does not open it.
    write_private(&place.path("id_ed25519"), ED25519);
    write_private(&place.path("id_rsa"), RSA);
    store(&place, "id_ed25519", &[]).create(&name("main"), example(1)).await.unwrap();
    let read = store(&place, "id_rsa", &[]).get_current(&name("main")).await;
    check_error(read, ErrorKind::Unauthenticated, &["does not open the credential file"]);
}

#[tokio::test]
async fn ssh_keys_that_cannot_be_used_say_why() {
    let place = Place::new();
    for (key, why) in [
        (ED25519_WITH_PASSPHRASE, "is an SSH key with a passphrase"),
        (ECDSA, "is an SSH key of a kind age does not know"),
    ] {
        write_private(&place.path("key"), key);
        let written = store(&place, "key", &[]).create(&name("main"), example(1)).await;
        check_error(written, ErrorKind::ConfigInvalid, &[why, "without a passphrase"]);
        assert!(!place.file().exists());
    }
    let written = store(&place, "keys/identity.txt", &[ECDSA_PUBLIC]).create(&name("main"), example(1)).await;
    check_error(written, ErrorKind::ConfigInvalid, &["is an SSH key of a kind age does not know"]);
}
