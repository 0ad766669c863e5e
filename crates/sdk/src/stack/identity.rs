//! Whose access a verdict is about.

use std::sync::Arc;

use async_trait::async_trait;
use linkwright_core::{RequestContext, Result};
use linkwright_creators::{CredentialProvider, fingerprint};
use linkwright_layers::AccessIdentity;

/// The credential of the request's shop, so that a new one is asked again at once.
#[derive(Debug)]
pub(super) struct CredentialIdentity(pub(super) Arc<dyn CredentialProvider>);

#[async_trait]
impl AccessIdentity for CredentialIdentity {
    async fn identity(&self, context: &RequestContext) -> Result<Option<String>> {
        let Some(group) = context.marketplace.region_group() else { return Ok(None) };
        let stored = self.0.credential(group).await?;
        Ok(Some(fingerprint(&stored)))
    }
}
