//! One WebSocket from handshake to close: one task, one message on its way out at a time.
//!
//! Operations are polled by the same task that writes, so a client that does not read stops its own operations
//! and fills no queue. A write that waits longer than `write_within` ends the connection.

use std::collections::HashMap;
use std::time::Duration;

use axum::extract::ws::{Message, WebSocket};
use futures_util::StreamExt;
use futures_util::stream::{self, AbortHandle, BoxStream, SelectAll};
use serde_json::{Map, Value};
use tokio::time::{Instant, MissedTickBehavior, timeout};

use super::PROTOCOL;
use super::message::{self, ClientMessage, Closing};
use crate::http::answer::{Outcome, OutcomeKind};
use crate::http::edge::Edge;
use crate::http::identity::{AuthenticationError, bearer_in};
use crate::http::refusal::Refusal;
use crate::http::request_body::GraphQlRequest;
use crate::http::request_context::RequestContext;

/// How long the client has to answer a close frame.
const CLOSE_WITHIN: Duration = Duration::from_secs(2);

/// How many keep-alives may pass without a sign of the client.
const SILENT_TICKS_MAX: u32 = 5;

pub(super) struct Connection {
    edge: Edge,
    context: RequestContext,
    /// From the upgrade's header until `connection_init` has its say.
    bearer: Result<Option<String>, AuthenticationError>,
    socket: WebSocket,
    phase: Phase,
    operations: HashMap<String, Running>,
    items: SelectAll<BoxStream<'static, Item>>,
    starts: u64,
    silent_ticks: u32,
}

#[derive(PartialEq, Eq)]
enum Phase {
    AwaitingInit,
    Acknowledged,
}

struct Running {
    /// Tells this use of an id from an earlier one.
    start: u64,
    abort: AbortHandle,
}

/// A step of an operation; `None` is its end.
struct Item {
    id: String,
    start: u64,
    outcome: Option<Outcome>,
}

/// How a conversation ends.
enum End {
    /// We close, and say why.
    Close(Closing),
    /// The client closes, and waits for our answer.
    Closed,
    /// The client left, or the network did.
    Gone,
}

impl From<Closing> for End {
    fn from(closing: Closing) -> Self {
        Self::Close(closing)
    }
}

impl From<AuthenticationError> for Closing {
    fn from(error: AuthenticationError) -> Self {
        match error {
            AuthenticationError::Unauthenticated => Closing::Forbidden,
            AuthenticationError::Unavailable => Closing::TryAgainLater,
        }
    }
}

impl Connection {
    pub fn new(
        edge: Edge,
        context: RequestContext,
        bearer: Result<Option<String>, AuthenticationError>,
        socket: WebSocket,
    ) -> Self {
        Self {
            edge,
            context,
            bearer,
            socket,
            phase: Phase::AwaitingInit,
            operations: HashMap::new(),
            items: SelectAll::new(),
            starts: 0,
            silent_ticks: 0,
        }
    }

    pub async fn run(mut self) {
        let speaks_ours = self.socket.protocol().is_some_and(|protocol| protocol == PROTOCOL);
        let end =
            if speaks_ours { self.converse().await } else { Err(Closing::SubprotocolNotAcceptable.into()) };
        match end {
            Err(End::Close(closing)) => self.close(Some(closing)).await,
            Err(End::Closed) => self.close(None).await,
            Ok(()) | Err(End::Gone) => {}
        }
    }

    async fn converse(&mut self) -> Result<(), End> {
        let shutdown = self.edge.parts.shutdown.clone();
        let every = self.edge.limits().keep_alive_every;
        let mut ticks = tokio::time::interval_at(Instant::now() + every, every);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let init_timeout = tokio::time::sleep(self.edge.limits().init_within);
        tokio::pin!(init_timeout);
        loop {
            tokio::select! {
                biased;
                () = shutdown.begun() => return Err(Closing::GoingAway.into()),
                () = &mut init_timeout, if self.phase == Phase::AwaitingInit => {
                    return Err(Closing::InitTimeout.into());
                }
                _ = ticks.tick() => self.tick().await?,
                received = self.socket.recv() => self.received(received).await?,
                Some(item) = self.items.next(), if !self.items.is_empty() => self.report(item).await?,
            }
        }
    }

    async fn tick(&mut self) -> Result<(), End> {
        self.silent_ticks += 1;
        if self.silent_ticks > SILENT_TICKS_MAX {
            return Err(End::Gone);
        }
        if self.phase == Phase::Acknowledged {
            self.authenticate()?;
        }
        self.send(Message::Ping(Default::default())).await
    }

    async fn received(&mut self, received: Option<Result<Message, axum::Error>>) -> Result<(), End> {
        self.silent_ticks = 0;
        match received {
            Some(Ok(Message::Text(text))) => self.hear(ClientMessage::parse(&text)?).await,
            Some(Ok(Message::Binary(_))) => Err(Closing::Invalid("messages are text").into()),
            Some(Ok(Message::Ping(_) | Message::Pong(_))) => Ok(()),
            Some(Ok(Message::Close(_))) => Err(End::Closed),
            None => Err(End::Gone),
            Some(Err(error)) if is_too_big(&error) => Err(Closing::TooBig.into()),
            Some(Err(_)) => Err(End::Gone),
        }
    }

