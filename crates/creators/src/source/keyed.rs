//! Any number of keys, in calls of as many as the API takes.

use std::collections::{HashMap, HashSet};
use std::hash::Hash;
use std::sync::OnceLock;

use futures_util::{StreamExt, stream};
use linkwright_core::{Batch, Error, ErrorKind, MissingReason, RequestContext, Result, Retry, Timestamp};

use super::CreatorsSource;
use crate::partial::Outcome;
use crate::request::ApiRequest;

/// Says what became of the keys of a call, answered at this time.
type Account<K, T, A> = fn(&[K], A, Timestamp) -> Vec<(K, Outcome<T>)>;

impl CreatorsSource {
    /// Asks for each distinct key once, `most` in a call. `request` makes a call's request, `account` says what became of
    /// its keys.
    pub(super) async fn in_chunks<K, T, R>(
        &self,
        context: &RequestContext,
        keys: Vec<K>,
        most: usize,
        request: impl Fn(Vec<K>) -> Result<R>,
        account: Account<K, T, R::Answer>,
    ) -> Result<Batch<T, K>>
    where
        K: Copy + Eq + Hash,
        R: ApiRequest,
    {
        let mut seen = HashSet::with_capacity(keys.len());
        let distinct: Vec<K> = keys.into_iter().filter(|key| seen.insert(*key)).collect();
        // What every further call would fail of.
        let hopeless: OnceLock<Error> = OnceLock::new();
        let one = |chunk: Vec<K>| {
            let (request, hopeless) = (&request, &hopeless);
            async move {
                let answered = match hopeless.get() {
                    Some(error) => Err(error.clone()),
                    // What is wrong with the request is so for every call; what Amazon refuses is about these keys.
                    None => self.client.call(context, &request(chunk.clone())?).await,
                };
                outcomes(chunk, answered, hopeless, |keys, answer| {
                    account(keys, answer, self.client.clock().now())
                })
            }
        };
        let chunks: Vec<Vec<K>> = distinct.chunks(most).map(<[K]>::to_vec).collect();
        let mut answers = stream::iter(chunks).map(one).buffer_unordered(self.parallel_calls);
        let mut outcomes: HashMap<K, Outcome<T>> = HashMap::with_capacity(distinct.len());
        while let Some(answer) = answers.next().await {
            outcomes.extend(answer?);
        }
        Ok(Batch::collect(distinct, |key| {
            // Every key is in one chunk, and a chunk accounts for all of its own.
            outcomes.remove(key).unwrap_or(Err(MissingReason::NotFound))
        }))
    }
}

/// What one call means for its keys. An error is one of the whole request.
fn outcomes<K: Copy, T, A>(
    keys: Vec<K>,
    answered: Result<A>,
    hopeless: &OnceLock<Error>,
    account: impl Fn(&[K], A) -> Vec<(K, Outcome<T>)>,
) -> Result<Vec<(K, Outcome<T>)>> {
    let error = match answered {
        Ok(answer) => return Ok(account(&keys, answer)),
        Err(error) => error,
    };
    let reason = match error.kind() {
        ErrorKind::Cancelled => return Err(error),
        ErrorKind::NotFound => MissingReason::NotFound,
        kind => {
            if is_hopeless(kind) && error.retry() == Retry::Never {
                hopeless.get_or_init(|| error.clone());
            }
            MissingReason::Failed(error)
        }
    };
    Ok(keys.into_iter().map(|key| (key, Err(reason.clone()))).collect())
}

/// Whether a failure of this kind is one of the account, not of the call.
fn is_hopeless(kind: ErrorKind) -> bool {
    matches!(kind, ErrorKind::Unauthenticated | ErrorKind::PermissionDenied | ErrorKind::ConfigInvalid)
}
