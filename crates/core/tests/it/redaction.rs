//! What is secret can be neither printed nor serialised by accident.

use std::marker::PhantomData;
use std::sync::Arc;

use linkwright_core::{
    ApiVersion, CredentialSet, CredentialStore, CredentialStoreExt, Revision, Secret, Stored, document,
};

use crate::support::{empty_store, name, now, set};

/// Asks the compiler whether a type implements a trait: an inherent method wins over a trait's of the same name, and is
/// only there for types that implement it.
macro_rules! implements {
    ($type:ty, $($trait:tt)+) => {{
        struct Asked<T: ?Sized>(PhantomData<T>);
        #[allow(dead_code, reason = "which of the two answers is called is the point")]
        impl<T: ?Sized + $($trait)+> Asked<T> {
            fn answer(&self) -> bool {
                true
            }
        }
        #[allow(dead_code, reason = "which of the two answers is called is the point")]
        trait Otherwise {
            fn answer(&self) -> bool {
                false
            }
        }
        impl<T: ?Sized> Otherwise for Asked<T> {}
        Asked::<$type>(PhantomData).answer()
    }};
}

#[test]
fn secrets_are_neither_serialize_nor_display() {
    // The question is put right: it sees what is there.
    assert!(implements!(String, serde::Serialize));
    assert!(implements!(String, std::fmt::Display));

    assert!(!implements!(Secret, serde::Serialize));
    assert!(!implements!(Secret, std::fmt::Display));
    assert!(!implements!(Secret, AsRef<str>));
    assert!(!implements!(Secret, std::ops::Deref));
    assert!(!implements!(CredentialSet, serde::Serialize));
    assert!(!implements!(CredentialSet, std::fmt::Display));
    assert!(!implements!(Stored, serde::Serialize));
}

#[test]
fn debug_shows_no_secret() {
    let id = "amzn1.application-oa2-client.0123";
    let json = format!(r#"{{"format":1,"id":"{id}","secret":"hush","api_version":"3.1","more":"hush"}}"#);
    let set = document::decode(json.as_bytes()).unwrap();
    let stored = Stored::new(set.clone(), Revision::new("7"), None);
    for text in
        [format!("{set:?}"), format!("{set:#?}"), format!("{stored:?}"), format!("{:?}", set.secret())]
    {
        assert!(!text.contains("hush"), "{text}");
        assert!(!text.contains("application"), "the id is masked: {text}");
    }
    let expected = concat!(
        "CredentialSet { id: amzn…0123, secret: Secret(redacted), ",
        "api_version: V3_1, label: None, unknown_members: 1 }"
    );
    assert_eq!(format!("{set:?}"), expected);
    assert!(!format!("{:?}", document::encode(&set)).contains("hush"));
}

#[test]
fn debug_of_a_filled_store_shows_no_secret() {
    let store = Arc::new(empty_store());
    now(store.create(&name("main"), set("hush"))).unwrap();
    let shared: Arc<dyn CredentialStore> = store.clone();
    for text in [format!("{store:?}"), format!("{shared:#?}")] {
        assert!(!text.contains("hush") && !text.contains("104, 117, 115, 104"), "{text}");
    }
}

#[test]
fn secrets_compare_by_value() {
    assert_eq!(Secret::new("a"), Secret::new("a"));
    assert_ne!(Secret::new("a"), Secret::new("b"));
    assert_ne!(Secret::new("a"), Secret::new("ab"));
    assert_ne!(
        CredentialSet::new("i", Secret::new("a"), ApiVersion::V2_1),
        CredentialSet::new("i", Secret::new("b"), ApiVersion::V2_1)
    );
}
