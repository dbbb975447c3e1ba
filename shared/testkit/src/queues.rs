use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use aws_sdk_sqs::Client;
use jiff::{SignedDuration, Timestamp};
use kabar_courier::{DispatchQueue, ImportQueue, Lanes, ReminderQueue, RemovalQueue};
use kabar_domain::{World, news::Lane};
use serde_json::{Value, json};

use crate::{
    StillWorld,
    answer::{Answer, answering_to, config},
    dead_letters::Dead,
};

/// One of Kabar's queues.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Queue {
    /// Notices to plan.
    Dispatch,
    /// Pages of the urgent lane.
    Urgent,
    /// Pages of the bulk lane.
    Bulk,
    /// Pages of the lane to phones.
    Sms,
    /// Pages of the lane to chats.
    Telegram,
    /// What is to be cleared away.
    Removals,
    /// Reminders that somebody asks for.
    Reminders,
    /// What SES says of mails.
    Feedback,
    /// Files of clients.
    Imports,
}

impl Queue {
    pub(crate) const ALL: [Self; 9] = [
        Self::Dispatch,
        Self::Urgent,
        Self::Bulk,
        Self::Sms,
        Self::Telegram,
        Self::Removals,
        Self::Reminders,
        Self::Feedback,
        Self::Imports,
    ];

    /// What it is called here.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Dispatch => "dispatch",
            Self::Urgent => "urgent",
            Self::Bulk => "bulk",
            Self::Sms => "sms",
            Self::Telegram => "telegram",
            Self::Removals => "removals",
            Self::Reminders => "reminders",
            Self::Feedback => "feedback",
            Self::Imports => "imports",
        }
    }

    /// Where it is.
    pub(crate) fn url(self) -> String {
        format!("http://sqs.test/{}", self.name())
    }
}

/// A message that waits on a queue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// On which.
    pub queue: Queue,
    /// What it says.
    pub body: String,
    /// When it can be taken.
    pub at: Timestamp,
}

/// The queues. Nothing leaves them by itself: a test takes messages and hands them on, or does not.
///
/// When the last one of it is dropped, messages that are left over fail the test; [`Self::lose_all`] says that they
/// are meant to be lost.
#[derive(Clone)]
pub struct Queues(pub(crate) Arc<Shared>);

pub(crate) struct Shared {
    pub(crate) world: Arc<StillWorld>,
    state: Mutex<State>,
}

#[derive(Default)]
pub(crate) struct State {
    lossy: Vec<Queue>,
    waiting: Vec<Waiting>,
    pub(crate) dead: Vec<Dead>,
    /// How many letters there ever were.
    pub(crate) parked: u32,
    pub(crate) is_down: bool,
}

impl Queues {
    /// Empty queues in this world.
    #[must_use]
    pub fn new(world: &Arc<StillWorld>) -> Self {
        Self(Arc::new(Shared {
            world: Arc::clone(world),
            state: Mutex::default(),
        }))
    }

    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn client(&self) -> Client {
        // Weak, so that a client that lives longer than the test does not keep leftovers from being noticed.
        let shared = Arc::downgrade(&self.0);
        let http = answering_to(move |operation, body| {
            let queues = shared.upgrade().map(Self);
            async move {
                match queues {
                    None => Answer::error(503, "Gone"),
                    Some(queues) if operation == "SendMessage" => queues.take_in(&body),
                    Some(queues) if operation == "GetQueueAttributes" && queues.is_live(&body) => {
                        queues.count(&body)
                    }
                    Some(queues) => queues.answer_letters(&operation, &body).await,
                }
            }
        });
        Client::new(&config("http://sqs.test", http))
    }

    fn take_in(&self, request: &Value) -> Answer {
        let text = |name: &str| request[name].as_str().unwrap_or_default().to_owned();
        let url = text("QueueUrl");
        let Some(queue) = Queue::ALL.into_iter().find(|queue| queue.url() == url) else {
            return Answer::error(400, "AWS.SimpleQueueService.NonExistentQueue");
        };
        let mut state = self.state();
        if state.is_down {
            return Answer::error(400, "AccessDenied");
        }
        if state.lossy.contains(&queue) {
            return Answer::ok(json!({ "MessageId": "lost" }));
        }
        let delay = SignedDuration::from_secs(request["DelaySeconds"].as_i64().unwrap_or_default());
        let at = self.0.world.now() + delay;
        state.waiting.push(Waiting {
            queue,
            body: text("MessageBody"),
            at,
        });
        Answer::ok(json!({ "MessageId": format!("{}", state.waiting.len()) }))
    }

