//! Whom TLS trusts: the machine's authorities, own ones, or own ones alone.
//!
//! The machine's come from its own store by rustls-platform-verifier, so that an authority the administrator installed
//! counts, and one that was withdrawn does not. A list built into the program would know neither. On Linux that library
//! honours OpenSSL's `SSL_CERT_FILE` and `SSL_CERT_DIR`; nothing else here looks at the environment.

use std::sync::Arc;

use linkwright_core::{Error, ErrorKind, Result};
use rustls::crypto::{CryptoProvider, ring};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};
use rustls_platform_verifier::Verifier;

/// The own authorities, each known to be a certificate.
#[derive(Clone)]
pub(crate) struct Trust {
    own: RootCertStore,
    certificates: Vec<CertificateDer<'static>>,
    only_own: bool,
}

impl Trust {
    pub(crate) fn parse(texts: &[Vec<u8>], only_own: bool) -> Result<Self> {
        let (mut own, mut certificates) = (RootCertStore::empty(), Vec::new());
        for text in texts {
            let before = certificates.len();
            for certificate in CertificateDer::pem_slice_iter(text) {
                let certificate = certificate.map_err(|error| {
                    wrong("the PEM text of an own authority is damaged").with_source(error)
                })?;
                own.add(certificate.clone())
                    .map_err(|error| wrong("an own authority is no certificate").with_source(error))?;
                certificates.push(certificate);
            }
            if certificates.len() == before {
                return Err(wrong("an own authority's file holds no certificate in PEM"));
            }
        }
        if only_own && certificates.is_empty() {
            return Err(wrong("only own authorities are trusted, and there is none"));
        }
        Ok(Self { own, certificates, only_own })
    }

    /// For plain HTTP, which the client wants a TLS setup for all the same: trusts nobody, and so reads nothing.
    pub(crate) fn nobody() -> Result<ClientConfig> {
        Ok(versions()?.with_root_certificates(RootCertStore::empty()).with_no_client_auth())
    }

    /// Reads the machine's store, some hundred files.
    pub(crate) fn to_config(&self) -> Result<ClientConfig> {
        if self.only_own {
            return Ok(versions()?.with_root_certificates(self.own.clone()).with_no_client_auth());
        }
        let verifier = Verifier::new_with_extra_roots(self.certificates.iter().cloned(), provider())
            .map_err(|error| {
                wrong("this machine trusts no authority at all")
                    .with_hint(
                        "install the system's certificates (`ca-certificates`), or name a file by `ca-file`",
                    )
                    .with_source(error)
            })?;
        // "Dangerous" is rustls' word for any verifier but its own; this one verifies.
        let config = versions()?.dangerous().with_custom_certificate_verifier(Arc::new(verifier));
        Ok(config.with_no_client_auth())
    }
}

/// Passed explicitly: a provider installed for the whole process would be another library's business too.
fn provider() -> Arc<CryptoProvider> {
    Arc::new(ring::default_provider())
}

fn versions() -> Result<rustls::ConfigBuilder<ClientConfig, rustls::WantsVerifier>> {
    ClientConfig::builder_with_provider(provider()).with_safe_default_protocol_versions().map_err(|error| {
        Error::new(ErrorKind::Internal, "http.settings", "TLS cannot be set up").with_source(error)
    })
}

fn wrong(message: &'static str) -> Error {
    Error::new(ErrorKind::ConfigInvalid, "http.settings", message)
        .with_hint("name a file of certificates that begins with `-----BEGIN CERTIFICATE-----`")
        .with_context("setting", "ca-file")
}
