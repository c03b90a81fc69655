//! A connection that waits for its client within bounds: one that does not begin, or does not read, is left.
//!
//! hyper bounds how long a client may take over the head of a request once it knows which HTTP is spoken. It does
//! not bound how long that may take to be seen, nor how long a client may take to read.

use std::future::Future;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use hyper::rt::{Read, ReadBuf, ReadBufCursor, Write};
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::time::Sleep;

use super::limits::EdgeLimits;

/// What HTTP/2 begins with is so long (RFC 9113 3.4), in bytes; with more, hyper knows which HTTP it is.
const PREFACE_BYTES: usize = 24;

/// A stream that fails with `TimedOut` where its first bytes do not come in time, or a write waits too long.
pub(super) struct TimedStream<S> {
    stream: TokioIo<S>,
    write_within: Duration,
    /// Runs while a write waits.
    waiting: Option<Pin<Box<Sleep>>>,
    /// Runs until the first bytes are read.
    opening: Option<Opening>,
}

struct Opening {
    ends: Pin<Box<Sleep>>,
    missing: usize,
}

impl<S> TimedStream<S> {
    pub fn new(stream: S, limits: &EdgeLimits) -> Self {
        let ends = Box::pin(tokio::time::sleep(limits.head_within));
        let opening = Some(Opening { ends, missing: PREFACE_BYTES });
        Self { stream: TokioIo::new(stream), write_within: limits.write_within, waiting: None, opening }
    }

    fn timed<T>(&mut self, context: &mut Context<'_>, written: Poll<io::Result<T>>) -> Poll<io::Result<T>> {
        if written.is_ready() {
            self.waiting = None;
            return written;
        }
        let within = self.write_within;
        let waiting = self.waiting.get_or_insert_with(|| Box::pin(tokio::time::sleep(within)));
        ready!(waiting.as_mut().poll(context));
        Poll::Ready(Err(io::ErrorKind::TimedOut.into()))
    }
}

impl<S: AsyncRead + Unpin> Read for TimedStream<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        mut buffer: ReadBufCursor<'_>,
    ) -> Poll<io::Result<()>> {
        let this = &mut *self;
        let Some(opening) = &mut this.opening else {
            return Pin::new(&mut this.stream).poll_read(context, buffer);
        };
        let mut bytes = [0; PREFACE_BYTES];
        let room = opening.missing.min(buffer.remaining());
        let mut first = ReadBuf::new(&mut bytes[..room]);
        match Pin::new(&mut this.stream).poll_read(context, first.unfilled()) {
            Poll::Pending => {
                ready!(opening.ends.as_mut().poll(context));
                Poll::Ready(Err(io::ErrorKind::TimedOut.into()))
            }
            Poll::Ready(read) => {
                read?;
                buffer.put_slice(first.filled());
                opening.missing -= first.filled().len();
                if opening.missing == 0 {
                    this.opening = None;
                }
                Poll::Ready(Ok(()))
            }
        }
    }
}

impl<S: AsyncWrite + Unpin> Write for TimedStream<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.timed(context, written)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write_vectored(context, slices);
        self.timed(context, written)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let flushed = Pin::new(&mut self.stream).poll_flush(context);
        self.timed(context, flushed)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let shut = Pin::new(&mut self.stream).poll_shutdown(context);
        self.timed(context, shut)
    }
}
