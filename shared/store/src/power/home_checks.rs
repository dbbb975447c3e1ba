use aws_sdk_dynamodb::types::{AttributeValue, Put, TransactWriteItem};
use jiff::Timestamp;
use kabar_domain::power::Home;

use super::{Grid, HomeTurn, Told, home_items::HomeItem, items::OutageItem};
use crate::{
    Result, StoreError,
    db::{Transaction, item, n, s},
    keys,
    notices::Notices,
    writes::updated,
};

impl Grid {
    /// Writes when a home that is as it was is to be looked at again. `false`: it changed meanwhile, or its check was
    /// brought forward.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn settle_home(
        &self,
        home: &Home,
        seen: Option<Timestamp>,
        next: Option<Timestamp>,
    ) -> Result<bool> {
        let key = keys::home(home.id);
        let due = next.map(|time| keys::due(time, &key));
        let mut update = self
            .0
            .client
            .update_item()
            .table_name(&self.0.table)
            .set_key(Some(key.attributes()))
            .condition_expression("version = :version AND woken = :woken AND attribute_exists(list_pk)")
            .expression_attribute_values(":version", n(home.version))
            .expression_attribute_values(":woken", n(home.woken));
        let mut set = Vec::new();
        if let Some(seen) = seen {
            set.push("last_seen = :seen");
            update = update.expression_attribute_values(":seen", n(seen.as_millisecond()));
        }
        let mut remove = "";
        if let Some((shard, time)) = due {
            set.extend(["due_pk = :shard", "due_sk = :time"]);
            update = update
                .expression_attribute_values(":shard", s(shard))
                .expression_attribute_values(":time", s(time));
        } else {
            remove = "REMOVE due_pk, due_sk";
        }
        let expression = match set.is_empty() {
            true => remove.to_owned(),
            false => format!("SET {} {remove}", set.join(", ")),
        };
        let done = self.0.updated(update.update_expression(expression)).await?;
        Ok(done.is_some())
    }

    /// Turns a home: all that follows from it is in the same transaction. `false`: the home changed meanwhile, its check
    /// was brought forward, or one of the devices that were silent was heard.
    ///
    /// # Errors
    /// When a table did not answer.
    pub async fn turn_home(&self, turn: &HomeTurn<'_>, notices: &Notices) -> Result<bool> {
        let HomeTurn { read, after, .. } = *turn;
        let mut writes = vec![
            self.put_turned(&read.home, after, turn.next)?,
            self.count_turn(turn)?,
        ];
        writes.extend(self.put_history(&turn.turned, after.version)?);
        writes.extend(self.await_beats(after, &read.beats, turn.silent)?);
        match turn.told {
            Told::Nothing => {}
            Told::Opened(opened) => {
                writes.push(self.0.put_new(item(&OutageItem::from(opened.outage))?)?);
                writes.push(notices.put(opened.notice)?);
                writes.extend(self.note_hearers(after, &opened)?);
            }
            Told::Closed {
                ended_at,
                notice,
                was_heard,
                interruption,
            } => {
                if let Some(open) = read.home.outage {
                    writes.push(self.end_outage(open, ended_at, notice)?);
                    writes.push(notices.put(notice)?);
                    if let Some(interruption) = &interruption {
                        writes.extend(self.count_interruption(interruption)?);
                    }
                    if was_heard {
                        writes.extend(self.end_hearing(after, notice.created_at)?);
                    }
                }
            }
        }
        Ok(self.0.transact(writes).await? == Transaction::Written)
    }

    /// The region's count of it. Who hears of the turn depends on whether the region has an outage: it must still have that
    /// one, or none.
    fn count_turn(&self, turn: &HomeTurn<'_>) -> Result<TransactWriteItem> {
        let (from, to) = (turn.read.home.status, turn.after.status);
        let count = self.count_homes(turn.after.region, Some(from), Some(to), turn.after.since);
        let Told::Opened(opened) = turn.told else {
            return updated(count);
        };
        let within = opened.outage.within.map(|outage| s(outage.id.to_string()));
        updated(
            count
                .condition_expression("attribute_exists(list_pk) AND outage_id = :outage")
                .expression_attribute_values(":outage", within.unwrap_or(AttributeValue::Null(true))),
        )
    }

    fn put_turned(&self, before: &Home, after: &Home, next: Option<Timestamp>) -> Result<TransactWriteItem> {
        let put = Put::builder()
            .table_name(&self.0.table)
            .set_item(Some(item(&HomeItem::of(after, next))?))
            .condition_expression("version = :version AND woken = :woken AND attribute_exists(list_pk)")
            .expression_attribute_values(":version", n(before.version))
            .expression_attribute_values(":woken", n(before.woken))
            .build()
            .map_err(StoreError::unreadable)?;
        Ok(TransactWriteItem::builder().put(put).build())
    }

    /// Clears away up to a few hundred items of a removed home, and at last the home. `true`: all is gone.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn clear_away_home(&self, home: &Home) -> Result<bool> {
        let own = keys::home(home.id);
        let mut rest = self.keys_in(&own.pk, 200).await?;
        rest.retain(|key| *key != own);
        if !rest.is_empty() {
            self.0.delete_all(rest).await?;
            return Ok(false);
        }
        let heard = home.people().map(|user| keys::heard(home.region, user, home.id));
        self.0.delete_all(heard.chain([own]).collect()).await?;
        Ok(true)
    }
}
