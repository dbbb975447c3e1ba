//! Sends the text messages of a page, records each, and closes the page.

mod settings;

use std::sync::Arc;

use aws_lambda_events::sqs::SqsEvent;
use kabar_app::telling::{Carrier, Pace, Sender};
use kabar_courier::SmsChannel;
use kabar_domain::power::Channel;
use kabar_kit::{Aws, Env, SystemWorld, log_to_stdout, secret, web};
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
    let token = secret(&aws.ssm(), &settings.token).await?;
    let notices = Notices::from(notices);
    let pace = Pace::per_second(Channel::Sms, settings.rate, notices.clone(), Arc::clone(&world));
    let url = &settings.gateway_url;
    let sender = Sender {
        people: people.into(),
        events: events.into(),
        grid: power.into(),
        mailings: mailings.into(),
        notices,
        lanes: settings.lanes,
        dispatch: settings.dispatch,
        carrier: Carrier::Sms(Box::new(SmsChannel::new(web(url), url, &token)?)),
        pace,
        world,
    };
    run(service_fn(|event: LambdaEvent<SqsEvent>| {
        kabar_sending::send(&sender, SmsChannel::LONGEST_TRY, event)
    }))
    .await
}
