//! The seam to the schema: anything async-graphql can execute, with its types forgotten.

use async_graphql::{Executor, Request, Response};
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use futures_util::stream::BoxStream;

/// Runs requests the edge has checked. Implemented for every `async_graphql::Schema`; build that schema with
/// `ValidationMode::Fast`, for the edge validates, and async-graphql's own validator can be stalled.
pub trait Execute: Send + Sync + 'static {
    /// Runs a query or a mutation.
    fn execute(&self, request: Request) -> BoxFuture<'static, Response>;

    /// Starts a subscription.
    fn subscribe(&self, request: Request) -> BoxStream<'static, Response>;
}

impl<E: Executor> Execute for E {
    fn execute(&self, request: Request) -> BoxFuture<'static, Response> {
        let executor = self.clone();
        async move { Executor::execute(&executor, request).await }.boxed()
    }

    fn subscribe(&self, request: Request) -> BoxStream<'static, Response> {
        self.execute_stream(request, None)
    }
}
