//! Work that somebody asked for: which notices it made.

use aws_sdk_dynamodb::types::{AttributeValue, TransactWriteItem};
use jiff::Timestamp;
use kabar_domain::ids::{NoticeId, TaskId};
use serde::{Deserialize, Serialize};

use super::{Notices, items::id};
use crate::{
    Result,
    db::{condition, item, n, s},
    instant::Millis,
    keys,
    writes::updated,
};

/// Work that somebody asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Task {
    /// Which.
    pub id: TaskId,
    /// When it was asked for.
    pub created_at: Timestamp,
    /// When all of its notices were written; nothing before.
    pub written_at: Option<Timestamp>,
    /// Its notices.
    pub notices: Vec<NoticeId>,
}

#[derive(Serialize, Deserialize)]
struct TaskItem {
    pk: String,
    sk: String,
    created_at: Millis,
    /// Absent until then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    written_at: Option<Millis>,
    notices: Vec<String>,
}

impl Notices {
    /// Adds a task. Adding the very same task again is no error.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn add_task(&self, id: TaskId, now: Timestamp) -> Result<()> {
        let key = keys::task(id);
        let task = TaskItem {
            pk: key.pk,
            sk: key.sk,
            created_at: now.into(),
            written_at: None,
            notices: Vec::new(),
        };
        let put = self
            .0
            .client
            .put_item()
            .table_name(&self.0.table)
            .set_item(Some(item(&task)?))
            .condition_expression("attribute_not_exists(pk)");
        condition("PutItem", put.send().await).map(drop)
    }

    /// A task; one read.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn task(&self, task: TaskId) -> Result<Option<Task>> {
        let found: Option<TaskItem> = self.0.get(keys::task(task)).await?;
        found
            .map(|item| {
                let notices = item.notices.iter().map(|notice| id(NoticeId::parse(notice)));
                Ok(Task {
                    id: task,
                    created_at: item.created_at.into(),
                    written_at: item.written_at.map(Into::into),
                    notices: notices.collect::<Result<_>>()?,
                })
            })
            .transpose()
    }

    /// Notes that all of a task's notices are written. `false`: there is no such task.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn end_task(&self, task: TaskId, now: Timestamp) -> Result<bool> {
        let update = self
            .0
            .client
            .update_item()
            .table_name(&self.0.table)
            .set_key(Some(keys::task(task).attributes()))
            .update_expression("SET written_at = if_not_exists(written_at, :now)")
            .condition_expression("attribute_exists(pk)")
            .expression_attribute_values(":now", n(now.as_millisecond()));
        condition("UpdateItem", update.send().await)
    }

    /// The write that counts a notice to a task, for the transaction of the notice.
    pub(crate) fn count_to(&self, task: TaskId, notice: NoticeId) -> Result<TransactWriteItem> {
        let update = self
            .0
            .update(keys::task(task))
            .update_expression("SET notices = list_append(notices, :notice)")
            .condition_expression("attribute_exists(pk)")
            .expression_attribute_values(":notice", AttributeValue::L(vec![s(notice.to_string())]));
        updated(update)
    }
}
