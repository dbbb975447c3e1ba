//! What the routes are served with, of the settings and services of a process.

mod queues;
mod secrets;

use std::sync::Arc;

use kabar_app::{App, people::Passwords};
use kabar_courier::{
    DeadLetters, DispatchQueue, ImportBucket, ImportQueue, Lanes, OnUse, PosterBucket, ReminderQueue,
    RemovalQueue, UploadForms,
};
use kabar_domain::{World, events::ReminderRules};
use kabar_kit::{Aws, Env, SystemWorld};
use queues::Queues;
use secrets::SecretSettings;

/// Settings of whoever serves the routes, read and not yet used.
pub struct Wiring {
    aws: Aws,
    tables: [String; 5],
    queues: Queues,
    reminders: ReminderRules,
    posters: String,
    imports: String,
    secrets: SecretSettings,
    mail_from: String,
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
        Self {
            aws,
            tables,
            queues,
            reminders,
            posters,
            imports,
            secrets: SecretSettings::read(env),
            mail_from: env.text("MAIL_FROM"),
        }
    }

    /// Makes what every request needs. What only some need (secrets, buckets, queues) is made by the first of them.
    #[must_use]
    pub fn app(self) -> App {
        let Self {
            aws,
            tables,
            queues,
            reminders,
            posters,
            imports,
            secrets,
            mail_from,
        } = self;
        let world: Arc<dyn World> = Arc::new(SystemWorld);
        let client = aws.dynamodb();
        let [people, events, power, mailings, notices] =
            tables.map(|name| kabar_store::table(&client, &name, &world));
        let (s3, sqs) = (OnUse::new(aws.s3()), OnUse::new(aws.sqs()));
        App {
            secrets: secrets.secrets(aws.clone(), people.clone()),
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
            mail_from,
            world,
        }
    }
}
