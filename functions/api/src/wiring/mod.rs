//! What the routes are served with, of the settings and services of a process.

mod queues;

use std::sync::Arc;

use jiff::SignedDuration;
use kabar_app::{
    App,
    people::{Lifetimes, Passwords, Tokens},
    telegram::BotAccount,
    telling::{LinkKey, Links},
};
use kabar_courier::{
    DeadLetters, DispatchQueue, ImportBucket, ImportQueue, Lanes, PosterBucket, ReminderQueue, RemovalQueue,
    UploadForms,
};
use kabar_domain::{World, events::ReminderRules};
use kabar_kit::{Aws, Env, SystemWorld, secrets};
use lambda_http::Error;
use queues::Queues;

/// Settings of whoever serves the routes, read and not yet used.
pub struct Wiring {
    aws: Aws,
    tables: [String; 5],
    queues: Queues,
    reminders: ReminderRules,
    posters: String,
    imports: String,
    secrets: [String; 3],
    public_url: String,
    mail_from: String,
    bot: String,
    lifetimes: Lifetimes,
}

impl Wiring {
    /// Reads the settings; what is missing is noted in `env`.
    pub fn read(env: &mut Env) -> Self {
        let aws = Aws::new(env);
        let tables = [
            "PEOPLE_TABLE",
            "EVENTS_TABLE",
            "POWER_TABLE",
            "MAILINGS_TABLE",
            "NOTICES_TABLE",
        ]
        .map(|name| env.text(name));
        let queues = Queues::read(env);
        let reminders = env.parsed("REMINDER_LEAD");
        let [posters, imports] = ["POSTER_BUCKET", "IMPORT_BUCKET"].map(|name| env.text(name));
        let [token_key, link_key, public_url, mail_from, bot, bot_secret] = [
            "TOKEN_KEY_PARAMETER",
            "LINK_KEY_PARAMETER",
            "PUBLIC_URL",
            "MAIL_FROM",
            "TELEGRAM_BOT",
            "TELEGRAM_SECRET_PARAMETER",
        ]
        .map(|name| env.text(name));
        let lifetimes = Lifetimes {
            access: SignedDuration::from_secs(env.parsed("ACCESS_TOKEN_SECONDS")),
            refresh: SignedDuration::from_secs(env.parsed("REFRESH_TOKEN_SECONDS")),
        };
        Self {
            aws,
            tables,
            queues,
            reminders,
            posters,
            imports,
            secrets: [token_key, link_key, bot_secret],
            public_url,
            mail_from,
            bot,
            lifetimes,
        }
    }

    /// Makes the clients, reads the secrets and connects to the store.
    ///
    /// # Errors
    /// When a secret cannot be read or is none, or the store does not answer.
    pub async fn app(self) -> Result<App, Error> {
        let Self {
            aws,
            tables,
            queues,
            reminders,
            posters,
            imports,
            secrets: names,
            public_url,
            mail_from,
            bot,
            lifetimes,
        } = self;
        let world: Arc<dyn World> = Arc::new(SystemWorld);
        let client = aws.dynamodb();
        let [people, events, power, mailings, notices] =
            tables.map(|name| kabar_store::table(&client, &name, &world));
        let ssm = aws.ssm();
        let read = secrets(&ssm, names.each_ref().map(String::as_str));
        let (read, warmed) = tokio::join!(read, people.warm());
        let [token_key, link_key, bot_secret] = read?;
        warmed?;
        let (s3, sqs) = (aws.s3(), aws.sqs());
        Ok(App {
            people: people.into(),
            events: events.into(),
            posters: PosterBucket {
                client: s3.clone(),
                name: posters,
                world: Arc::clone(&world),
            },
            removals: RemovalQueue {
                client: sqs.clone(),
                url: queues.removals,
            },
            reminding: ReminderQueue {
                client: sqs.clone(),
                url: queues.reminders,
            },
            uploads: UploadForms {
                bucket: ImportBucket {
                    client: s3,
                    name: imports,
                },
                credentials: aws.credentials(),
                region: aws.region().to_owned(),
                world: Arc::clone(&world),
            },
            importing: ImportQueue {
                client: sqs.clone(),
                url: queues.imports,
            },
            reminders,
            grid: power.into(),
            mailings: mailings.into(),
            notices: notices.into(),
            dispatch: DispatchQueue {
                client: sqs.clone(),
                url: queues.dispatch,
            },
            lanes: Lanes {
                client: sqs.clone(),
                urls: queues.lanes,
            },
            letters: DeadLetters {
                client: sqs,
                queues: queues.letters,
            },
            passwords: Arc::new(Passwords::default()),
            tokens: Arc::new(Tokens::new(&token_key, lifetimes)?),
            links: Links::new(LinkKey::new(&link_key)?, &public_url)?,
            mail_from,
            bot: BotAccount::new(&bot, &bot_secret)?,
            world,
        })
    }
}
