//! Where the temporary address of a file comes from.

use async_trait::async_trait;
use linkwright_core::{Result, Secret};

/// Gives an address the file can be fetched from for a while, by whoever has it: GetFeed or GetReport.
#[async_trait]
pub trait TemporaryUrl: Send + Sync {
    /// A new address. Asked for before anything is fetched, and again when the file server no longer accepts the last.
    async fn fresh(&self) -> Result<Secret>;
}

/// One address, for as long as it lasts.
#[async_trait]
impl TemporaryUrl for Secret {
    async fn fresh(&self) -> Result<Self> {
        Ok(self.clone())
    }
}

/// A function that asks for one.
#[async_trait]
impl<F, A> TemporaryUrl for F
where
    F: Fn() -> A + Send + Sync,
    A: Future<Output = Result<Secret>> + Send,
{
    async fn fresh(&self) -> Result<Secret> {
        self().await
    }
}
