use aws_sdk_dynamodb::types::{TransactWriteItem, builders::UpdateBuilder};
use jiff::Timestamp;
use kabar_domain::{
    ids::RegionId,
    news::Notice,
    power::{Cut, Fate, PlannedCut, Source},
};

use super::{Grid, planned_item::PlannedItem};
use crate::{
    Result,
    db::{Transaction, item, n},
    keys,
    notices::Notices,
    writes::updated,
};

/// A part of a schedule, and what its region knows once that is written.
#[derive(Clone, Copy, Debug)]
pub struct PlanPart<'a> {
    /// Up to 45 fates.
    pub fates: &'a [Fate],
    /// The next cut, of those before this part, in it, and after it as they still are.
    pub next: Option<Cut>,
    /// With the last part where the schedule comes from, if that is known.
    pub source: Option<Source>,
}

impl Grid {
    /// Writes a part of a schedule, with what its region knows of it. `read` is the version of the plan before this part,
    /// which each part counts up. `false`: the plan or one of its cuts changed meanwhile, or the region is gone; nothing of
    /// this part is written.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn write_plan(
        &self,
        region: RegionId,
        read: u64,
        part: &PlanPart<'_>,
        now: Timestamp,
    ) -> Result<bool> {
        let mut update = self.plan_update(region, read);
        let mut set = String::from("SET plan_version = :next, version = version + :one");
        update = update.expression_attribute_values(":next", n(read + 1));
        if let Some(source) = part.source {
            set.push_str(", plan_imported_at = :imported, plan_valid_until = :valid");
            update = update
                .expression_attribute_values(":imported", n(source.imported_at.as_millisecond()))
                .expression_attribute_values(":valid", n(source.valid_until.as_millisecond()));
        }
        let (update, remove) = set_next(update, &mut set, part.next);
        let mut writes = vec![updated(update.update_expression(format!("{set}{remove}")))?];
        for fate in part.fates {
            writes.extend(self.write_fate(fate, now)?);
        }
        Ok(self.0.transact(writes).await? == Transaction::Written)
    }

    fn write_fate(&self, fate: &Fate, now: Timestamp) -> Result<Vec<TransactWriteItem>> {
        let stored = |cut: &PlannedCut| item(&PlannedItem::of(cut, cut.look_at(now)));
        Ok(match fate {
            Fate::Unchanged(_) | Fate::Left(_) => Vec::new(),
            Fate::Created(cut) => vec![self.0.put_new(stored(cut)?)?],
            Fate::Changed(before, after) | Fate::Cancelled(before, after)
                if before.time.start == after.time.start =>
            {
                vec![self.0.replace(stored(after)?, before.version)?]
            }
            Fate::Changed(before, after) | Fate::Cancelled(before, after) => {
                let old = keys::planned(before.region, before.time.start, before.id);
                vec![
                    self.0.delete_version(old, before.version)?,
                    self.0.put_new(stored(after)?)?,
                ]
            }
        })
    }

    /// Notes that people are told of a planned cut, together with the notices that tell them. `false`: it changed
    /// meanwhile, or somebody else told of it.
    ///
    /// # Errors
    /// When a table did not answer.
    pub async fn tell_planned(
        &self,
        before: &PlannedCut,
        after: &PlannedCut,
        due: Option<Timestamp>,
        notices: &Notices,
        news: &[Notice],
    ) -> Result<bool> {
        let mut writes = vec![
            self.0
                .replace(item(&PlannedItem::of(after, due))?, before.version)?,
        ];
        for notice in news {
            writes.push(notices.put(notice)?);
        }
        Ok(self.0.transact(writes).await? == Transaction::Written)
    }

    /// Has no check look at a planned cut until it changes; and, when it was the region's `next`, notes which one is.
    /// `plan` is the version of the region's plan. `false`: the cut or the plan changed meanwhile.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn pass_planned(
        &self,
        cut: &PlannedCut,
        due: Option<Timestamp>,
        next: Option<(u64, Option<Cut>)>,
    ) -> Result<bool> {
        let mut writes = vec![self.0.replace(item(&PlannedItem::of(cut, due))?, cut.version)?];
        if let Some((plan, next)) = next {
            let mut set = String::from("SET version = version + :one");
            let (update, remove) = set_next(self.plan_update(cut.region, plan), &mut set, next);
            writes.push(updated(update.update_expression(format!("{set}{remove}")))?);
        }
        Ok(self.0.transact(writes).await? == Transaction::Written)
    }

    /// The start of a write to what a region knows of its plan, which must still have this version.
    fn plan_update(&self, region: RegionId, version: u64) -> UpdateBuilder {
        let is_same = match version {
            0 => "attribute_not_exists(plan_version)",
            _ => "plan_version = :plan",
        };
        let update = self
            .0
            .update(keys::region(region))
            .condition_expression(format!("attribute_exists(list_pk) AND {is_same}"))
            .expression_attribute_values(":one", n(1));
        match version {
            0 => update,
            version => update.expression_attribute_values(":plan", n(version)),
        }
    }
}

/// Has an update note the next cut.
fn set_next(update: UpdateBuilder, set: &mut String, next: Option<Cut>) -> (UpdateBuilder, &'static str) {
    let Some(next) = next else {
        return (update, " REMOVE plan_next_start, plan_next_end");
    };
    set.push_str(", plan_next_start = :start, plan_next_end = :end");
    let update = update
        .expression_attribute_values(":start", n(next.start.as_millisecond()))
        .expression_attribute_values(":end", n(next.end.as_millisecond()));
    (update, "")
}