    /// Whether a request is about one of the queues that work waits on.
    fn is_live(&self, request: &Value) -> bool {
        Queue::ALL
            .into_iter()
            .any(|queue| request["QueueUrl"] == queue.url())
    }

    fn count(&self, request: &Value) -> Answer {
        let (state, now) = (self.state(), self.0.world.now());
        if state.is_down {
            return Answer::error(400, "AccessDenied");
        }
        let here = state
            .waiting
            .iter()
            .filter(|message| request["QueueUrl"] == message.queue.url());
        let (ready, later): (Vec<_>, Vec<_>) = here.partition(|message| message.at <= now);
        Answer::ok(json!({ "Attributes": {
            "ApproximateNumberOfMessages": ready.len().to_string(),
            "ApproximateNumberOfMessagesNotVisible": "0",
            "ApproximateNumberOfMessagesDelayed": later.len().to_string(),
        } }))
    }

    /// The queue of notices.
    #[must_use]
    pub fn dispatch(&self) -> DispatchQueue {
        DispatchQueue {
            client: self.client().into(),
            url: Queue::Dispatch.url(),
        }
    }

    /// The queue of what is to be cleared away.
    #[must_use]
    pub fn removals(&self) -> RemovalQueue {
        RemovalQueue {
            client: self.client().into(),
            url: Queue::Removals.url(),
        }
    }

    /// The queue of reminders that somebody asks for.
    #[must_use]
    pub fn reminders(&self) -> ReminderQueue {
        ReminderQueue {
            client: self.client().into(),
            url: Queue::Reminders.url(),
        }
    }

    /// The queue of files of clients.
    #[must_use]
    pub fn imports(&self) -> ImportQueue {
        ImportQueue {
            client: self.client().into(),
            url: Queue::Imports.url(),
        }
    }

    /// The lanes.
    #[must_use]
    pub fn lanes(&self) -> Lanes {
        let url = |lane: Lane| (lane, format!("http://sqs.test/{}", lane.name()));
        Lanes {
            client: self.client().into(),
            urls: Lane::ALL.map(url).into(),
        }
    }

    /// From now on the queues take nothing, or take what comes again.
    pub fn set_down(&self, is_down: bool) {
        self.state().is_down = is_down;
    }

    /// From now on loses whatever is put on a queue, for tests of something else.
    pub fn lose(&self, queue: Queue) {
        self.state().lossy.push(queue);
    }

    /// All that waits, as it lies there.
    #[must_use]
    pub fn waiting(&self) -> Vec<Waiting> {
        self.state().waiting.clone()
    }

    /// Takes the first message that can be taken now.
    #[must_use]
    pub fn take(&self) -> Option<Waiting> {
        let now = self.0.world.now();
        let mut state = self.state();
        let first = state.waiting.iter().position(|message| message.at <= now)?;
        Some(state.waiting.remove(first))
    }

    /// Takes any one of the messages that can be taken now: queues keep no order.
    #[must_use]
    pub fn take_any(&self) -> Option<Waiting> {
        let now = self.0.world.now();
        let mut state = self.state();
        let ready: Vec<usize> = state
            .waiting
            .iter()
            .enumerate()
            .filter(|(_, m)| m.at <= now)
            .map(|(i, _)| i)
            .collect();
        let &chosen = ready.get(self.0.world.below(ready.len()))?;
        Some(state.waiting.swap_remove(chosen))
    }

    /// Puts a message back, as a queue does that has not heard that it was dealt with.
    pub fn put_back(&self, message: Waiting) {
        self.state().waiting.push(message);
    }

    /// When the next message can be taken, if any waits.
    #[must_use]
    pub fn next_at(&self) -> Option<Timestamp> {
        self.state().waiting.iter().map(|message| message.at).min()
    }

    /// Loses all that waits.
    pub fn lose_all(&self) {
        self.state().waiting.clear();
    }
}

impl Drop for Shared {
    fn drop(&mut self) {
        let left = &self
            .state
            .get_mut()
            .unwrap_or_else(PoisonError::into_inner)
            .waiting;
        if !left.is_empty() && !std::thread::panicking() {
            panic!("messages are left on the queues; deliver them, or say lose_all(): {left:#?}");
        }
    }
}
