use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use kabar_app::{
    App, Known, Secrets,
    events::{Reminder, Remover},
    mailings::Importer,
    people::{Lifetimes, Passwords, Tokens},
    power::Checker,
    telegram::BotAccount,
    telling::{Carrier, ChatPost, LetterWriter, LinkKey, Links, Listener, Pace, Planner, Post, Sender},
};
use kabar_courier::words::Words;
use kabar_domain::{World, news::Limits, power::Channel};
use kabar_store::notices::Notices;

use crate::{Bot, Bucket, Engine, Meter, Queues, Road, Ses, SmsGateway, StillWorld, Targets};

/// By what the webhook knows Telegram.
pub const WEBHOOK_SECRET: &str = "a-webhook-secret-for-tests-long-enough";

/// A whole Kabar in one process, over AWS's stand-ins.
pub struct House {
    /// Its clock and its chance.
    pub world: Arc<StillWorld>,
    /// What people's requests are served with.
    pub app: App,
    /// The work of removal-sweep.
    pub remover: Remover,
    /// The work of reminder-sweep.
    pub reminder: Reminder,
    /// The work of power-check.
    pub checker: Checker,
    /// The work of mailing-dispatch.
    pub planner: Planner,
    /// The work of email-sender.
    pub sender: Sender,
    /// The work of sms-sender.
    pub texter: Sender,
    /// The work of telegram-sender.
    pub chatter: Sender,
    /// The work of mail-feedback.
    pub listener: Listener,
    /// The work of client-import.
    pub importer: Importer,
    /// By which devices reach it.
    pub road: Road,
    /// Where the targets of probes are.
    pub targets: Targets,
    /// What waits between them.
    pub queues: Queues,
    /// Where pictures lie.
    pub bucket: Bucket,
    /// Where mail goes.
    pub ses: Ses,
    /// Where text messages go.
    pub gateway: SmsGateway,
    /// Where messages in Telegram go.
    pub bot: Bot,
    /// How links in letters are made.
    pub links: Links,
    /// Where state lies.
    pub engine: Engine,
}

impl House {
    /// A new house, on a Saturday at five in the afternoon in Jakarta, eleven in the morning in Berlin.
    pub async fn new() -> Self {
        Self::with_seed(1).await
    }

    /// A new house with other chances.
    pub async fn with_seed(seed: u64) -> Self {
        let start = Timestamp::from_second(1_795_255_200).expect("2026-11-21T10:00:00Z");
        let still = Arc::new(StillWorld::new(start, seed));
        let world: Arc<dyn World> = still.clone();
        let engine = Engine::start().await;
        let [people, events, power, mailings, notices] =
            ["people", "events", "power", "mailings", "notices"].map(|name| engine.table(name, &world));
        let (queues, bucket, ses) = (Queues::new(&still), Bucket::new(&still), Ses::default());
        let lifetimes = Lifetimes {
            access: SignedDuration::from_hours(3),
            refresh: SignedDuration::from_hours(24),
        };
        let link_key = LinkKey::new("a link key for tests, long enough").expect("a long key");
        let links = Links::new(link_key, "https://kabar.example.com").expect("a site");
        let known = links.clone();
        let secrets = Secrets::new(move || {
            std::future::ready(Ok(Known {
                tokens: Tokens::new("a token key for tests, long enough", lifetimes).expect("a long key"),
                links: known.clone(),
                bot: BotAccount::new("kabar_test_bot", WEBHOOK_SECRET).expect("a bot"),
            }))
        });
        let app = App {
            people: people.into(),
            events: events.into(),
            removals: queues.removals(),
            reminding: queues.reminders(),
            reminders: "PT2H".parse().expect("a duration"),
            posters: bucket.posters(),
            grid: power.into(),
            mailings: mailings.into(),
            uploads: bucket.uploads(),
            importing: queues.imports(),
            notices: notices.into(),
            dispatch: queues.dispatch(),
            lanes: queues.lanes(),
            letters: queues.dead_letters(),
            passwords: Arc::new(Passwords::default()),
            secrets,
            mail_from: ses.channel().from().to_owned(),
            world: Arc::clone(&world),
        };
        let (road, targets) = (Road::default(), Targets::default());
        let (people, grid, notices) = (&app.people, &app.grid, &app.notices);
        let remover = Remover {
            events: app.events.clone(),
            grid: app.grid.clone(),
            posters: bucket.posters(),
            removals: queues.removals(),
            notices: notices.clone(),
            dispatch: queues.dispatch(),
            world: Arc::clone(&world),
        };
        let reminder = Reminder {
            events: app.events.clone(),
            notices: notices.clone(),
            dispatch: queues.dispatch(),
            world: Arc::clone(&world),
        };
        let checker = Checker {
            grid: grid.clone(),
            notices: notices.clone(),
            dispatch: queues.dispatch(),
            canary: road.canary(&app),
            prober: targets.prober(),
            world: Arc::clone(&world),
        };
        let planner = Planner {
            people: people.clone(),
            events: app.events.clone(),
            grid: grid.clone(),
            mailings: app.mailings.clone(),
            notices: notices.clone(),
            dispatch: queues.dispatch(),
            lanes: queues.lanes(),
            world: Arc::clone(&world),
        };
        let gateway = SmsGateway::default();
        let sender = |channel, carrier| Sender {
            people: people.clone(),
            events: app.events.clone(),
            grid: grid.clone(),
            mailings: app.mailings.clone(),
            notices: notices.clone(),
            lanes: queues.lanes(),
            dispatch: queues.dispatch(),
            carrier,
            pace: Pace::per_second(channel, 1e9, notices.clone(), Arc::clone(&world)),
            world: Arc::clone(&world),
        };
        let texter = sender(Channel::Sms, Carrier::Sms(Box::new(gateway.channel())));
        let bot = Bot::default();
        let chat_post = Carrier::Telegram(Box::new(ChatPost {
            channel: bot.channel(),
            words: Words::default(),
        }));
        let chatter = sender(Channel::Telegram, chat_post);
        let post = Carrier::Email(Box::new(Post {
            channel: ses.channel(),
            writer: LetterWriter::new(links.clone()),
        }));
        let sender = sender(Channel::Email, post);
        let importer = Importer {
            mailings: app.mailings.clone(),
            files: bucket.imports(),
            queue: queues.imports(),
            world: Arc::clone(&world),
        };
        let listener = Listener {
            notices: notices.clone(),
            limits: Limits {
                minimum: 1_000,
                bounce_percent: 5.0,
                complaint_percent: 0.1,
            },
            world,
        };
        Self {
            world: still,
            app,
            remover,
            reminder,
            checker,
            planner,
            sender,
            texter,
            chatter,
            listener,
            importer,
            road,
            targets,
            queues,
            bucket,
            ses,
            gateway,
            bot,
            links,
            engine,
        }
    }

    /// What the store was asked for.
    #[must_use]
    pub const fn meter(&self) -> &Meter {
        self.engine.meter()
    }

    /// The table of notices.
    #[must_use]
    pub const fn notices(&self) -> &Notices {
        &self.app.notices
    }
}
