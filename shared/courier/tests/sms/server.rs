//! A server on a port of its own, which says exactly the bytes it is told to, or falls silent, or hangs up.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};

const LATE: Duration = Duration::from_secs(2);

/// What the gateway does once it has read a request.
#[derive(Clone)]
pub(crate) enum Act {
    /// Says this, and waits for the next request.
    Say(String),
    /// Says this two seconds late, and waits for the next request.
    Late(String),
    /// Says this and hangs up.
    Cut(String),
    /// Says this and nothing more.
    Hang(String),
}

/// An answer with a status and a body.
pub(crate) fn answer(status: u16, body: &str) -> String {
    let length = body.len();
    format!("HTTP/1.1 {status} So\r\nContent-Length: {length}\r\n\r\n{body}")
}

pub(crate) struct Gateway {
    pub(crate) url: String,
    requests: Arc<Mutex<Vec<String>>>,
    connections: Arc<Mutex<u32>>,
    server: JoinHandle<()>,
}

impl Gateway {
    /// One that does the same with every request.
    pub(crate) async fn that(act: Act) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let (requests, connections) = (Arc::<Mutex<Vec<_>>>::default(), Arc::<Mutex<u32>>::default());
        let (kept, counted) = (Arc::clone(&requests), Arc::clone(&connections));
        let server = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                *counted.lock().expect("a count") += 1;
                tokio::spawn(serve(stream, act.clone(), Arc::clone(&kept)));
            }
        });
        Self {
            url,
            requests,
            connections,
            server,
        }
    }

    pub(crate) async fn saying(status: u16, body: &str) -> Self {
        Self::that(Act::Say(answer(status, body))).await
    }

    /// All requests so far, whole.
    pub(crate) fn requests(&self) -> Vec<String> {
        self.requests.lock().expect("requests").clone()
    }

    /// How many connections it took.
    pub(crate) fn connections(&self) -> u32 {
        *self.connections.lock().expect("a count")
    }
}

impl Drop for Gateway {
    fn drop(&mut self) {
        self.server.abort();
    }
}

async fn serve(mut stream: TcpStream, act: Act, requests: Arc<Mutex<Vec<String>>>) {
    while let Some(request) = read(&mut stream).await {
        requests.lock().expect("requests").push(request);
        let (Act::Say(said) | Act::Late(said) | Act::Cut(said) | Act::Hang(said)) = &act;
        if let Act::Late(_) = act {
            tokio::time::sleep(LATE).await;
        }
        stream.write_all(said.as_bytes()).await.expect("a client");
        match act {
            Act::Say(_) | Act::Late(_) => {}
            Act::Cut(_) => return,
            Act::Hang(_) => std::future::pending().await,
        }
    }
}

/// A request with its body; nothing when the client has hung up.
async fn read(stream: &mut TcpStream) -> Option<String> {
    let mut request = Vec::new();
    loop {
        let text = String::from_utf8_lossy(&request).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head
                .lines()
                .find_map(|line| line.strip_prefix("content-length: "));
            if length.is_none_or(|length| Ok(body.len()) == length.parse()) {
                return Some(text);
            }
        }
        if stream.read_buf(&mut request).await.ok()? == 0 {
            return None;
        }
    }
}
