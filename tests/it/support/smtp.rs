//! A small mail server: it takes mail as RFC 5321 says, over TLS or not, from everybody or from who signs
//! in; or it refuses, or falls silent, as a test wants.

use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio_rustls::TlsAcceptor;

/// A mail that was taken.
#[derive(Clone, Debug, Default)]
pub struct Taken {
    pub from: String,
    pub to: Vec<String>,
    /// Head and text, lines ending in LF.
    pub message: String,
    /// It came over TLS.
    pub over_tls: bool,
}

/// How clients reach the server.
#[derive(Clone)]
pub enum Door {
    Plain,
    /// TLS from the first byte.
    Tls(TlsAcceptor),
    /// TLS after STARTTLS.
    StartTls(TlsAcceptor),
}

#[derive(Default)]
struct State {
    taken: Vec<Taken>,
    /// What the server answers to `RCPT`, as long as there is something.
    answer: Option<&'static str>,
    /// What the server answers to `MAIL`, as long as there is something.
    answer_to_sender: Option<&'static str>,
    /// What it answers to a text that came, as long as there is something.
    answer_to_text: Option<&'static str>,
    /// To a mail to this address nothing is answered any more.
    silent_for: Option<&'static str>,
    /// Every line that came in clear.
    in_clear: Vec<String>,
}

/// A running mail server.
#[derive(Clone)]
pub struct MailServer {
    pub address: SocketAddr,
    door: Door,
    /// Name and password, where it asks for them.
    login: Option<(&'static str, &'static str)>,
    state: Arc<Mutex<State>>,
    /// Mails whose text came, and whether they may be answered.
    arrived: Arc<watch::Sender<usize>>,
    answering: Arc<watch::Sender<bool>>,
}

impl MailServer {
    /// On a free port of this machine, for everybody.
    pub async fn start() -> MailServer {
        MailServer::start_with(Door::Plain, None).await
    }

