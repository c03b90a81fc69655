//! `rollbook serve` over TLS: the cookies are bound to it, and a renewed certificate comes in by SIGHUP.

use std::io::{BufRead as _, BufReader};
use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};

use rollbook::http::{Tls, TlsFiles};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio_rustls::client::TlsStream;
use tokio_rustls::rustls::pki_types::ServerName;

use crate::cli_program::{Place, ran};
use crate::cli_serve::cheap;
use crate::support::authority::Authority;

const NAME: &str = "rollbook.example.org";

struct Serving {
    child: Child,
    address: SocketAddr,
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn serve(place: &Place, files: &TlsFiles) -> Command {
    let mut command = place.program(&["serve", "--listen", "127.0.0.1:0"]);
    command.arg("--tls-certificate").arg(&files.certificate).arg("--tls-key").arg(&files.key);
    cheap(&mut command);
    command
}

fn start(place: &Place, files: &TlsFiles) -> Serving {
    let mut child = serve(place, files).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
    let served = lines.find_map(|line| line.split("https://").nth(1).map(str::to_owned)).unwrap();
    Serving { child, address: served.split('/').next().unwrap().parse().unwrap() }
}

async fn connect(serving: &Serving, authority: &Authority) -> TlsStream<TcpStream> {
    let stream = TcpStream::connect(serving.address).await.unwrap();
    let name = ServerName::try_from(NAME).unwrap();
    authority.connector(&["http/1.1"]).connect(name, stream).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn over_tls_the_consoles_cookies_are_bound_to_it_and_sighup_brings_a_new_certificate() {
    let (place, authority) = (Place::empty(), Authority::new());
    let serving = start(&place, &authority.certify(NAME));
    let mut stream = connect(&serving, &authority).await;
    let shown = |stream: &TlsStream<TcpStream>| stream.get_ref().1.peer_certificates().unwrap()[0].to_vec();
    let before = shown(&stream);
    let request = format!("GET /sign-in HTTP/1.1\r\nhost: {NAME}\r\nconnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer).await;
    let answer = String::from_utf8_lossy(&answer);
    let cookie = answer.lines().find(|line| line.to_ascii_lowercase().starts_with("set-cookie: __host-"));
    assert!(cookie.is_some_and(|cookie| cookie.contains("; Secure")), "{answer}");
    assert!(answer.contains("strict-transport-security: max-age="), "{answer}");

    authority.certify(NAME);
    let told = Command::new("kill").args(["-HUP", &serving.child.id().to_string()]).status().unwrap();
    assert!(told.success());
    while shown(&connect(&serving, &authority).await) == before {}
}

#[test]
fn a_renewed_certificate_is_noticed_and_one_that_cannot_be_used_is_told_of_once() {
    let authority = Authority::new();
    let files = authority.certify(NAME);
    let tls = Tls::open(files.clone()).unwrap();
    assert!(!tls.reload_if_changed().unwrap(), "nothing changed");
    authority.certify(NAME);
    assert!(tls.reload_if_changed().unwrap());
    assert!(!tls.reload_if_changed().unwrap(), "noticed already");
    std::fs::write(&files.certificate, "half a certificate").unwrap();
    assert!(tls.reload_if_changed().is_err());
    assert!(!tls.reload_if_changed().unwrap(), "told of already");
    std::fs::remove_file(&files.certificate).unwrap();
    assert!(tls.reload_if_changed().is_err());
    authority.certify(NAME);
    assert!(tls.reload_if_changed().unwrap());
}

#[test]
fn a_certificate_without_its_key_is_a_mistake_that_is_named() {
    let place = Place::empty();
    let files = Authority::new().certify(NAME);
    let mut command = place.program(&["serve", "--listen", "127.0.0.1:0"]);
    let ran = ran(command.arg("--tls-certificate").arg(&files.certificate));
    assert!(ran.err.contains("tls-certificate") && ran.err.contains("tls-key"), "{}", ran.err);
    assert_eq!(place.names("."), [""; 0], "nothing was begun");
}
