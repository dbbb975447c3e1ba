//! How a target is tried: looked up once, and connected to at exactly the addresses that were found and may be probed.

use std::{
    fmt, future, io,
    net::IpAddr,
    pin::pin,
    sync::{Arc, OnceLock},
    time::Duration,
};

use futures_util::{
    StreamExt,
    future::{BoxFuture, Either, select},
    stream::FuturesUnordered,
};
use http::{
    Request,
    header::{HOST, USER_AGENT},
};
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use kabar_domain::power::{Answer, Target, Trouble, is_public};
use tokio::{
    net::{TcpStream, lookup_host},
    sync::Semaphore,
    time::{Instant, timeout_at},
};
use tokio_rustls::{
    TlsConnector,
    client::TlsStream,
    rustls::{self, ClientConfig, pki_types::ServerName},
};

/// How many addresses of a name are tried, all at once.
const MOST_ADDRESSES: usize = 4;
/// How many targets are tried at once: each takes a connection for every address, and Lambda has 1,024 for all.
const MOST_AT_ONCE: usize = 100;
/// The most bytes of an answer that are read: its head.
const LARGEST_HEAD: usize = 16 * 1024;

/// Finds the addresses of a name.
pub type LookUp = Box<dyn Fn(String) -> BoxFuture<'static, io::Result<Vec<IpAddr>>> + Send + Sync>;

/// Tries targets that people name.
pub struct Prober {
    look_up: LookUp,
    may_probe: fn(IpAddr) -> bool,
    make_tls: Box<dyn Fn() -> Arc<ClientConfig> + Send + Sync>,
    tls: OnceLock<Arc<ClientConfig>>,
    turns: Semaphore,
}

impl fmt::Debug for Prober {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Prober").finish_non_exhaustive()
    }
}

impl Prober {
    /// How long a try may take in all.
    pub const LONGEST_TRY: Duration = Duration::from_secs(5);

    /// Tries targets at addresses that everybody can reach. TLS is made when the first page is tried.
    #[must_use]
    pub fn new(look_up: LookUp, make_tls: impl Fn() -> Arc<ClientConfig> + Send + Sync + 'static) -> Self {
        Self {
            look_up,
            may_probe: is_public,
            make_tls: Box::new(make_tls),
            tls: OnceLock::new(),
            turns: Semaphore::new(MOST_AT_ONCE),
        }
    }

    /// The same, by another rule of which addresses may be probed.
    #[must_use]
    pub fn allowing(self, may_probe: fn(IpAddr) -> bool) -> Self {
        Self { may_probe, ..self }
    }

    /// Tries a target. A page has answered with any status, also with a redirect, which is not followed.
    ///
    /// A name all of whose addresses are not to be probed is not tried at all if a single one is so: who owns such a name
    /// wants us to connect there. What is not to be probed, not found, or not who it is said to be brings no word.
    pub async fn probe(&self, target: &Target) -> Answer {
        // It is never closed.
        let _turn = self.turns.acquire().await;
        let end = Instant::now() + Self::LONGEST_TRY;
        let found = timeout_at(end, self.addresses(target.host())).await;
        let addresses = match found {
            Ok(Ok(addresses)) if !addresses.is_empty() => addresses,
            Ok(_) => return Answer::NoWord(Trouble::NameNotFound),
            Err(_) => return Answer::NoWord(Trouble::Timeout),
        };
        if !addresses.iter().all(|address| (self.may_probe)(*address)) {
            return Answer::NoWord(Trouble::RefusedAddress);
        }
        timeout_at(end, self.reach(target, &addresses))
            .await
            .unwrap_or(Answer::Miss(Trouble::Timeout))
    }

    async fn addresses(&self, host: &str) -> io::Result<Vec<IpAddr>> {
        match host.parse() {
            Ok(address) => Ok(vec![address]),
            Err(_) => (self.look_up)(host.to_owned()).await,
        }
    }

