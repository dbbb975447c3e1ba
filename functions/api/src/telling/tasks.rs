use std::collections::BTreeMap;

use axum::Json;
use kabar_app::events::TaskCounts;
use kabar_domain::{ids::TaskId, news::Status};
use serde::Serialize;
use utoipa::ToSchema;

use crate::frame::{Entity, Id, Request, Result, Staff};

/// That reminders are being sent.
#[derive(Serialize, ToSchema)]
pub(crate) struct RemindersAsked {
    #[schema(example = "Reminders are being sent.")]
    message: &'static str,
    /// Ask `/api/tasks/{task_id}/` what became of it.
    task_id: String,
}

/// What became of work that somebody asked for.
#[derive(Serialize, ToSchema)]
#[schema(as = Task)]
pub(crate) struct TaskView {
    id: String,
    /// `running` or `done`.
    #[schema(example = "done")]
    status: &'static str,
    counts: Counts,
}

/// What work that somebody asked for has done.
#[derive(Serialize, ToSchema)]
#[schema(as = TaskCounts)]
struct Counts {
    /// Events of which people are reminded.
    events: u32,
    /// People who are reminded, as far as that is planned.
    people: u32,
    /// What became of their messages, by status; those on their way are not counted.
    #[serde(flatten)]
    by_status: BTreeMap<&'static str, u32>,
}

impl From<TaskCounts> for TaskView {
    fn from(task: TaskCounts) -> Self {
        let count = |status: Status| {
            (
                status.name(),
                task.by_status.get(&status).copied().unwrap_or_default(),
            )
        };
        Self {
            id: task.id.to_string(),
            status: if task.is_done { "done" } else { "running" },
            counts: Counts {
                events: task.events,
                people: task.people,
                by_status: Status::ALL
                    .into_iter()
                    .filter(|status| status.is_terminal())
                    .map(count)
                    .collect(),
            },
        }
    }
}

/// Send now the reminders that are due and not sent yet. Each person is reminded of an event once, so asking again
/// tells nobody.
#[utoipa::path(post, path = "/api/events/send-reminders/", tag = "events",
    responses((status = 200, body = RemindersAsked)))]
pub(crate) async fn send_reminders(_: Staff, Request(app): Request) -> Result<Json<RemindersAsked>> {
    let task = app.send_reminders().await?;
    Ok(Json(RemindersAsked {
        message: "Reminders are being sent.",
        task_id: task.to_string(),
    }))
}

/// What became of work that somebody asked for.
#[utoipa::path(get, path = "/api/tasks/{id}/", tag = "telling", params(("id" = String, Path)),
    responses((status = 200, body = TaskView)))]
pub(crate) async fn get_task(
    _: Staff,
    Request(app): Request,
    Id(id): Id<TaskId>,
) -> Result<Entity<TaskView>> {
    Ok(Entity::unversioned(app.task(id).await?.into()))
}
