use std::{sync::Arc, time::Instant};

use axum::{
    Router,
    body::{Body, Bytes},
    extract::{Path, State},
    http::StatusCode,
    response::Response,
    routing::{get, post},
    serve::ListenerExt,
};
use jiff::SignedDuration;
use kabar_domain::World;
use kabar_kit::SystemWorld;
use tokio::{
    net::TcpListener,
    sync::{
        Mutex,
        mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel},
    },
    task::JoinHandle,
};

use crate::failure::{Failure, Result};

/// What the template gives the functions of the queues.
const TIMEOUT: SignedDuration = SignedDuration::from_secs(30);

/// What a process of a function did.
#[derive(Debug)]
pub(crate) enum Happening {
    /// It asked for its next event: it is ready, and idle until it gets one.
    Asked(Instant),
    /// It answered its event.
    Answered(Instant, Bytes),
    /// It could do nothing with its event, or could not start.
    Failed(Bytes),
}

/// Lambda's Runtime API for the processes of one function: events go to whichever asks first.
pub(crate) struct RuntimeApi {
    pub(crate) address: String,
    pub(crate) events: UnboundedSender<Vec<u8>>,
    happenings: UnboundedReceiver<Happening>,
    server: JoinHandle<()>,
}

struct Shared {
    events: Mutex<UnboundedReceiver<Vec<u8>>>,
    happened: UnboundedSender<Happening>,
}

impl RuntimeApi {
    pub(crate) async fn start() -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?.to_string();
        let (events, waiting) = unbounded_channel();
        let (happened, happenings) = unbounded_channel();
        let shared = Arc::new(Shared {
            events: Mutex::new(waiting),
            happened,
        });
        let router = Router::new()
            .route("/2018-06-01/runtime/invocation/next", get(next))
            .route("/2018-06-01/runtime/invocation/{id}/{outcome}", post(answer))
            .route("/2018-06-01/runtime/init/error", post(init_error))
            .with_state(shared);
        // An answer goes out in two writes, and the second would wait for the first to be confirmed.
        let listener = listener.tap_io(|stream| drop(stream.set_nodelay(true)));
        let server = tokio::spawn(async { drop(axum::serve(listener, router).await) });
        Ok(Self {
            address,
            events,
            happenings,
            server,
        })
    }

    /// The next thing that a process did.
    pub(crate) async fn happening(&mut self) -> Result<Happening> {
        self.happenings
            .recv()
            .await
            .ok_or_else(|| Failure::from("the Runtime API is gone"))
    }

    /// Waits until a process asks for an event; says when it did.
    pub(crate) async fn asked(&mut self) -> Result<Instant> {
        match self.happening().await? {
            Happening::Asked(at) => Ok(at),
            Happening::Answered(_, body) => Err(unexpected(&body)),
            Happening::Failed(body) => Err(unexpected(&body)),
        }
    }

    /// Waits for an answer; says when it came, and what it was.
    pub(crate) async fn answered(&mut self) -> Result<(Instant, Bytes)> {
        match self.happening().await? {
            Happening::Answered(at, body) => Ok((at, body)),
            Happening::Asked(_) => Err(Failure::from(
                "a function asked for an event before it answered the last",
            )),
            Happening::Failed(body) => Err(unexpected(&body)),
        }
    }

    /// Hands out an event.
    pub(crate) fn send(&self, event: &[u8]) -> Result<Instant> {
        let at = Instant::now();
        self.events.send(event.to_vec())?;
        Ok(at)
    }
}

impl Drop for RuntimeApi {
    fn drop(&mut self) {
        self.server.abort();
    }
}

pub(crate) fn unexpected(body: &[u8]) -> Failure {
    Failure::from(format!("a function answered {}", String::from_utf8_lossy(body)))
}

async fn next(State(shared): State<Arc<Shared>>) -> Response {
    // Nobody listens any more once the measurement is over.
    let _ = shared.happened.send(Happening::Asked(Instant::now()));
    let Some(event) = shared.events.lock().await.recv().await else {
        // The measurement is over. A function that nobody calls waits.
        return std::future::pending().await;
    };
    let deadline = SystemWorld
        .now()
        .saturating_add(TIMEOUT)
        .map_or(0, |deadline| deadline.as_millisecond());
    let answer = Response::builder()
        .header("content-type", "application/json")
        .header(
            "lambda-runtime-aws-request-id",
            "00000000-0000-4000-8000-000000000000",
        )
        .header("lambda-runtime-deadline-ms", deadline)
        .header(
            "lambda-runtime-trace-id",
            "Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=0",
        )
        .header(
            "lambda-runtime-invoked-function-arn",
            "arn:aws:lambda:eu-west-1:123456789012:function:kabar",
        );
    answer
        .body(Body::from(event))
        .unwrap_or_else(|_| status(StatusCode::INTERNAL_SERVER_ERROR))
}

async fn answer(
    State(shared): State<Arc<Shared>>,
    Path((_, outcome)): Path<(String, String)>,
    body: Bytes,
) -> StatusCode {
    let at = Instant::now();
    let _ = shared.happened.send(match outcome.as_str() {
        "response" => Happening::Answered(at, body),
        _ => Happening::Failed(body),
    });
    StatusCode::ACCEPTED
}

async fn init_error(State(shared): State<Arc<Shared>>, body: Bytes) -> StatusCode {
    let _ = shared.happened.send(Happening::Failed(body));
    StatusCode::ACCEPTED
}

fn status(status: StatusCode) -> Response {
    let mut answer = Response::new(Body::empty());
    *answer.status_mut() = status;
    answer
}
