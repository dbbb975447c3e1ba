//! Sends the mails of a page, records each, and closes the page.

mod settings;

use std::sync::Arc;

use aws_lambda_events::sqs::SqsEvent;
use kabar_app::telling::{Carrier, LetterWriter, LinkKey, Links, Pace, Post, Sender};
use kabar_courier::EmailChannel;
use kabar_domain::power::Channel;
use kabar_kit::{Aws, Env, SystemWorld, log_to_stdout, secret};
use kabar_store::notices::Notices;
use lambda_runtime::{Error, LambdaEvent, run, service_fn};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let mut env = Env::of_process();
    log_to_stdout(&mut env);
    let aws = Aws::new(&mut env);
    let settings = settings::read(&mut env, &aws);
    env.complete()?;

    let world: Arc<dyn kabar_domain::World> = Arc::new(SystemWorld);
    let client = aws.dynamodb();
    let tables = settings.tables;
    let [people, events, power, mailings, notices] =
        tables.map(|name| kabar_store::table(&client, &name, &world));
    let link_key = secret(&aws.ssm(), &settings.link_key).await?;
    let notices = Notices::from(notices);
    let links = Links::new(LinkKey::new(&link_key)?, &settings.public_url)?;
    let pace = Pace::per_second(Channel::Email, settings.rate, notices.clone(), Arc::clone(&world));
    let sender = Sender {
        people: people.into(),
        events: events.into(),
        grid: power.into(),
        mailings: mailings.into(),
        notices,
        lanes: settings.lanes,
        dispatch: settings.dispatch,
        carrier: Carrier::Email(Box::new(Post {
            channel: EmailChannel::new(&aws.ses(), settings.mail_from, settings.configuration_set),
            writer: LetterWriter::new(links),
        })),
        pace,
        world,
    };
    run(service_fn(|event: LambdaEvent<SqsEvent>| {
        kabar_sending::send(&sender, EmailChannel::LONGEST_TRY, event)
    }))
    .await
}
