use jiff::{SignedDuration, Timestamp};
use kabar_app::{events::ReminderReport, power::CheckReport, telling::Sent};
use kabar_courier::{DispatchWork, ImportWork, LaneWork, ReminderWork, RemovalWork, parse_feedback};
use kabar_domain::{
    World,
    ids::{NoticeId, PageId},
};
use kabar_store::{
    Window,
    notices::{Message, Told},
};

use crate::{House, Queue, Waiting, feedback::FEEDBACK_TOPIC};

/// As long as a turn of email-sender.
const TURN: SignedDuration = SignedDuration::from_secs(10);
/// As long as a claim of email-sender: its time-out and two seconds.
const LEASE: SignedDuration = SignedDuration::from_secs(32);
/// The schedule is faster; the slower it is, the more is left to the queues and the fewer requests a test makes.
const BETWEEN_SWEEPS: SignedDuration = SignedDuration::from_secs(300);
/// No test needs more rounds than this to come to an end.
const MOST_ROUNDS: u32 = 2_000;

impl House {
    /// The schedule of power-check fires now.
    pub async fn check(&self) -> CheckReport {
        self.checker.check(self.world.now()).await.expect("a check")
    }

    /// The schedule of reminder-sweep fires now.
    pub async fn remind(&self) -> ReminderReport {
        let now = self.world.now();
        self.reminder
            .sweep(now, now + LEASE, None)
            .await
            .expect("a sweep")
    }

    /// The schedule of mailing-dispatch fires now.
    pub async fn sweep(&self) {
        let now = self.world.now();
        self.planner.sweep(now, now + LEASE).await.expect("a sweep");
    }

    /// mailing-dispatch plans a notice.
    pub async fn plan(&self, notice: NoticeId) {
        self.planner
            .plan(notice, self.world.now() + LEASE)
            .await
            .expect("a plan");
    }

    /// email-sender takes a page.
    pub async fn send(&self, page: PageId) -> Sent {
        self.try_send(page).await.expect("a page's turn")
    }

    /// email-sender takes a page, which may fail.
    ///
    /// # Errors
    /// When the store did not answer.
    pub async fn try_send(&self, page: PageId) -> kabar_store::Result<Sent> {
        let now = self.world.now();
        self.sender.send(page, now + TURN, now + LEASE).await
    }

    /// sms-sender takes a page.
    ///
    /// # Errors
    /// When the store did not answer.
    pub async fn text(&self, page: PageId) -> kabar_store::Result<Sent> {
        let now = self.world.now();
        self.texter.send(page, now + TURN, now + LEASE).await
    }

    /// telegram-sender takes a page.
    ///
    /// # Errors
    /// When the store did not answer.
    pub async fn chat(&self, page: PageId) -> kabar_store::Result<Sent> {
        let now = self.world.now();
        self.chatter.send(page, now + TURN, now + LEASE).await
    }

    /// A queue hands a message to its function.
    pub async fn deliver(&self, message: &Waiting) {
        match message.queue {
            Queue::Dispatch => {
                let DispatchWork::Plan(notice) = DispatchWork::parse(&message.body).expect("our work");
                self.plan(notice).await;
            }
            Queue::Urgent | Queue::Bulk => {
                self.send(page_of(message)).await;
            }
            Queue::Sms => {
                self.text(page_of(message)).await.expect("a page's turn");
            }
            Queue::Telegram => match LaneWork::parse(&message.body).expect("our work") {
                LaneWork::Send(page) => drop(self.chat(page).await.expect("a page's turn")),
                LaneWork::Amend(page, from) => {
                    let stop = self.world.now() + TURN;
                    self.chatter.amend(page, from, stop).await.expect("a page's turn");
                }
            },
            Queue::Reminders => {
                let ReminderWork::Sweep(task) = ReminderWork::parse(&message.body).expect("our work");
                let now = self.world.now();
                let swept = self.reminder.sweep(now, now + LEASE, Some(task)).await;
                swept.expect("a sweep");
            }
            Queue::Imports => {
                let ImportWork::Import(import) = ImportWork::parse(&message.body).expect("our work");
                let stop = self.world.now() + LEASE;
                self.importer.work(import, stop).await.expect("a turn");
            }
            Queue::Feedback => {
                let feedback = parse_feedback(&message.body, FEEDBACK_TOPIC).expect("feedback");
                self.hear(&[feedback]).await;
            }
            Queue::Removals => {
                let RemovalWork::Clear(removal) = RemovalWork::parse(&message.body).expect("our work");
                let stop = self.world.now() + LEASE;
                self.remover.clear(removal, stop).await.expect("a removal");
            }
        }
    }

