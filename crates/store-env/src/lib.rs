//! Credentials in environment variables, or in files that variables point at. Read-only.
//!
//! [`EnvStore`] reads what containers and services are given: `LINKWRIGHT_CREDENTIAL_ID`, `…_SECRET` and `…_VERSION` are
//! the credential named `default`; `LINKWRIGHT_CREDENTIAL_SHOP_EU_ID` and its like are the one named `shop-eu`. Each may
//! end in `_FILE` instead and name a file that holds the value, as Docker's and Kubernetes' secrets are mounted.
//!
//! This crate does not read the process's environment: it is given a view of the variables.

mod failure;
mod store;
mod value_file;
mod variables;

pub use store::EnvStore;
pub use variables::Variables;