    async fn reach(&self, target: &Target, addresses: &[IpAddr]) -> Answer {
        match (connect(addresses, target.port()).await, target.page()) {
            (Err(answer), _) => answer,
            (Ok(_), None) => Answer::Hit,
            (Ok(stream), Some(page)) => match self.prove(target.host(), stream).await {
                Ok(stream) => ask(target.authority(), page, stream).await,
                Err(answer) => answer,
            },
        }
    }

    async fn prove(&self, host: &str, stream: TcpStream) -> Result<TlsStream<TcpStream>, Answer> {
        let name = ServerName::try_from(host.to_owned()).map_err(|_| Answer::NoWord(Trouble::Tls))?;
        let tls = Arc::clone(self.tls.get_or_init(&self.make_tls));
        let proven = TlsConnector::from(tls).connect(name, stream).await;
        proven.map_err(|error| match is_stranger(&error) {
            true => Answer::NoWord(Trouble::Tls),
            false => Answer::Miss(Trouble::Tls),
        })
    }
}

/// Looks names up as the machine does. A name is whole: what the machine would append to it is its own.
#[must_use]
pub fn look_up() -> LookUp {
    Box::new(|name| {
        Box::pin(async move {
            let found = lookup_host((format!("{}.", name.trim_end_matches('.')), 0)).await?;
            Ok(found.map(|address| address.ip()).collect())
        })
    })
}

/// Connects to the first address that answers.
async fn connect(addresses: &[IpAddr], port: u16) -> Result<TcpStream, Answer> {
    let tries = addresses.iter().take(MOST_ADDRESSES);
    let mut tries: FuturesUnordered<_> = tries
        .map(|address| TcpStream::connect((*address, port)))
        .collect();
    let mut answer = Answer::NoWord(Trouble::Unreachable);
    while let Some(tried) = tries.next().await {
        match tried {
            Ok(stream) => return Ok(stream),
            Err(error) => answer = theirs(&error).map_or(answer, Answer::Miss),
        }
    }
    Err(answer)
}

/// Why a connection failed, if that lies with the target; else it may lie with us.
fn theirs(error: &io::Error) -> Option<Trouble> {
    match error.kind() {
        io::ErrorKind::ConnectionRefused
        | io::ErrorKind::ConnectionReset
        | io::ErrorKind::ConnectionAborted => Some(Trouble::ConnectionRefused),
        io::ErrorKind::HostUnreachable => Some(Trouble::Unreachable),
        io::ErrorKind::TimedOut => Some(Trouble::Timeout),
        _ => None,
    }
}

/// Whether somebody answered who could not prove the name: perhaps the home, whose certificate has run out, and perhaps
/// somebody on the way.
fn is_stranger(error: &io::Error) -> bool {
    let cause = error.get_ref().and_then(|cause| cause.downcast_ref());
    matches!(cause, Some(rustls::Error::InvalidCertificate(_)))
}

/// Asks for a page and reads whether there is an answer.
async fn ask(authority: &str, page: &str, stream: TlsStream<TcpStream>) -> Answer {
    let connected = http1::Builder::new()
        .max_buf_size(LARGEST_HEAD)
        .handshake(TokioIo::new(stream))
        .await;
    let request = Request::get(page)
        .header(HOST, authority)
        .header(USER_AGENT, "Kabar")
        .body(String::new());
    let (Ok((mut sender, connection)), Ok(request)) = (connected, request) else {
        return Answer::NoWord(Trouble::NoAnswer);
    };
    let answer = sender.send_request(request);
    // A connection that ended may have left an answer behind, or else an error.
    let moves = async {
        let _ended = connection.await;
        future::pending::<()>().await;
    };
    match select(pin!(answer), pin!(moves)).await {
        Either::Left((Ok(_), _)) => Answer::Hit,
        Either::Left((Err(_), _)) | Either::Right(_) => Answer::Miss(Trouble::NoAnswer),
    }
}
