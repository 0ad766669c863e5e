//! Whose access a verdict is about.

use std::sync::Arc;

use async_trait::async_trait;
use linkwright_core::{RequestContext, Result};
use linkwright_creators::{CredentialProvider, fingerprint};
use linkwright_layers::AccessIdentity;

/// The credential of the request's shop, and whose API it is shown to: a new one is asked again at once, and what a test
/// server said yesterday holds neither for Amazon nor for the test server of today.
#[derive(Debug)]
pub(super) struct CredentialIdentity {
    pub(super) credentials: Arc<dyn CredentialProvider>,
    pub(super) api: String,
}

#[async_trait]
impl AccessIdentity for CredentialIdentity {
    async fn identity(&self, context: &RequestContext) -> Result<Option<String>> {
        let Some(group) = context.marketplace.region_group() else { return Ok(None) };
        let stored = self.credentials.credential(group).await?;
        Ok(Some(format!("{} {}", fingerprint(&stored), self.api)))
    }
}
