use axum::Json;
use kabar_courier::Moved;
use kabar_domain::Invalid;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use super::letter_view::{BacklogView, LetterList};
use crate::frame::{
    Body, Entity, Fields, Id, InPath, ListQuery, Listing, Params, PerhapsBody, Request, Result, Sent, Staff,
    read_text,
};

/// SQS has no place to go on from, so there are no cursors.
const LETTERS: Listing = Listing {
    name: "dead_letters",
    is_sort_key: |_| false,
};
/// The most letters that one request names.
const MOST_NAMED: usize = 100;
/// The longest id that SQS gives.
const LONGEST_ID: usize = 100;

/// The name of a queue, whether there is one or not.
pub(crate) struct QueueName(String);

impl InPath for QueueName {
    fn read(text: &str) -> Option<Self> {
        Some(Self(text.to_owned()))
    }
}

/// Every queue of dead letters.
#[derive(Serialize, ToSchema)]
#[schema(as = DeadLetterQueues)]
pub(crate) struct Queues {
    dead_letters: Vec<BacklogView>,
}

/// Which dead letters.
#[derive(Default, Deserialize, ToSchema)]
#[serde(default)]
#[schema(as = SomeDeadLetters)]
pub(crate) struct SomeLetters {
    /// Their ids, at most a hundred; without it, all that the queue has, up to five hundred at a time.
    #[schema(value_type = Option<Vec<String>>, max_items = 100, example = json!(["5fea7756-0ea4-451a-a703-a558b933e274"]))]
    ids: Sent,
}

/// Which dead letters are given up.
#[derive(Default, Deserialize, ToSchema)]
#[serde(default)]
#[schema(as = DroppedDeadLetters)]
pub(crate) struct DroppedLetters {
    /// Their ids, at most a hundred.
    #[schema(value_type = Vec<String>, max_items = 100, required, example = json!(["5fea7756-0ea4-451a-a703-a558b933e274"]))]
    ids: Sent,
}

/// What became of dead letters.
#[derive(Serialize, ToSchema)]
#[schema(as = DeadLettersMoved)]
pub(crate) struct MovedView {
    /// How many left the queue.
    #[schema(example = 1)]
    count: u32,
    /// Those that were asked for and not found: they are gone, or somebody else is looking at them.
    missing: Vec<String>,
    /// About how many are left: SQS counts late.
    #[schema(example = 0)]
    left: u32,
}

impl From<(Moved, u32)> for MovedView {
    fn from((moved, left): (Moved, u32)) -> Self {
        Self {
            count: moved.letters,
            missing: moved.missing,
            left,
        }
    }
}

/// How much could not be done: every queue with the number of its dead letters.
#[utoipa::path(get, path = "/api/dead-letters/", tag = "operators",
    params(("count_only" = Option<bool>, Query, description = "Only count: `oldest_sent_at` is null then. To say since when a queue has letters is to take them for a moment, in which nobody else finds them")),
    responses((status = 200, body = Queues), (status = 400)))]
pub(crate) async fn count_dead_letters(
    _: Staff,
    Request(app): Request,
    params: Params,
) -> Result<Entity<Queues>> {
    let mut query = ListQuery {
        params: &params,
        fields: Fields::default(),
    };
    let count_only = query.parameter("count_only", |raw| {
        raw.parse()
            .map_err(|_| Invalid::because("Must be true or false."))
    });
    query.fields.done()?;
    let backlogs = match count_only {
        Some(true) => app.count_dead_letters().await?,
        Some(false) | None => app.dead_letters().await?,
    };
    let backlogs = backlogs.into_iter();
    Ok(Entity::unversioned(Queues {
        dead_letters: backlogs.map(BacklogView::from).collect(),
    }))
}

/// What could not be done, and why. Looking takes up to two seconds.
#[utoipa::path(get, path = "/api/dead-letters/{queue}/", tag = "operators",
    params(("queue" = String, Path, example = "urgent")), responses((status = 200, body = LetterList)))]
pub(crate) async fn list_dead_letters(
    _: Staff,
    Request(app): Request,
    Id(QueueName(queue)): Id<QueueName>,
    params: Params,
) -> Result<Json<LetterList>> {
    let window = params.window(LETTERS)?;
    let found = app.look_at_letters(&queue, window.limit.into()).await?;
    Ok(Json(found.into()))
}

/// Do the work of dead letters again, once what kept it from being done is mended. Whatever was done meanwhile is not
/// done twice.
#[utoipa::path(post, path = "/api/dead-letters/{queue}/redrive/", tag = "operators",
    params(("queue" = String, Path, example = "urgent")), request_body = Option<SomeLetters>,
    responses((status = 200, body = MovedView), (status = 409)))]
pub(crate) async fn redrive_dead_letters(
    Staff(caller): Staff,
    Request(app): Request,
    Id(QueueName(queue)): Id<QueueName>,
    PerhapsBody(body): PerhapsBody<SomeLetters>,
) -> Result<Json<MovedView>> {
    let mut fields = Fields::default();
    let ids = fields.optional("ids", &body.ids, read_ids);
    fields.done()?;
    let moved = app.redrive_letters(&queue, ids.as_deref()).await?;
    tracing::info!(by = %caller.user, queue, letters = moved.0.letters, "dead letters redriven");
    Ok(Json(moved.into()))
}

/// Give up the work of dead letters, for good.
#[utoipa::path(post, path = "/api/dead-letters/{queue}/drop/", tag = "operators",
    params(("queue" = String, Path, example = "urgent")), request_body = DroppedLetters,
    responses((status = 200, body = MovedView)))]
pub(crate) async fn drop_dead_letters(
    Staff(caller): Staff,
    Request(app): Request,
    Id(QueueName(queue)): Id<QueueName>,
    Body(body): Body<DroppedLetters>,
) -> Result<Json<MovedView>> {
    let mut fields = Fields::default();
    let ids = fields.required("ids", &body.ids, read_ids);
    let ids = fields.all(ids)?;
    let dropped = app.drop_letters(&queue, &ids).await?;
    tracing::info!(by = %caller.user, queue, letters = dropped.0.letters, "dead letters dropped");
    Ok(Json(dropped.into()))
}

fn read_ids(value: &Value) -> std::result::Result<Vec<String>, Invalid> {
    let refused = || Invalid::because(format!("Must be a list of 1 to {MOST_NAMED} ids."));
    let ids = value
        .as_array()
        .filter(|ids| (1..=MOST_NAMED).contains(&ids.len()));
    let ids = ids.ok_or_else(refused)?.iter().map(|id| {
        let id = read_text(id).map_err(|_| refused())?;
        let is_one = (1..=LONGEST_ID).contains(&id.len());
        is_one.then(|| id.to_owned()).ok_or_else(refused)
    });
    ids.collect()
}
