//! A collector of traces: takes what is posted, and reads it strictly.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use rollbook::clock::SystemClock;
use rollbook::http::Shutdown;
use rollbook::traces::{TraceSettings, Tracer};
use rollbook_keyring::OsEntropy;
use rollbook_schema::value::RuleUrl;
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// What was posted: the headers, and the body.
type Posted = Arc<Mutex<Vec<(HeaderMap, Bytes)>>>;

/// A collector, and a tracer that sends to it.
pub struct Collector {
    pub tracer: Tracer,
    posted: Posted,
    shutdown: Shutdown,
    exporting: JoinHandle<()>,
}

/// One span as it was received.
#[derive(Clone, Debug)]
pub struct Received {
    pub trace: String,
    pub id: String,
    pub parent: Option<String>,
    pub name: String,
    pub kind: u64,
    pub time: (u64, u64),
    pub attributes: BTreeMap<String, String>,
    pub links: Vec<String>,
    pub failed: bool,
}

impl Collector {
    pub async fn start(per_thousand: u16) -> Collector {
        Self::answering(per_thousand, StatusCode::OK).await
    }

    pub async fn answering(per_thousand: u16, status: StatusCode) -> Collector {
        let posted = Posted::default();
        let take = move |State(posted): State<Posted>, headers: HeaderMap, body: Bytes| async move {
            posted.lock().unwrap().push((headers, body));
            (status, "{}")
        };
        let router = Router::new().route("/v1/traces", post(take)).with_state(Arc::clone(&posted));
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let address: SocketAddr = listener.local_addr().unwrap();
        tokio::spawn(async move { axum_serve(listener, router).await });
        let settings = TraceSettings {
            endpoint: RuleUrl::parse(&format!("http://{address}/v1/traces")).unwrap(),
            headers: vec![("x-key".parse().unwrap(), "secret of the collector".parse().unwrap())],
            per_thousand,
        };
        let (tracer, exporter) = Tracer::start(settings, &SystemClock, Arc::new(OsEntropy)).unwrap();
        let shutdown = Shutdown::default();
        let exporting = tokio::spawn(exporter.run(shutdown.clone()));
        Collector { tracer, posted, shutdown, exporting }
    }

    /// Lets everything arrive; gives the bodies, and the spans in them.
    pub async fn received(self) -> (String, Vec<Received>) {
        self.shutdown.begin();
        self.exporting.await.unwrap();
        let posted = self.posted.lock().unwrap();
        let (mut text, mut spans) = (String::new(), Vec::new());
        for (headers, body) in posted.iter() {
            assert_eq!(headers["content-type"], "application/json");
            assert_eq!(headers["x-key"], "secret of the collector");
            text.push_str(std::str::from_utf8(body).unwrap());
            let body: Value = serde_json::from_slice(body).unwrap();
            let resource = &body["resourceSpans"][0];
            assert_eq!(words(&resource["resource"]["attributes"])["service.name"], "rollbook");
            let written = resource["scopeSpans"][0]["spans"].as_array().unwrap();
            spans.extend(written.iter().map(read));
        }
        (text, spans)
    }
}

async fn axum_serve(listener: TcpListener, router: Router) {
    let (limits, shutdown) = (rollbook::http::EdgeLimits::default(), Shutdown::default());
    rollbook::http::serve(listener, router, limits, shutdown).await.unwrap();
}

fn read(span: &Value) -> Received {
    let hex = |value: &Value, digits: usize| {
        let text = value.as_str().unwrap();
        let is_hex =
            text.len() == digits && text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
        assert!(is_hex, "{text}");
        text.to_owned()
    };
    let nanos = |value: &Value| value.as_str().unwrap().parse::<u64>().unwrap();
    let links = span["links"].as_array().map(Vec::as_slice).unwrap_or_default();
    let received = Received {
        trace: hex(&span["traceId"], 32),
        id: hex(&span["spanId"], 16),
        parent: (!span["parentSpanId"].is_null()).then(|| hex(&span["parentSpanId"], 16)),
        name: span["name"].as_str().unwrap().to_owned(),
        kind: span["kind"].as_u64().unwrap(),
        time: (nanos(&span["startTimeUnixNano"]), nanos(&span["endTimeUnixNano"])),
        attributes: words(&span["attributes"]),
        links: links.iter().map(|link| hex(&link["spanId"], 16)).collect(),
        failed: span["status"]["code"] == 2,
    };
    assert!(received.time.0 <= received.time.1, "{received:?}");
    received
}

fn words(attributes: &Value) -> BTreeMap<String, String> {
    let read = |attribute: &Value| {
        let value = &attribute["value"];
        let word = value["stringValue"].as_str().or(value["intValue"].as_str()).unwrap();
        (attribute["key"].as_str().unwrap().to_owned(), word.to_owned())
    };
    attributes.as_array().unwrap().iter().map(read).collect()
}
