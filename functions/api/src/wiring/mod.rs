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
use kabar_kit::{Aws, Env, SystemWorld, secret};
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
            secrets,
            public_url,
            mail_from,
            bot,
            lifetimes,
        } = self;
        let [token_key, link_key, bot_secret] = secrets;
        let world: Arc<dyn World> = Arc::new(SystemWorld);
        let client = aws.dynamodb();
        let [people, events, power, mailings, notices] =
            tables.map(|name| kabar_store::table(&client, &name, &world));
        let ssm = aws.ssm();
        let (token_key, link_key, bot_secret, warmed) = tokio::join!(
            secret(&ssm, &token_key),
            secret(&ssm, &link_key),
            secret(&ssm, &bot_secret),
            people.warm()
        );
        warmed?;
        Ok(App {
            people: people.into(),
            events: events.into(),
            posters: PosterBucket {
                client: aws.s3(),
                name: posters,
                world: Arc::clone(&world),
            },
            removals: RemovalQueue {
                client: aws.sqs(),
                url: queues.removals,
            },
            reminding: ReminderQueue {
                client: aws.sqs(),
                url: queues.reminders,
            },
            uploads: UploadForms {
                bucket: ImportBucket {
                    client: aws.s3(),
                    name: imports,
                },
                credentials: aws.credentials(),
                region: aws.region().to_owned(),
                world: Arc::clone(&world),
            },
            importing: ImportQueue {
                client: aws.sqs(),
                url: queues.imports,
            },
            reminders,
            grid: power.into(),
            mailings: mailings.into(),
            notices: notices.into(),
            dispatch: DispatchQueue {
                client: aws.sqs(),
                url: queues.dispatch,
            },
            lanes: Lanes {
                client: aws.sqs(),
                urls: queues.lanes,
            },
            letters: DeadLetters {
                client: aws.sqs(),
                queues: queues.letters,
            },
            passwords: Arc::new(Passwords::default()),
            tokens: Arc::new(Tokens::new(&token_key?, lifetimes)?),
            links: Links::new(LinkKey::new(&link_key?)?, &public_url)?,
            mail_from,
            bot: BotAccount::new(&bot, &bot_secret?)?,
            world,
        })
    }
}
