use aws_sdk_dynamodb::types::ReturnValue;
use jiff::{SignedDuration, Timestamp};
use kabar_domain::power::Intake;
use serde::Deserialize;

use super::Grid;
use crate::{
    Result,
    db::{n, read},
    instant::Millis,
    keys,
};

/// By how much the looks at the intake may lie apart for it to have been well in between: twice the schedule's step, for
/// one of them may be early and the next late.
const LONGEST_GAP: SignedDuration = SignedDuration::from_secs(120);

#[derive(Deserialize)]
struct IntakeItem {
    well_since: Option<Millis>,
    well_until: Option<Millis>,
}

impl IntakeItem {
    fn intake(&self) -> Option<Intake> {
        Some(Intake {
            since: self.well_since?.into(),
            until: self.well_until?.into(),
        })
    }
}

impl Grid {
    /// Notes that the intake is well now; says since when it is, without a gap that may hide a failure.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn intake_is_well(&self, now: Timestamp) -> Result<Option<Intake>> {
        let gap_from = now.saturating_sub(LONGEST_GAP).unwrap_or(Timestamp::MIN);
        let update = self
            .0
            .client
            .update_item()
            .table_name(&self.0.table)
            .set_key(Some(keys::intake().attributes()))
            .expression_attribute_values(":now", n(now.as_millisecond()))
            .return_values(ReturnValue::AllNew);
        let goes_on = update
            .clone()
            .update_expression("SET well_until = :now")
            .condition_expression("well_until BETWEEN :from AND :now")
            .expression_attribute_values(":from", n(gap_from.as_millisecond()));
        let answer = match self.0.updated(goes_on).await? {
            Some(answer) => Some(answer),
            // It begins anew; unless a later look was first, of whose time this one knows nothing.
            None => {
                let anew = update
                    .update_expression("SET well_since = :now, well_until = :now")
                    .condition_expression("attribute_not_exists(well_until) OR well_until <= :now");
                self.0.updated(anew).await?
            }
        };
        let found = answer.and_then(|answer| answer.attributes);
        let found: Option<IntakeItem> = found.map(read).transpose()?;
        Ok(found.and_then(|item| item.intake()))
    }

    /// Notes that the intake is not known to be well: what is well afterwards begins anew.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn intake_failed(&self) -> Result<()> {
        let update = self
            .0
            .client
            .update_item()
            .table_name(&self.0.table)
            .set_key(Some(keys::intake().attributes()))
            .update_expression("REMOVE well_since, well_until");
        self.0.updated(update).await.map(drop)
    }
}
