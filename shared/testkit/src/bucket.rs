use std::{
    collections::{BTreeMap, VecDeque},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use aws_credential_types::{Credentials, provider::SharedCredentialsProvider};
use aws_sdk_s3::{
    Client,
    config::{Builder, RequestChecksumCalculation},
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_types::retry::RetryConfig;
use jiff::{SignedDuration, Timestamp, fmt::strtime};
use kabar_courier::{ImportBucket, PosterBucket, UploadForms};
use kabar_domain::World;

use crate::{
    StillWorld,
    answer::{config, responding, response},
};

const POSTERS: &str = "kabar-posters";
const IMPORTS: &str = "kabar-imports";
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

/// An S3 with our buckets, which keeps objects, and fails when told to.
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
        PosterBucket {
            client: self.client().into(),
            name: POSTERS.to_owned(),
            world: self.world.clone(),
        }
    }

    /// The bucket of files of clients, in the same way.
    #[must_use]
    pub fn imports(&self) -> ImportBucket {
        ImportBucket {
            client: self.client().into(),
            name: IMPORTS.to_owned(),
        }
    }

    /// The forms by which files of clients come.
    #[must_use]
    pub fn uploads(&self) -> UploadForms {
        let credentials = Credentials::new("test", "secret", Some("token".to_owned()), None, "tests");
        UploadForms {
            bucket: self.imports(),
            credentials: SharedCredentialsProvider::new(credentials),
            region: "eu-west-1".to_owned(),
            world: self.world.clone(),
        }
    }

    fn client(&self) -> Client {
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
        Client::from_conf(config)
    }

    fn answer(&self, request: &HttpRequest) -> HttpResponse {
        let (name, query) = name_and_query(request.uri());
        let operation = match (request.method(), name.is_empty()) {
            ("PUT", false) => "PutObject",
            ("DELETE", false) => "DeleteObject",
            ("GET", true) => "ListObjectsV2",
            ("HEAD", false) => "HeadObject",
            ("GET", false) => "GetObject",
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
            "HeadObject" | "GetObject" => state.objects.get(&name).map_or_else(
                || response(404, "<Error><Code>NoSuchKey</Code></Error>"),
                |object| object.shown(request),
            ),
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

impl Object {
    /// Changes when it is written again.
    fn etag(&self) -> String {
        format!("\"{}-{}\"", self.written_at.as_millisecond(), self.bytes.len())
    }

    /// The object, or the range of it that is asked for, if it still is the one that is meant.
    fn shown(&self, request: &HttpRequest) -> HttpResponse {
        let header = |name: &str| request.headers().get(name);
        if header("if-match").is_some_and(|etag| etag != self.etag()) {
            return response(412, "<Error><Code>PreconditionFailed</Code></Error>");
        }
        let whole = (0, self.bytes.len());
        let (from, to) = header("range").map_or(whole, |range| {
            let (from, to) = range
                .trim_start_matches("bytes=")
                .split_once('-')
                .expect("a range");
            let to: usize = to.parse().expect("a place");
            (from.parse().expect("a place"), (to + 1).min(whole.1))
        });
        let bytes = if request.method() == "HEAD" {
            Vec::new()
        } else {
            self.bytes[from..to].to_vec()
        };
        let mut shown = response(200, bytes);
        shown.headers_mut().insert("etag", self.etag());
        shown
            .headers_mut()
            .insert("content-length", (to - from).to_string());
        shown
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
    let name = [POSTERS, IMPORTS]
        .iter()
        .find_map(|bucket| path.strip_prefix(bucket));
    let name = name.expect("one of these buckets").trim_start_matches('/');
    let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    let query = pairs.map(|(name, value)| (name.to_owned(), value.replace("%2F", "/")));
    (name.to_owned(), query.collect())
}
