use std::{
    collections::{BTreeMap, VecDeque},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use aws_sdk_s3::{
    Client,
    config::{Builder, RequestChecksumCalculation},
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_types::retry::RetryConfig;
use jiff::{SignedDuration, Timestamp, fmt::strtime};
use kabar_courier::PosterBucket;
use kabar_domain::World;

use crate::{
    StillWorld,
    answer::{config, responding, response},
};

const NAME: &str = "kabar-posters";
/// As many as S3 lists at once.
const PAGE: usize = 1_000;

/// What the bucket does instead of what it was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BucketFault {
    /// Answers 500 and has not done it.
    Error,
    /// Does it and answers 500.
    DoneThenFail,
}

/// An object in the bucket, or as a link shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Object {
    /// Its media type.
    pub content_type: String,
    /// What is in it.
    pub bytes: Vec<u8>,
    /// When it was last written.
    pub written_at: Timestamp,
}

/// An S3 with one bucket, which keeps objects, and fails when told to.
#[derive(Clone)]
pub struct Bucket {
    world: Arc<StillWorld>,
    state: Arc<Mutex<State>>,
}

struct State {
    objects: BTreeMap<String, Object>,
    faults: VecDeque<(&'static str, BucketFault)>,
    calls: Vec<&'static str>,
    page: usize,
}

impl Bucket {
    /// An empty bucket in this world.
    #[must_use]
    pub fn new(world: &Arc<StillWorld>) -> Self {
        let state = State {
            objects: BTreeMap::new(),
            faults: VecDeque::new(),
            calls: Vec::new(),
            page: PAGE,
        };
        Self {
            world: Arc::clone(world),
            state: Arc::new(Mutex::new(state)),
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The bucket as functions have it, but that a failure is not tried again.
    #[must_use]
    pub fn posters(&self) -> PosterBucket {
        let bucket = self.clone();
        let http = responding(move |request| {
            let bucket = bucket.clone();
            async move {
                // A caller may die before the bucket has heard of it, and before it hears from the bucket.
                tokio::task::yield_now().await;
                let answer = bucket.answer(&request);
                tokio::task::yield_now().await;
                answer
            }
        });
        let config = Builder::from(&config("http://s3.test", http))
            .force_path_style(true)
            .request_checksum_calculation(RequestChecksumCalculation::WhenRequired)
            .retry_config(RetryConfig::disabled())
            .build();
        PosterBucket {
            client: Client::from_conf(config),
            name: NAME.to_owned(),
            world: self.world.clone(),
        }
    }

    fn answer(&self, request: &HttpRequest) -> HttpResponse {
        let (name, query) = name_and_query(request.uri());
        let operation = match (request.method(), name.is_empty()) {
            ("PUT", false) => "PutObject",
            ("DELETE", false) => "DeleteObject",
            ("GET", true) => "ListObjectsV2",
            other => panic!("a bucket is not asked that: {other:?}"),
        };
        let mut state = self.state();
        state.calls.push(operation);
        let fault = state
            .faults
            .front()
            .filter(|(of, _)| *of == operation)
            .map(|(_, fault)| *fault);
        if fault.is_some() {
            state.faults.pop_front();
        }
        let failed = || response(500, "<Error><Code>InternalError</Code></Error>");
        if fault == Some(BucketFault::Error) {
            return failed();
        }
        let answer = match operation {
            "PutObject" => {
                let object = Object {
                    content_type: request
                        .headers()
                        .get("content-type")
                        .unwrap_or_default()
                        .to_owned(),
                    bytes: request.body().bytes().expect("a body in memory").to_vec(),
                    written_at: self.world.now(),
                };
                state.objects.insert(name, object);
                response(200, "")
            }
            "DeleteObject" => {
                state.objects.remove(&name);
                response(204, "")
            }
            _ => response(200, state.list(&query)),
        };
        if fault.is_some() { failed() } else { answer }
    }

    /// Does this instead of the next `times` operations of this name, after the faults that were asked for before.
    pub fn fail(&self, operation: &'static str, fault: BucketFault, times: usize) {
        let faults = std::iter::repeat_n((operation, fault), times);
        self.state().faults.extend(faults);
    }

    /// From now on lists so many objects at once.
    pub fn set_page(&self, page: usize) {
        self.state().page = page;
    }

    /// Puts an object there that Kabar did not.
    pub fn put(&self, name: &str, object: Object) {
        self.state().objects.insert(name.to_owned(), object);
    }

    /// All that lies there, by name.
    #[must_use]
    pub fn objects(&self) -> BTreeMap<String, Object> {
        self.state().objects.clone()
    }

    /// The operations that the bucket was asked for since the last call.
    #[must_use]
    pub fn take_calls(&self) -> Vec<&'static str> {
        std::mem::take(&mut self.state().calls)
    }

    /// What a browser gets that opens a link now: nothing if it has ended, or nothing lies there any more.
    #[must_use]
    pub fn open(&self, link: &str) -> Option<Object> {
        let (name, query) = name_and_query(link);
        let signed = query.get("X-Amz-Date").expect("when it was signed");
        let signed = strtime::parse("%Y%m%dT%H%M%SZ%z", format!("{signed}+0000"));
        let signed = signed.and_then(|time| time.to_timestamp()).expect("a time");
        let lives: i64 = query["X-Amz-Expires"].parse().expect("seconds");
        let ends = signed + SignedDuration::from_secs(lives);
        let object = self.state().objects.get(&name).cloned();
        let object = object.filter(|_| self.world.now() < ends)?;
        let content_type = query.get("response-content-type").cloned();
        Some(Object {
            content_type: content_type.unwrap_or(object.content_type),
            ..object
        })
    }
}

impl State {
    fn list(&self, query: &BTreeMap<String, String>) -> String {
        let text = |name: &str| query.get(name).map(String::as_str).unwrap_or_default();
        let behind = self
            .objects
            .iter()
            .filter(|(name, _)| name.starts_with(text("prefix")) && name.as_str() > text("start-after"));
        let contents: String = behind
            .take(self.page)
            .map(|(name, Object { written_at, .. })| {
                format!("<Contents><Key>{name}</Key><LastModified>{written_at}</LastModified></Contents>")
            })
            .collect();
        format!("<ListBucketResult>{contents}</ListBucketResult>")
    }
}

/// The object and the parameters of a URL, whose only escape is that of a slash.
fn name_and_query(url: &str) -> (String, BTreeMap<String, String>) {
    let path = url.strip_prefix("http://s3.test/").expect("a URL of this S3");
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let name = path
        .strip_prefix(NAME)
        .expect("this bucket")
        .trim_start_matches('/');
    let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    let query = pairs.map(|(name, value)| (name.to_owned(), value.replace("%2F", "/")));
    (name.to_owned(), query.collect())
}
