use aws_sdk_sqs::types::QueueAttributeName;
use kabar_domain::news::Lane;

use super::{Lanes, QueueError};

/// How much work a lane has, approximately: SQS counts late.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LaneCounts {
    /// What a sender can take.
    pub waiting: u32,
    /// What senders have taken.
    pub in_flight: u32,
    /// What comes up later.
    pub delayed: u32,
}

impl Lanes {
    /// How much work a lane has.
    ///
    /// # Errors
    /// When SQS did not answer, or the lane is not known here.
    pub async fn count(&self, lane: Lane) -> Result<LaneCounts, QueueError> {
        let names = [
            QueueAttributeName::ApproximateNumberOfMessages,
            QueueAttributeName::ApproximateNumberOfMessagesNotVisible,
            QueueAttributeName::ApproximateNumberOfMessagesDelayed,
        ];
        let ask = self
            .client
            .get_queue_attributes()
            .queue_url(self.url(lane)?)
            .set_attribute_names(Some(names.to_vec()));
        let answer = ask.send().await.map_err(|error| QueueError(Box::new(error)))?;
        let said = answer.attributes.unwrap_or_default();
        let [waiting, in_flight, delayed] = names.map(|name| {
            let count = said.get(&name).and_then(|count| count.parse().ok());
            count.unwrap_or_default()
        });
        Ok(LaneCounts {
            waiting,
            in_flight,
            delayed,
        })
    }
}