    pub async fn start_with(door: Door, login: Option<(&'static str, &'static str)>) -> MailServer {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let server = MailServer {
            address: listener.local_addr().unwrap(),
            door,
            login,
            state: Arc::default(),
            arrived: Arc::new(watch::Sender::new(0)),
            answering: Arc::new(watch::Sender::new(true)),
        };
        let ours = server.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                // A client that breaks off ends its own conversation only.
                tokio::spawn(ours.clone().welcome(stream));
            }
        });
        server
    }

    /// From now on every recipient is answered so; `None`: taken.
    pub fn answer(&self, answer: Option<&'static str>) {
        self.state.lock().unwrap().answer = answer;
    }

    /// From now on every sender is answered so; `None`: taken.
    pub fn answer_to_sender(&self, answer: Option<&'static str>) {
        self.state.lock().unwrap().answer_to_sender = answer;
    }

    /// From now on every text is answered so; `None`: taken.
    pub fn answer_to_text(&self, answer: Option<&'static str>) {
        self.state.lock().unwrap().answer_to_text = answer;
    }

    /// From now on a client that names this recipient waits for ever.
    pub fn fall_silent_for(&self, address: &'static str) {
        self.state.lock().unwrap().silent_for = Some(address);
    }

    /// Keeps clients waiting whose mail came, or answers them.
    pub fn answer_to_mail(&self, answers: bool) {
        self.answering.send_replace(answers);
    }

    /// Waits until the text of so many mails came.
    pub async fn arrived(&self, mails: usize) {
        self.arrived.subscribe().wait_for(|arrived| *arrived >= mails).await.unwrap();
    }

    /// All mail so far.
    pub fn taken(&self) -> Vec<Taken> {
        self.state.lock().unwrap().taken.clone()
    }

    /// Every line so far that anybody on the way could read.
    pub fn in_clear(&self) -> Vec<String> {
        self.state.lock().unwrap().in_clear.clone()
    }

    async fn welcome(self, stream: TcpStream) -> io::Result<()> {
        match &self.door {
            Door::Plain => self.converse(stream, false, true).await.map(drop),
            Door::Tls(tls) => self.converse(tls.accept(stream).await?, true, true).await.map(drop),
            Door::StartTls(tls) => match self.converse(stream, false, true).await? {
                Some(stream) => self.converse(tls.accept(stream).await?, true, false).await.map(drop),
                None => Ok(()),
            },
        }
    }

    /// One conversation; the bare stream once the client wants TLS.
    async fn converse<S: AsyncRead + AsyncWrite + Unpin>(
        &self,
        stream: S,
        over_tls: bool,
        greets: bool,
    ) -> io::Result<Option<S>> {
        let mut stream = BufReader::new(stream);
        let mut mail = Taken { over_tls, ..Taken::default() };
        let mut knows = self.login.is_none();
        if greets {
            stream.write_all(b"220 here ESMTP\r\n").await?;
        }
        while let Some(line) = self.line(&mut stream, over_tls).await? {
            let verb = line.split([' ', ':']).next().unwrap_or_default().to_ascii_uppercase();
            let address = line.split(['<', '>']).nth(1).unwrap_or_default();
            let answer = match verb.as_str() {
                "EHLO" => self.offers(over_tls),
                "STARTTLS" if matches!(self.door, Door::StartTls(_)) && !over_tls => {
                    stream.write_all(b"220 go on\r\n").await?;
                    return Ok(Some(stream.into_inner()));
                }
                "AUTH" => {
                    knows = self.knows(&line);
                    if knows { "235 welcome" } else { "535 no" }.to_owned()
                }
                "MAIL" if !knows => "530 who are you".to_owned(),
                "MAIL" => {
                    mail.from = address.to_owned();
                    self.state.lock().unwrap().answer_to_sender.unwrap_or("250 ok").to_owned()
                }
                "RCPT" => self.recipient(&mut mail, address).await,
                "DATA" => {
                    stream.write_all(b"354 go on\r\n").await?;
                    while let Some(line) = self.line(&mut stream, over_tls).await?.filter(|line| line != ".")
                    {
                        mail.message += line.strip_prefix('.').unwrap_or(&line);
                        mail.message.push('\n');
                    }
                    let taken = std::mem::replace(&mut mail, Taken { over_tls, ..Taken::default() });
                    let refused = self.state.lock().unwrap().answer_to_text;
                    if refused.is_none() {
                        self.take(taken).await;
                    }
                    refused.unwrap_or("250 taken").to_owned()
                }
                "RSET" | "NOOP" => "250 ok".to_owned(),
                "QUIT" => {
                    stream.write_all(b"221 bye\r\n").await?;
                    return Ok(None);
                }
                _ => "500 what".to_owned(),
            };
            stream.write_all(format!("{answer}\r\n").as_bytes()).await?;
        }
        Ok(None)
    }

    async fn line<S: AsyncRead + Unpin>(
        &self,
        stream: &mut BufReader<S>,
        over_tls: bool,
    ) -> io::Result<Option<String>> {
        let mut line = String::new();
        if stream.read_line(&mut line).await? == 0 {
            return Ok(None);
        }
        let line = line.trim_end_matches(['\r', '\n']).to_owned();
        if !over_tls {
            self.state.lock().unwrap().in_clear.push(line.clone());
        }
        Ok(Some(line))
    }

    fn offers(&self, over_tls: bool) -> String {
        let mut offers = "250-here\r\n250-8BITMIME\r\n".to_owned();
        if matches!(self.door, Door::StartTls(_)) && !over_tls {
            offers += "250-STARTTLS\r\n";
        }
        if self.login.is_some() {
            offers += "250-AUTH PLAIN\r\n";
        }
        offers + "250 SMTPUTF8"
    }

    fn knows(&self, line: &str) -> bool {
        let said = line.strip_prefix("AUTH PLAIN ").and_then(|text| STANDARD.decode(text).ok());
        self.login.is_some_and(|(user, password)| {
            said.is_some_and(|said| said == format!("\0{user}\0{password}").into_bytes())
        })
    }

    async fn recipient(&self, mail: &mut Taken, address: &str) -> String {
        let (answer, silent_for) = {
            let state = self.state.lock().unwrap();
            (state.answer, state.silent_for)
        };
        if silent_for == Some(address) {
            std::future::pending::<()>().await;
        }
        if answer.is_none() {
            mail.to.push(address.to_owned());
        }
        answer.unwrap_or("250 ok").to_owned()
    }

    async fn take(&self, taken: Taken) {
        self.state.lock().unwrap().taken.push(taken);
        self.arrived.send_modify(|arrived| *arrived += 1);
        self.answering.subscribe().wait_for(|answers| *answers).await.unwrap();
    }
}
