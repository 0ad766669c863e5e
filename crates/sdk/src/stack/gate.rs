//! The door to the API: nobody goes through who has no tag or no credential for the shop.
//!
//! It stands before all layers, so that a user without a credential pays for none of them: no database is opened, no turn
//! is waited for, no verdict is kept. Looking for the credential is itself bounded by the request.

use std::sync::Arc;

use async_trait::async_trait;
use linkwright_core::{
    Answer, Clock, Error, ErrorKind, ProductSource, Query, RequestContext, Result, SourceCapabilities,
    SourceInfo,
};
use linkwright_creators::CredentialProvider;
use linkwright_layers::within_context;

/// Passes on to `inner` only what can be asked.
#[derive(Debug)]
pub(super) struct Gate {
    inner: Arc<dyn ProductSource>,
    credentials: Arc<dyn CredentialProvider>,
    clock: Arc<dyn Clock>,
}

impl Gate {
    pub(super) fn new(
        inner: Arc<dyn ProductSource>,
        credentials: Arc<dyn CredentialProvider>,
        clock: Arc<dyn Clock>,
    ) -> Self {
        Self { inner, credentials, clock }
    }

    async fn check(&self, context: &RequestContext, operation: &'static str) -> Result<()> {
        if context.tag().is_none() {
            let shop = context.marketplace.host();
            return Err(closed(
                context,
                operation,
                format!("the API is not asked without a tag for {shop}"),
                "no_tag",
            ));
        }
        find_credential(&*self.credentials, &*self.clock, context, operation).await
    }
}

/// Whether there is a credential for the request's shop, found within the request's bounds.
///
/// # Errors
/// `ConfigInvalid` with reason `no_credential`; and what the credential's store fails with.
pub(super) async fn find_credential(
    credentials: &dyn CredentialProvider,
    clock: &dyn Clock,
    context: &RequestContext,
    operation: &'static str,
) -> Result<()> {
    let shop = context.marketplace;
    match shop.region_group() {
        Some(group) => {
            within_context(clock, context, operation, credentials.credential(group)).await.map(drop)
        }
        None => Err(closed(
            context,
            operation,
            format!("the API does not serve {}", shop.host()),
            "no_credential",
        )),
    }
}

fn closed(context: &RequestContext, operation: &'static str, message: String, reason: &'static str) -> Error {
    Error::new(ErrorKind::ConfigInvalid, operation, message)
        .with_context(Error::REASON, reason)
        .with_context("marketplace", context.marketplace.code())
}

#[async_trait]
impl ProductSource for Gate {
    fn info(&self) -> SourceInfo {
        self.inner.info()
    }

    fn capabilities(&self) -> SourceCapabilities {
        self.inner.capabilities()
    }

    async fn call(&self, context: &RequestContext, query: Query) -> Result<Answer> {
        context.cancellation.check(query.name())?;
        match self.check(context, query.name()).await {
            Ok(()) => self.inner.call(context, query).await,
            Err(error) if error.kind() == ErrorKind::Cancelled => Err(error),
            Err(error) => query.failed(error),
        }
    }
}
