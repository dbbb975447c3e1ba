//! The queues of dead letters, as SQS has them: whoever takes a letter hides it for a while.

use jiff::{SignedDuration, Timestamp};
use kabar_courier::{DeadLetterQueue, DeadLetters};
use kabar_domain::World;
use serde_json::{Value, json};

use crate::{Queue, Queues, Waiting, answer::Answer};

/// The queue for runs of schedules, which have no queue of their own.
const SCHEDULE: &str = "schedule";
/// As often as the template's queues give a message out before they park it.
const RECEIVED: u32 = 5;

/// A letter as it lies in its queue.
#[derive(Clone, Debug)]
pub(crate) struct Dead {
    queue: &'static str,
    id: String,
    body: String,
    attributes: Value,
    sent_at: Timestamp,
    received: u32,
    hidden_until: Timestamp,
    receipt: Option<String>,
}

fn url(queue: &str) -> String {
    format!("http://sqs.test/{queue}-dead-letters")
}

impl Queues {
    /// The queues of dead letters.
    #[must_use]
    pub fn dead_letters(&self) -> DeadLetters {
        let of = |queue: Queue| DeadLetterQueue {
            name: queue.name(),
            url: url(queue.name()),
            source_url: Some(queue.url()),
        };
        let schedule = DeadLetterQueue {
            name: SCHEDULE,
            url: url(SCHEDULE),
            source_url: None,
        };
        let queues = Queue::ALL.map(of).into_iter().chain([schedule]);
        DeadLetters {
            client: self.client().into(),
            queues: queues.collect(),
        }
    }

    /// A message was taken five times and not dealt with: it is a dead letter now. Returns SQS's name for it.
    pub fn bury(&self, message: &Waiting) -> String {
        self.park(message.queue.name(), &message.body, json!({}), RECEIVED)
    }

    /// A service of AWS parks what it could not deliver, and says why.
    pub fn park_run(&self, body: &str, attributes: &[(&str, &str)]) -> String {
        let said = attributes.iter().map(|(name, value)| {
            (
                (*name).to_owned(),
                json!({ "DataType": "String", "StringValue": value }),
            )
        });
        self.park(SCHEDULE, body, Value::Object(said.collect()), 0)
    }

    fn park(&self, queue: &'static str, body: &str, attributes: Value, received: u32) -> String {
        let now = self.0.world.now();
        let mut state = self.state();
        state.parked += 1;
        let id = format!("00000000-0000-4000-8000-{:012}", state.parked);
        state.dead.push(Dead {
            queue,
            id: id.clone(),
            body: body.to_owned(),
            attributes,
            sent_at: now,
            received,
            hidden_until: now,
            receipt: None,
        });
        id
    }

    /// The bodies of the dead letters of all queues, hidden ones too.
    #[must_use]
    pub fn dead(&self) -> Vec<String> {
        self.state()
            .dead
            .iter()
            .map(|letter| letter.body.clone())
            .collect()
    }

    pub(crate) async fn answer_letters(&self, operation: &str, request: &Value) -> Answer {
        // Whoever asks may die before it is done, and after.
        tokio::task::yield_now().await;
        let answer = self.answer_now(operation, request);
        tokio::task::yield_now().await;
        answer
    }

    fn answer_now(&self, operation: &str, request: &Value) -> Answer {
        let now = self.0.world.now();
        let mut state = self.state();
        if state.is_down {
            return Answer::error(400, "AccessDenied");
        }
        let mut here: Vec<&mut Dead> = state
            .dead
            .iter_mut()
            .filter(|letter| request["QueueUrl"] == url(letter.queue))
            .collect();
        match operation {
            "GetQueueAttributes" => {
                let hidden = here.iter().filter(|letter| letter.hidden_until > now).count();
                Answer::ok(json!({ "Attributes": {
                    "ApproximateNumberOfMessages": (here.len() - hidden).to_string(),
                    "ApproximateNumberOfMessagesNotVisible": hidden.to_string(),
                } }))
            }
            "ReceiveMessage" => {
                let most = request["MaxNumberOfMessages"].as_u64().unwrap_or(1);
                let seconds = request["VisibilityTimeout"]
                    .as_i64()
                    .expect("how long it is hidden");
                let shown = here.iter_mut().filter(|letter| letter.hidden_until <= now);
                let taken = shown.take(usize::try_from(most).unwrap_or(1));
                let messages: Vec<Value> = taken.map(|letter| letter.take(now, seconds)).collect();
                Answer::ok(json!({ "Messages": messages }))
            }
            "ChangeMessageVisibilityBatch" => {
                for entry in request["Entries"].as_array().into_iter().flatten() {
                    let receipt = entry["ReceiptHandle"].as_str();
                    for letter in here
                        .iter_mut()
                        .filter(|letter| letter.receipt.as_deref() == receipt)
                    {
                        letter.hidden_until = now;
                    }
                }
                Answer::ok(json!({ "Successful": [], "Failed": [] }))
            }
            "DeleteMessage" => {
                let (url_of, receipt) = (url, request["ReceiptHandle"].as_str());
                state.dead.retain(|letter| {
                    request["QueueUrl"] != url_of(letter.queue) || letter.receipt.as_deref() != receipt
                });
                Answer::ok(json!({}))
            }
            other => panic!("a queue is not asked that: {other}"),
        }
    }
}

impl Dead {
    fn take(&mut self, now: Timestamp, seconds: i64) -> Value {
        self.received += 1;
        self.hidden_until = now + SignedDuration::from_secs(seconds);
        let receipt = format!("{}/{}", self.id, self.received);
        self.receipt = Some(receipt.clone());
        json!({
            "MessageId": self.id,
            "ReceiptHandle": receipt,
            "Body": self.body,
            "MessageAttributes": self.attributes,
            "Attributes": {
                "SentTimestamp": self.sent_at.as_millisecond().to_string(),
                "ApproximateFirstReceiveTimestamp": self.sent_at.as_millisecond().to_string(),
                "ApproximateReceiveCount": self.received.to_string(),
            },
        })
    }
}
