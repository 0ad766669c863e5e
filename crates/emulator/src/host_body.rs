//! The body of a reply on the wire: whole, with a pause in its middle, or ending there.

use std::pin::Pin;
use std::task::{Context, Poll};

use hyper::body::{Body, Bytes, Frame, SizeHint};
use linkwright_core::BoxFuture;

/// The connection ends here because a fault says so.
#[derive(Debug)]
pub(crate) struct WasCut;

impl std::fmt::Display for WasCut {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("cut, as was asked for")
    }
}

impl std::error::Error for WasCut {}

/// A body in at most two parts. Its announced length is that of both, whatever becomes of the second.
pub(crate) struct HostBody {
    first: Option<Bytes>,
    pause: Option<BoxFuture<'static, ()>>,
    second: Option<Result<Bytes, WasCut>>,
    left: u64,
}

impl HostBody {
    /// The whole body at once.
    pub(crate) fn whole(body: Vec<u8>) -> Self {
        let left = length(&body);
        Self {
            first: Some(body.into()).filter(|bytes: &Bytes| !bytes.is_empty()),
            pause: None,
            second: None,
            left,
        }
    }

    /// One half, a pause, the other half.
    pub(crate) fn with_pause(mut body: Vec<u8>, pause: BoxFuture<'static, ()>) -> Self {
        let left = length(&body);
        let second = body.split_off(body.len() / 2);
        Self { first: Some(body.into()), pause: Some(pause), second: Some(Ok(second.into())), left }
    }

    /// The first so many bytes, a pause, and the end of the connection.
    pub(crate) fn cut(mut body: Vec<u8>, bytes: usize, pause: BoxFuture<'static, ()>) -> Self {
        let left = length(&body);
        body.truncate(bytes);
        Self {
            first: Some(body.into()).filter(|bytes: &Bytes| !bytes.is_empty()),
            pause: Some(pause),
            second: Some(Err(WasCut)),
            left,
        }
    }
}

fn length(body: &[u8]) -> u64 {
    u64::try_from(body.len()).unwrap_or(u64::MAX)
}

impl Body for HostBody {
    type Data = Bytes;
    type Error = WasCut;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, WasCut>>> {
        let part = match self.first.take() {
            Some(first) => Some(Ok(first)),
            None => {
                // What is written goes out while nothing more is ready: the first half is on its way before the end.
                if let Some(pause) = &mut self.pause {
                    std::task::ready!(pause.as_mut().poll(context));
                    self.pause = None;
                }
                self.second.take()
            }
        };
        if let Some(Ok(bytes)) = &part {
            self.left = self.left.saturating_sub(length(bytes));
        }
        Poll::Ready(part.map(|part| part.map(Frame::data)))
    }

    fn is_end_stream(&self) -> bool {
        self.first.is_none() && self.second.is_none()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.left)
    }
}
