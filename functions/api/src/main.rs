//! Starts the API: settings, clients, secrets, routes.

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
use kabar_kit::{Aws, Env, SystemWorld, log_to_stdout, secret};
use lambda_http::{Error, run};
use queues::Queues;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let mut env = Env::of_process();
    log_to_stdout(&mut env);
    let aws = Aws::new(&mut env);
    let tables = [
        "PEOPLE_TABLE",
        "EVENTS_TABLE",
        "POWER_TABLE",
        "MAILINGS_TABLE",
        "NOTICES_TABLE",
    ]
    .map(|name| env.text(name));
    let queues = Queues::read(&mut env);
    let reminders = env.parsed("REMINDER_LEAD");
    let [posters, imports] = ["POSTER_BUCKET", "IMPORT_BUCKET"].map(|name| env.text(name));
    let [token_key, link_key, public_url, bot, bot_secret] = [
        "TOKEN_KEY_PARAMETER",
        "LINK_KEY_PARAMETER",
        "PUBLIC_URL",
        "TELEGRAM_BOT",
        "TELEGRAM_SECRET_PARAMETER",
    ]
    .map(|name| env.text(name));
    let lifetimes = Lifetimes {
        access: SignedDuration::from_secs(env.parsed("ACCESS_TOKEN_SECONDS")),
        refresh: SignedDuration::from_secs(env.parsed("REFRESH_TOKEN_SECONDS")),
    };
    let origins = env.optional("CORS_ORIGINS").unwrap_or_default();
    let origins = origins.split(',').filter(|origin| !origin.is_empty());
    let origins: Result<Vec<_>, _> = origins.map(|origin| origin.trim().parse()).collect();
    let origins = origins.unwrap_or_else(|error| {
        env.problem("CORS_ORIGINS", error);
        Vec::new()
    });
    env.complete()?;

    let world: Arc<dyn kabar_domain::World> = Arc::new(SystemWorld);
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
    let app = App {
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
        bot: BotAccount::new(&bot, &bot_secret?)?,
        world,
    };
    run(kabar_api::service(app, origins)).await
}