    async fn hear(&mut self, message: ClientMessage) -> Result<(), End> {
        match message {
            ClientMessage::ConnectionInit(payload) => self.init(&payload).await,
            ClientMessage::Ping(payload) => self.say(message::pong(payload)).await,
            ClientMessage::Pong => Ok(()),
            ClientMessage::Subscribe { id, request } => self.subscribe(id, *request).await,
            ClientMessage::Complete { id } => {
                // Unknown ids are no mistake: our own `complete` may be on its way.
                self.forget(&id);
                Ok(())
            }
        }
    }

    async fn init(&mut self, payload: &Map<String, Value>) -> Result<(), End> {
        if self.phase == Phase::Acknowledged {
            return Err(Closing::TooManyInits.into());
        }
        let offered = payload.get("authorization").or_else(|| payload.get("Authorization"));
        match offered {
            None | Some(Value::Null) => {}
            Some(Value::String(text)) => self.bearer = bearer_in(text).map(Some),
            Some(_) => self.bearer = Err(AuthenticationError::Unauthenticated),
        }
        self.authenticate()?;
        self.phase = Phase::Acknowledged;
        self.say(message::connection_ack()).await
    }

    fn authenticate(&self) -> Result<async_graphql::Data, Closing> {
        let bearer = self.bearer.as_ref().map_err(|error| Closing::from(*error))?;
        self.edge.authenticate(bearer.as_deref(), &self.context).map_err(Closing::from)
    }

    async fn subscribe(&mut self, id: String, request: GraphQlRequest) -> Result<(), End> {
        if self.phase != Phase::Acknowledged {
            return Err(Closing::Unauthorized.into());
        }
        if self.operations.contains_key(&id) {
            return Err(Closing::SubscriberExists(id).into());
        }
        if self.operations.len() >= self.edge.limits().operations_per_connection_max {
            let refusal = Refusal::document("TOO_MANY_OPERATIONS", "too many operations on this connection");
            return self.say(message::refused(&id, &refusal)).await;
        }
        let data = self.authenticate()?;
        let counted = self.edge.turnstile.count(self.context.client_address);
        match counted.and_then(|()| self.edge.plan(request, data, &self.context)) {
            Ok(planned) => {
                let outcomes = self.edge.stream(planned);
                self.start(id, outcomes);
                Ok(())
            }
            Err(refusal) => self.say(message::refused(&id, &refusal)).await,
        }
    }

    fn start(&mut self, id: String, outcomes: BoxStream<'static, Outcome>) {
        self.starts += 1;
        let start = self.starts;
        let (item_id, end_id) = (id.clone(), id.clone());
        let items = outcomes.map(move |outcome| Item { id: item_id.clone(), start, outcome: Some(outcome) });
        let items = items.chain(stream::once(async move { Item { id: end_id, start, outcome: None } }));
        let (items, abort) = stream::abortable(items);
        self.items.push(items.boxed());
        self.operations.insert(id, Running { start, abort });
    }

    /// Sends what an operation brought forth, unless the client has lost interest.
    async fn report(&mut self, item: Item) -> Result<(), End> {
        let Item { id, start, outcome } = item;
        if self.operations.get(&id).is_none_or(|running| running.start != start) {
            return Ok(());
        }
        match outcome {
            Some(outcome) if outcome.kind == OutcomeKind::Executed => {
                self.say(message::next(&id, &outcome.json)).await
            }
            Some(outcome) => {
                self.forget(&id);
                self.say(message::error(&id, outcome.errors_json())).await
            }
            None => {
                // Freed before it is said: the client may use the id again as soon as it hears.
                self.forget(&id);
                self.say(message::complete(&id)).await
            }
        }
    }

    fn forget(&mut self, id: &str) {
        if let Some(running) = self.operations.remove(id) {
            running.abort.abort();
        }
    }

    async fn say(&mut self, text: String) -> Result<(), End> {
        self.send(Message::Text(text.into())).await
    }

    async fn send(&mut self, message: Message) -> Result<(), End> {
        match timeout(self.edge.limits().write_within, self.socket.send(message)).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(_)) | Err(_) => Err(End::Gone),
        }
    }

    /// Says why, or answers a close frame, then reads on until the client is done, so that nothing said is lost.
    async fn close(mut self, closing: Option<Closing>) {
        self.items.clear();
        let goodbye = async {
            if let Some(closing) = closing {
                self.socket.send(Message::Close(Some(closing.frame()))).await?;
            }
            // Reading is also what writes the answer to the client's close frame.
            while let Some(received) = self.socket.recv().await {
                received?;
            }
            Ok::<(), axum::Error>(())
        };
        // A client that does not answer in time is left without more words.
        let _ = timeout(CLOSE_WITHIN, goodbye).await;
    }
}

/// axum hides the kind of error; its text is all there is to go by.
fn is_too_big(error: &axum::Error) -> bool {
    let text = error.to_string();
    text.contains("too long") || text.contains("too big")
}
