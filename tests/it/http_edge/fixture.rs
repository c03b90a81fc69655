//! A schema with one of each kind of trouble, and a server around it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use async_graphql::{
    Context, Data, Error, ErrorExtensions, ID, InputObject, Interface, MaybeUndefined, Object, OneofObject,
    Schema, SimpleObject, Subscription, ValidationMode,
};
use futures_util::stream::{self, Stream, StreamExt};
use rollbook::http::{
    Authenticate, AuthenticationError, Edge, EdgeLimits, EdgeParts, RequestContext, Shutdown, Tls, router,
};

use crate::support::server::TestServer;

/// The one token the server knows.
pub const TOKEN: &str = "let-me-in";

/// Who asks, as the resolvers see it.
#[derive(Clone, Debug)]
pub struct Asker(pub Option<String>);

/// Knows one token; `revoked` takes it back.
#[derive(Clone, Default)]
pub struct OneToken {
    pub revoked: Arc<AtomicBool>,
}

impl Authenticate for OneToken {
    fn authenticate(&self, bearer: Option<&str>, _: &RequestContext) -> Result<Data, AuthenticationError> {
        let is_known = bearer.is_none_or(|token| token == TOKEN && !self.revoked.load(Ordering::SeqCst));
        if !is_known {
            return Err(AuthenticationError::Unauthenticated);
        }
        let mut data = Data::default();
        data.insert(Asker(bearer.map(str::to_owned)));
        Ok(data)
    }
}

pub struct Query;

#[derive(InputObject)]
pub struct Profile {
    email: MaybeUndefined<String>,
    tags: Option<Vec<Option<String>>>,
    inner: Option<Box<Profile>>,
}

fn told(email: &MaybeUndefined<String>) -> String {
    match email {
        MaybeUndefined::Undefined => "undefined".to_owned(),
        MaybeUndefined::Null => "null".to_owned(),
        MaybeUndefined::Value(email) => email.clone(),
    }
}

#[Object]
impl Query {
    async fn hello(&self) -> &str {
        "world"
    }

    async fn nested(&self) -> Query {
        Query
    }

    async fn whoami(&self, context: &Context<'_>) -> Option<String> {
        context.data_unchecked::<Asker>().0.clone()
    }

    async fn request_id(&self, context: &Context<'_>) -> String {
        context.data_unchecked::<RequestContext>().request_id.clone()
    }

    async fn client(&self, context: &Context<'_>) -> String {
        let seen = context.data_unchecked::<RequestContext>();
        let address = seen.client_address.map(|address| address.to_string());
        format!("{} {}", address.unwrap_or_default(), seen.user_agent.clone().unwrap_or_default())
    }

    async fn told(&self, email: MaybeUndefined<String>) -> String {
        told(&email)
    }

    async fn profile(&self, input: Profile) -> String {
        let tags: Vec<String> =
            input.tags.into_iter().flatten().map(|tag| tag.unwrap_or_else(|| "null".to_owned())).collect();
        let inner = input.inner.map(|inner| told(&inner.email)).unwrap_or_default();
        format!("{}[{}]{inner}", told(&input.email), tags.join(","))
    }

    async fn number(&self, #[graphql(default = 7)] value: i32) -> i32 {
        value
    }

    async fn link(&self, url: Url) -> String {
        url.0
    }

    async fn find(&self, by: FindBy) -> Found {
        match by {
            FindBy::Id(id) => Thing { id }.into(),
            FindBy::Name(name) => Thing { id: name.into() }.into(),
        }
    }

    #[graphql(deprecation = "of no use")]
    async fn old(&self) -> i32 {
        0
    }

    async fn broken(&self) -> Result<i32, Error> {
        Err(std::io::Error::other("disk of jane@example.com is full").into())
    }

    async fn panics(&self) -> i32 {
        bug()
    }

    async fn refused(&self) -> Result<i32, Error> {
        Err(Error::new("not today").extend_with(|_, extensions| extensions.set("code", "NOT_TODAY")))
    }
}

/// One of two ways to name a thing.
#[derive(OneofObject)]
pub enum FindBy {
    Id(ID),
    Name(String),
}

#[derive(SimpleObject)]
pub struct Thing {
    id: ID,
}

#[derive(Interface)]
#[graphql(field(name = "id", ty = "&ID"))]
pub enum Found {
    Thing(Thing),
}

/// Of a type other than `!`, so that the code after a call counts as reachable.
fn bug() -> i32 {
    panic!("a bug, on purpose")
}

/// A scalar that takes only https.
pub struct Url(String);

