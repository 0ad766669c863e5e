//! The operations that ask for any number of keys at once, as layers see them: what is done for products is done for
//! categories by the same code.

use std::collections::HashMap;
use std::fmt::{Debug, Display};
use std::hash::Hash;
use std::sync::Arc;

use linkwright_core::{
    Answer, Asin, Batch, BrowseNodeId, BrowseNodePage, Error, ErrorKind, GetBrowseNodes, GetItems, Item,
    MissingReason, Operation, ProductSource, ProductSourceExt, RequestContext, Result, Sourced,
};

/// The batch an operation over keys is answered with.
pub(crate) type BatchOf<O> = Batch<<O as Keyed>::Value, <O as Keyed>::Key>;

/// What became of one key.
pub(crate) type Outcome<O> = Result<Sourced<Arc<<O as Keyed>::Value>>, MissingReason>;

/// What became of keys, in no order.
pub(crate) type Outcomes<O> = HashMap<<O as Keyed>::Key, Outcome<O>>;

/// An operation over keys, each of which is found or missing by itself.
pub(crate) trait Keyed: Operation<Output = BatchOf<Self>> + Clone + Sync + 'static {
    /// What is asked for.
    type Key: Copy + Eq + Hash + Debug + Display + Send + Sync + 'static;
    /// What is found.
    type Value: Clone + Send + Sync + 'static;

    /// The operation's name in messages and logs.
    const NAME: &'static str;

    fn keys(&self) -> &[Self::Key];

    /// The same parts of other things.
    fn for_keys(&self, keys: Vec<Self::Key>) -> Self;

    /// Whether an answer to this one has all the parts the other asks for.
    fn covers(&self, other: &Self) -> bool;

    fn answer(batch: BatchOf<Self>) -> Answer;
}

impl Keyed for GetItems {
    type Key = Asin;
    type Value = Item;

    const NAME: &'static str = "get_items";

    fn keys(&self) -> &[Asin] {
        &self.asins
    }

    fn for_keys(&self, keys: Vec<Asin>) -> Self {
        self.for_asins(keys)
    }

    fn covers(&self, other: &Self) -> bool {
        self.resources.covers(other.resources)
    }

    fn answer(batch: Batch<Item>) -> Answer {
        Answer::Items(batch)
    }
}

impl Keyed for GetBrowseNodes {
    type Key = BrowseNodeId;
    type Value = BrowseNodePage;

    const NAME: &'static str = "get_browse_nodes";

    fn keys(&self) -> &[BrowseNodeId] {
        &self.ids
    }

    fn for_keys(&self, keys: Vec<BrowseNodeId>) -> Self {
        self.for_ids(keys)
    }

    fn covers(&self, other: &Self) -> bool {
        self.resources.covers(other.resources)
    }

    fn answer(batch: Batch<BrowseNodePage, BrowseNodeId>) -> Answer {
        Answer::BrowseNodes(batch)
    }
}

/// Asks a source, and takes a failure that is not one of the whole for one of every key.
pub(crate) async fn ask<O: Keyed>(
    source: &dyn ProductSource,
    context: &RequestContext,
    request: &O,
) -> Result<BatchOf<O>> {
    match source.run(context, request.clone()).await {
        Err(error) if !crate::answers::is_of_the_whole(&error) => {
            Ok(Batch::all_failed(request.keys().iter().copied(), &error))
        }
        answer => answer,
    }
}

/// A source below broke its promise to account for every key.
pub(crate) fn unanswered<O: Keyed>() -> Error {
    Error::new(ErrorKind::Internal, O::NAME, "the source left a key without an answer")
}