    /// Delivers all that can be delivered now, and what comes of it.
    pub async fn drain(&self) {
        while let Some(message) = self.queues.take() {
            self.deliver(&message).await;
        }
    }

    /// Lets time pass and delivers, with a sweep every few minutes, until nothing waits and nothing is due.
    pub async fn settle(&self) {
        let mut next_sweep = self.world.now();
        for _ in 0..MOST_ROUNDS {
            self.drain().await;
            let next = self.queues.next_at().map_or(next_sweep, |at| at.min(next_sweep));
            if next > self.world.now() {
                self.world.set(next);
            }
            if next == next_sweep {
                if self.queues.waiting().is_empty() && !self.is_anything_due().await {
                    return;
                }
                self.sweep().await;
                next_sweep = self.world.now() + BETWEEN_SWEEPS;
            }
        }
        panic!(
            "after {MOST_ROUNDS} rounds there is still work: {:#?}",
            self.queues.waiting()
        );
    }

    /// Whether any notice or page is due, now or ever.
    pub async fn is_anything_due(&self) -> bool {
        let far = Timestamp::from_second(9_000_000_000).expect("the year 2255");
        for shard in 0..kabar_store::DUE_SHARDS {
            let (notices, pages) = self.notices().due(shard, far, 1).await.expect("the index");
            if !notices.is_empty() || !pages.is_empty() {
                return true;
            }
        }
        false
    }

    /// All notices, the oldest first.
    pub async fn told(&self) -> Vec<Told> {
        let window = Window::first(200);
        let mut told = self.notices().list(&window).await.expect("a list").entries;
        told.reverse();
        told
    }

    /// All messages of a notice, in the order in which they were planned.
    pub async fn messages(&self, notice: NoticeId) -> Vec<Message> {
        let mut all = Vec::new();
        let mut window = Window::first(200);
        loop {
            let part = self.app.messages(notice, &window).await.expect("messages");
            all.extend(part.entries.into_iter().map(|mailed| mailed.message));
            window.after = part.next;
            if window.after.is_none() {
                all.reverse();
                return all;
            }
        }
    }

    /// Holds a notice to its rows: every message has come to its end, and the counters equal the rows.
    pub async fn assert_all_ended(&self, notice: NoticeId) {
        let told = self.app.notice(notice).await.expect("a notice");
        let mut rows = kabar_domain::news::Tally::default();
        for message in self.messages(notice).await {
            let outcome = &message.outcome;
            assert!(
                outcome.status.is_terminal(),
                "a message without an end: {message:?}"
            );
            rows.add(outcome.status, outcome.in_doubt);
        }
        assert_eq!(told.tally, rows, "the counters are the rows");
        assert_eq!(told.plan.people, rows.total(), "a row for everybody");
        assert!(told.plan.is_complete, "planned to the end");
    }
}

/// The page that a message of a lane names.
fn page_of(message: &Waiting) -> PageId {
    match LaneWork::parse(&message.body).expect("our work") {
        LaneWork::Send(page) => page,
        LaneWork::Amend(page, _) => panic!("nothing is amended in this lane: {page}"),
    }
}