#[async_graphql::Scalar(specified_by_url = "https://url.spec.whatwg.org/")]
impl async_graphql::ScalarType for Url {
    fn parse(value: async_graphql::Value) -> async_graphql::InputValueResult<Self> {
        match value {
            async_graphql::Value::String(text) if text.starts_with("https://") => Ok(Self(text)),
            other => Err(async_graphql::InputValueError::expected_type(other)),
        }
    }

    fn to_value(&self) -> async_graphql::Value {
        self.0.clone().into()
    }
}

pub struct Mutation;

#[Object]
impl Mutation {
    async fn raise(&self, context: &Context<'_>) -> u64 {
        context.data_unchecked::<Counter>().raised.fetch_add(1, Ordering::SeqCst) + 1
    }
}

/// What the schema has done.
#[derive(Clone, Default)]
pub struct Counter {
    pub raised: Arc<AtomicU64>,
    /// Items of `flood` that were pulled.
    pub pulled: Arc<AtomicU64>,
    /// Subscriptions to `forever` and `flood` that are alive.
    pub alive: Arc<AtomicU64>,
}

struct Alive(Arc<AtomicU64>);

impl Alive {
    fn count(counter: &Counter) -> Self {
        counter.alive.fetch_add(1, Ordering::SeqCst);
        Self(Arc::clone(&counter.alive))
    }
}

impl Drop for Alive {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

pub struct Subscriptions;

#[Subscription]
impl Subscriptions {
    async fn count(&self, to: i32) -> impl Stream<Item = i32> {
        stream::iter(1..=to)
    }

    async fn forever(&self, context: &Context<'_>) -> impl Stream<Item = i32> {
        let alive = Alive::count(context.data_unchecked::<Counter>());
        stream::iter([0]).chain(stream::pending()).map(move |item| {
            let _ = &alive;
            item
        })
    }

    async fn flood(&self, context: &Context<'_>) -> impl Stream<Item = String> {
        let counter = context.data_unchecked::<Counter>().clone();
        let alive = Alive::count(&counter);
        stream::repeat_with(move || {
            let _ = &alive;
            counter.pulled.fetch_add(1, Ordering::SeqCst);
            "x".repeat(64 * 1024)
        })
    }

    async fn broken(&self) -> Result<stream::Empty<i32>, Error> {
        Err(std::io::Error::other("disk of jane@example.com is full").into())
    }

    async fn panics(&self) -> impl Stream<Item = i32> {
        stream::iter([1, 2]).map(|item| if item == 2 { bug() } else { item })
    }
}

/// A server and what is behind it.
pub struct Fixture {
    pub server: TestServer,
    pub authenticate: OneToken,
    pub counter: Counter,
    pub ready: Arc<AtomicBool>,
}

/// Limits that let a test wait for nothing.
pub fn limits() -> EdgeLimits {
    EdgeLimits { body_bytes_max: 64 * 1024, operations_per_connection_max: 4, ..EdgeLimits::default() }
}

pub async fn start() -> Fixture {
    start_with(limits()).await
}

/// Starts a server whose streams tick so often that a test need not wait.
pub async fn start_ticking() -> Fixture {
    start_with(EdgeLimits { keep_alive_every: Duration::from_millis(5), ..limits() }).await
}

pub async fn start_with(limits: EdgeLimits) -> Fixture {
    start_over(None, limits).await
}

/// Over TLS, where it is given.
pub async fn start_over(tls: Option<Tls>, limits: EdgeLimits) -> Fixture {
    let authenticate = OneToken::default();
    let counter = Counter::default();
    let ready = Arc::new(AtomicBool::new(true));
    let schema = Schema::build(Query, Mutation, Subscriptions)
        .validation_mode(ValidationMode::Fast)
        .data(counter.clone())
        .finish();
    let sdl = schema.sdl();
    let is_ready = Arc::clone(&ready);
    let parts = EdgeParts {
        execute: Arc::new(schema),
        authenticate: Arc::new(authenticate.clone()),
        request_ids: numbered("request"),
        stream_tokens: numbered("stream"),
        is_ready: Arc::new(move || is_ready.load(Ordering::SeqCst)),
        alarm: Arc::new(|| None),
        metrics: rollbook::metrics::Metrics::default(),
        tracer: rollbook::traces::Tracer::default(),
        limits: limits.clone(),
        shutdown: Shutdown::default(),
    };
    let shutdown = parts.shutdown.clone();
    let edge = Edge::new(parts, &sdl).unwrap();
    let server = TestServer::start_over(tls, router(&edge), limits, shutdown).await;
    Fixture { server, authenticate, counter, ready }
}

fn numbered(stem: &'static str) -> Arc<dyn Fn() -> String + Send + Sync> {
    let next = AtomicU64::new(1);
    Arc::new(move || format!("{stem}-{}", next.fetch_add(1, Ordering::SeqCst)))
}
