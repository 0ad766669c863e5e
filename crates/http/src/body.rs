//! Reading an answer's body, whole or in pieces, never past the request's limit.

use async_trait::async_trait;
use linkwright_core::{Error, ErrorKind, Result};

use crate::failure::{Attempt, Phase};
use crate::{Piece, ReadBody, ResponseBody};

/// The most memory taken because of what a server announces, before any of it has come. Answers of the Creators API have
/// at most some 60 KB.
const MOST_ON_TRUST: usize = 1 << 20;

/// Reads the body up to the limit. What the client sees passes through its own buffers, which are not overwritten.
pub(crate) async fn whole(
    mut answer: reqwest::Response,
    attempt: &Attempt,
    limit: usize,
    secret: bool,
) -> Result<ResponseBody> {
    let announced = announced(&answer);
    if announced > limit {
        return Err(too_large(attempt, limit));
    }
    let mut body = ResponseBody::with_capacity(announced.min(MOST_ON_TRUST), secret);
    while let Some(piece) = answer.chunk().await.map_err(|error| attempt.failed(&error, true))? {
        if piece.len() > limit - body.len() {
            return Err(too_large(attempt, limit));
        }
        body.extend(&piece);
    }
    Ok(body)
}

/// Reads the body as it comes.
pub(crate) struct Pieces {
    answer: reqwest::Response,
    attempt: Attempt,
    limit: usize,
    read: usize,
}

impl Pieces {
    pub(crate) fn new(answer: reqwest::Response, attempt: Attempt, limit: usize) -> Self {
        Self { answer, attempt, limit, read: 0 }
    }
}

#[async_trait]
impl ReadBody for Pieces {
    async fn next(&mut self) -> Result<Option<Piece>> {
        // Here and not when the head came, so that a refusal can be told by its status however long it is.
        if announced(&self.answer) > self.limit - self.read {
            return Err(too_large(&self.attempt, self.limit));
        }
        loop {
            let next = tokio::time::timeout(self.attempt.timeout, self.answer.chunk()).await;
            let next = next.map_err(|_| self.attempt.stalled())?;
            let Some(piece) = next.map_err(|error| self.attempt.failed(&error, true))? else {
                return Ok(None);
            };
            if piece.len() > self.limit - self.read {
                return Err(too_large(&self.attempt, self.limit));
            }
            self.read += piece.len();
            if !piece.is_empty() {
                return Ok(Some(Piece(piece)));
            }
        }
    }
}

/// How many bytes are still to come, by the head of the answer; 0 where it does not say.
fn announced(answer: &reqwest::Response) -> usize {
    answer.content_length().map_or(0, |length| usize::try_from(length).unwrap_or(usize::MAX))
}

fn too_large(attempt: &Attempt, limit: usize) -> Error {
    attempt.error(ErrorKind::Corrupt, Phase::Body, &format!("the answer is larger than {limit} bytes"))
}
