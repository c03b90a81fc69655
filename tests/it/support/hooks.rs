//! Another program that rules call: takes letters, and answers as the test says.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use serde_json::Value;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio_rustls::TlsAcceptor;

/// How a call is answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reply {
    /// With this status line and these headers.
    Head(&'static str),
    /// The connection ends.
    HangUp,
    /// Not at all, until the test says otherwise.
    Silence,
}

pub const GOOD: Reply = Reply::Head("204 No Content");

/// What arrived.
#[derive(Clone, Debug)]
pub struct Call {
    pub head: String,
    pub body: String,
}

impl Call {
    pub fn letter(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }

    /// The value of a header; names are compared without case.
    pub fn header(&self, name: &str) -> Option<&str> {
        let lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines.filter(|(found, _)| found.eq_ignore_ascii_case(name)).map(|(_, value)| value).next()
    }
}

pub struct Hooks {
    pub address: SocketAddr,
    calls: Arc<Mutex<Vec<Call>>>,
    arrived: watch::Receiver<usize>,
    reply: watch::Sender<Reply>,
}

impl Hooks {
    pub async fn start() -> Hooks {
        Self::start_with(None).await
    }

    pub async fn start_with(tls: Option<TlsAcceptor>) -> Hooks {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let address = listener.local_addr().unwrap();
        let calls = Arc::new(Mutex::new(Vec::new()));
        let (count, arrived) = watch::channel(0);
        let (reply, replies) = watch::channel(GOOD);
        let taken = Arc::clone(&calls);
        tokio::spawn(async move {
            while let Ok((socket, _)) = listener.accept().await {
                let (taken, count, replies, tls) =
                    (Arc::clone(&taken), count.clone(), replies.clone(), tls.clone());
                let take = move |call| {
                    let mut taken = taken.lock().unwrap();
                    taken.push(call);
                    count.send_replace(taken.len());
                };
                tokio::spawn(async move {
                    match tls {
                        None => answer(socket, take, replies).await,
                        Some(tls) => {
                            if let Ok(socket) = tls.accept(socket).await {
                                answer(socket, take, replies).await;
                            }
                        }
                    }
                });
            }
        });
        Hooks { address, calls, arrived, reply }
    }

    /// What rules may be allowed to call.
    pub fn origin(&self) -> String {
        format!("http://{}", self.address)
    }

    /// From now on, also to who waits already.
    pub fn answer(&self, reply: Reply) {
        self.reply.send_replace(reply);
    }

    pub fn calls(&self) -> Vec<Call> {
        self.calls.lock().unwrap().clone()
    }

    /// Waits until so many calls have arrived.
    pub async fn arrived(&self, count: usize) {
        self.arrived.clone().wait_for(|arrived| *arrived >= count).await.unwrap();
    }
}

async fn answer<S>(mut socket: S, take: impl FnOnce(Call), mut replies: watch::Receiver<Reply>)
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let Some(call) = read(&mut socket).await else { return };
    take(call);
    let reply = replies.wait_for(|reply| *reply != Reply::Silence).await.map(|reply| reply.clone());
    if let Ok(Reply::Head(head)) = reply {
        let answer = format!("HTTP/1.1 {head}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
        let _ = socket.write_all(answer.as_bytes()).await;
        let _ = socket.shutdown().await;
    }
}

async fn read(socket: &mut (impl AsyncRead + Unpin)) -> Option<Call> {
    let (mut bytes, mut part) = (Vec::new(), [0; 4096]);
    loop {
        let count = socket.read(&mut part).await.ok().filter(|count| *count > 0)?;
        bytes.extend_from_slice(&part[..count]);
        let text = String::from_utf8(bytes.clone()).ok()?;
        let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
        let call = Call { head: head.to_owned(), body: body.to_owned() };
        let length: usize = call.header("content-length")?.parse().ok()?;
        if body.len() >= length {
            return Some(call);
        }
    }
}
