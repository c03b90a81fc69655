//! A small mail server: it takes mail as RFC 5321 says, or refuses it as a test wants.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// A mail that was taken.
#[derive(Clone, Debug)]
pub struct Taken {
    pub from: String,
    pub to: Vec<String>,
    /// Head and text, lines ending in LF.
    pub message: String,
}

#[derive(Default)]
struct State {
    taken: Vec<Taken>,
    /// What the server answers to `RCPT`, as long as there is something.
    answer: Option<&'static str>,
}

/// A running mail server.
#[derive(Clone)]
pub struct MailServer {
    pub address: SocketAddr,
    state: Arc<Mutex<State>>,
}

impl MailServer {
    /// On a free port of this machine.
    pub async fn start() -> MailServer {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let server = MailServer { address: listener.local_addr().unwrap(), state: Arc::default() };
        let state = Arc::clone(&server.state);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                // A client that breaks off ends its own conversation only.
                tokio::spawn(converse(stream, Arc::clone(&state)));
            }
        });
        server
    }

    /// From now on every recipient is answered so; `None`: taken.
    pub fn answer(&self, answer: Option<&'static str>) {
        self.state.lock().unwrap().answer = answer;
    }

    /// All mail so far.
    pub fn taken(&self) -> Vec<Taken> {
        self.state.lock().unwrap().taken.clone()
    }
}

async fn converse(stream: TcpStream, state: Arc<Mutex<State>>) -> std::io::Result<()> {
    let (read, mut write) = stream.into_split();
    let mut lines = BufReader::new(read).lines();
    let mut mail = Taken { from: String::new(), to: Vec::new(), message: String::new() };
    write.write_all(b"220 here ESMTP\r\n").await?;
    while let Some(line) = lines.next_line().await? {
        let verb = line.split([' ', ':']).next().unwrap_or_default().to_ascii_uppercase();
        let address = || line.split(['<', '>']).nth(1).unwrap_or_default().to_owned();
        let answer = match verb.as_str() {
            "EHLO" => "250-here\r\n250-8BITMIME\r\n250 SMTPUTF8".to_owned(),
            "MAIL" => {
                mail.from = address();
                "250 ok".to_owned()
            }
            "RCPT" => match state.lock().unwrap().answer {
                Some(refused) => refused.to_owned(),
                None => {
                    mail.to.push(address());
                    "250 ok".to_owned()
                }
            },
            "DATA" => {
                write.write_all(b"354 go on\r\n").await?;
                while let Some(line) = lines.next_line().await?.filter(|line| line != ".") {
                    mail.message += line.strip_prefix('.').unwrap_or(&line);
                    mail.message.push('\n');
                }
                let taken = std::mem::replace(
                    &mut mail,
                    Taken { from: String::new(), to: Vec::new(), message: String::new() },
                );
                state.lock().unwrap().taken.push(taken);
                "250 taken".to_owned()
            }
            "RSET" | "NOOP" => "250 ok".to_owned(),
            "QUIT" => {
                write.write_all(b"221 bye\r\n").await?;
                return Ok(());
            }
            _ => "500 what".to_owned(),
        };
        write.write_all(format!("{answer}\r\n").as_bytes()).await?;
    }
    Ok(())
}
