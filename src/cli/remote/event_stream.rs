//! Server-sent events (WHATWG HTML 9.2), as far as GraphQL over SSE uses them.

use http_body_util::BodyExt as _;
use hyper::body::Incoming;
use serde_json::Value;

use super::fault::RemoteFault;

/// Longest event, in bytes.
const EVENT_BYTES_MAX: usize = 4 << 20;
/// What ends an event.
const EVENT_END: &[u8] = b"\n\n";

/// Answers as they come.
pub(in crate::cli) struct EventStream {
    body: Incoming,
    unread: Vec<u8>,
}

impl EventStream {
    pub(super) fn of(body: Incoming) -> Self {
        EventStream { body, unread: Vec::new() }
    }

    /// The `data` of the next answer; `None` when there are no more.
    pub(in crate::cli) async fn next(&mut self) -> Result<Option<Value>, RemoteFault> {
        loop {
            let Some(event) = self.next_event().await? else { return Ok(None) };
            match event.name.as_str() {
                "next" => return data(&event.text).map(Some),
                "complete" => return Ok(None),
                // A comment that says that the server lives.
                _ => {}
            }
        }
    }

    async fn next_event(&mut self) -> Result<Option<Event>, RemoteFault> {
        loop {
            let end = self.unread.windows(EVENT_END.len()).position(|window| window == EVENT_END);
            if let Some(end) = end {
                let event: Vec<u8> = self.unread.drain(..end + EVENT_END.len()).collect();
                let text = std::str::from_utf8(&event).map_err(|_| RemoteFault::Unreadable)?;
                return Ok(Some(Event::parse(text)));
            }
            if self.unread.len() > EVENT_BYTES_MAX {
                return Err(RemoteFault::Unreadable);
            }
            let Some(frame) = self.body.frame().await else { return Ok(None) };
            if let Ok(bytes) = frame?.into_data() {
                self.unread.extend_from_slice(&bytes);
            }
        }
    }
}

#[derive(Default)]
struct Event {
    name: String,
    text: String,
}

impl Event {
    fn parse(lines: &str) -> Event {
        let mut event = Event::default();
        for line in lines.lines() {
            match line.split_once(':') {
                Some(("event", name)) => event.name = name.trim().to_owned(),
                Some(("data", text)) => event.text.push_str(text),
                _ => {}
            }
        }
        event
    }
}

/// The data of an answer without errors. What the server says of an error is never personal.
fn data(text: &str) -> Result<Value, RemoteFault> {
    let mut answer: Value = serde_json::from_str(text).map_err(|_| RemoteFault::Unreadable)?;
    if let Some(message) = answer["errors"][0]["message"].as_str() {
        return Err(RemoteFault::Refused(message.to_owned()));
    }
    Ok(answer["data"].take())
}
