use std::sync::Arc;

use axum::{
    body::{Body, HttpBody, to_bytes},
    extract::{FromRequestParts, State},
    http::{HeaderName, HeaderValue, StatusCode, header, request::Parts},
    middleware::Next,
    response::{IntoResponse, Response},
};
use kabar_app::{App, Failure, replay::Replay};
use kabar_domain::World;
use kabar_store::people::{Answer, Begun, StoredAnswer};
use serde::Serialize;

use super::{
    Fields, Problem, ProblemKind,
    access::{bearer, known},
    body,
};
use crate::Api;

const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");
/// Says that an answer is the first one's, given again: nothing was done for it.
const REPLAYED: HeaderName = HeaderName::from_static("idempotent-replayed");
/// Long enough for any UUID or hash.
const LONGEST_KEY: usize = 255;

/// What a handler does its work with: in the world of the first try, if the request has an idempotency key.
pub(crate) struct Request(pub(crate) Arc<App>);

/// What is remembered of an answer that shows a secret, in its stead.
#[derive(Clone)]
struct Kept(String);

/// An answer with a secret in it, which is not remembered: whoever sends the request again gets `without` it.
pub(crate) fn kept_without(mut answer: Response, without: &impl Serialize) -> Response {
    let without = serde_json::to_string(without).unwrap_or_default();
    answer.extensions_mut().insert(Kept(without));
    answer
}

impl FromRequestParts<Api> for Request {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, api: &Api) -> Result<Self, Problem> {
        let Some(world) = parts.extensions.get::<Arc<dyn World>>() else {
            return Ok(Self(Arc::clone(&api.app)));
        };
        let mut app = App::clone(&api.app);
        app.world = Arc::clone(world);
        Ok(Self(Arc::new(app)))
    }
}

/// Does a request with an idempotency key once, and gives later ones with the same key the first one's answer.
pub(crate) async fn once(State(api): State<Api>, request: axum::extract::Request, next: Next) -> Response {
    let Some(key) = request.headers().get(IDEMPOTENCY_KEY).cloned() else {
        return next.run(request).await;
    };
    // Its handler refuses it, in its own way.
    if request.body().size_hint().lower() > body::LARGEST as u64 {
        return next.run(request).await;
    }
    done_once(&api.app, &key, request, next)
        .await
        .unwrap_or_else(IntoResponse::into_response)
}

async fn done_once(
    app: &App,
    key: &HeaderValue,
    request: axum::extract::Request,
    next: Next,
) -> Result<Response, Problem> {
    let key = key
        .to_str()
        .ok()
        .filter(|key| (1..=LONGEST_KEY).contains(&key.len()));
    let Some(key) = key else {
        let mut fields = Fields::default();
        let reason = format!("Must be 1 to {LONGEST_KEY} visible characters.");
        let refused: Option<()> = fields.refuse("Idempotency-Key", kabar_domain::Invalid::because(reason));
        return Err(fields
            .all(refused)
            .err()
            .unwrap_or_else(|| ProblemKind::Invalid.into()));
    };
    let (mut parts, body) = request.into_parts();
    let bytes = body::read(body).await?;
    let who = match known(&parts) {
        Some(caller) => Some(caller.user),
        None => match bearer(&parts) {
            Some(token) => app.signed_user(token).await?,
            None => None,
        },
    };
    let who = who.map_or_else(|| "anyone".to_owned(), |user| user.to_string());
    let path = parts.uri.path().trim_end_matches('/');
    let tokens = app.tokens().await?;
    let scope = tokens.fingerprint(&[who.as_bytes(), path.as_bytes(), key.as_bytes()]);
    let query = parts.uri.query().unwrap_or_default();
    let request_hash = tokens.fingerprint(&[query.as_bytes(), &bytes]);
    let answer = Answer {
        scope: &scope,
        request: &request_hash,
    };

    let mut seed = [0; 32];
    app.world.fill_random(&mut seed);
    let seed = tokens.fingerprint(&[&seed]);
    match app
        .people
        .begin(&answer, &seed, app.world.now())
        .await
        .map_err(Failure::from)?
    {
        Begun::Answered(answer) => Ok(again(answer)),
        Begun::Running => Err(Problem::with_detail(
            ProblemKind::Conflict,
            "A request with this key is running.",
        )),
        Begun::OtherRequest => Err(ProblemKind::KeyReused.into()),
        Begun::Go { seed, at } => {
            parts.extensions.insert(Replay::of(seed, at));
            let response = next
                .run(axum::extract::Request::from_parts(parts, Body::from(bytes)))
                .await;
            keep(app, &scope, response).await
        }
    }
}

/// Remembers the answer to what was done. A refusal is forgotten with its key: what was refused may be possible later.
async fn keep(app: &App, scope: &str, response: Response) -> Result<Response, Problem> {
    if !response.status().is_success() {
        app.people.forget(scope).await.map_err(Failure::from)?;
        return Ok(response);
    }
    let (mut parts, body) = response.into_parts();
    let kept = parts.extensions.remove::<Kept>();
    let bytes = to_bytes(body, usize::MAX)
        .await
        .map_err(|_| ProblemKind::Internal)?;
    let body = kept.map_or_else(|| String::from_utf8_lossy(&bytes).into_owned(), |Kept(body)| body);
    let answer = StoredAnswer {
        status: parts.status.as_u16(),
        body,
    };
    app.people.remember(scope, &answer).await.map_err(Failure::from)?;
    Ok(Response::from_parts(parts, Body::from(bytes)))
}

fn again(answer: StoredAnswer) -> Response {
    let status = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::OK);
    let json = HeaderValue::from_static("application/json");
    let headers = [
        (header::CONTENT_TYPE, json),
        (REPLAYED, HeaderValue::from_static("true")),
    ];
    (status, headers, answer.body).into_response()
}
