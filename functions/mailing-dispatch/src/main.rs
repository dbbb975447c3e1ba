//! Plans notices into pages: at once when its queue says so, and every minute what a queue forgot or a back-off
//! deferred.

mod handler;

use std::{collections::HashMap, sync::Arc};

use handler::Dispatch;
use kabar_app::telling::Planner;
use kabar_courier::{DispatchQueue, Lanes, OnUse};
use kabar_domain::news::Lane;
use kabar_kit::{Aws, Env, SystemWorld, log_to_stdout};
use lambda_runtime::{Error, LambdaEvent, run, service_fn};

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
    let urls = HashMap::from([
        (Lane::Urgent, env.text("URGENT_QUEUE_URL")),
        (Lane::Bulk, env.text("BULK_QUEUE_URL")),
        (Lane::Sms, env.text("SMS_QUEUE_URL")),
        (Lane::Telegram, env.text("TELEGRAM_QUEUE_URL")),
    ]);
    let sqs = OnUse::new(aws.sqs());
    let dispatch = DispatchQueue {
        client: sqs.clone(),
        url: env.text("DISPATCH_QUEUE_URL"),
    };
    env.complete()?;

    let world: Arc<dyn kabar_domain::World> = Arc::new(SystemWorld);
    let client = aws.dynamodb();
    let [people, events, power, mailings, notices] =
        tables.map(|name| kabar_store::table(&client, &name, &world));
    let lanes = Lanes { client: sqs, urls };
    let planner = Planner {
        people: people.into(),
        events: events.into(),
        grid: power.into(),
        mailings: mailings.into(),
        notices: notices.into(),
        dispatch,
        lanes,
        world,
    };

    let dispatch = |event: LambdaEvent<Dispatch>| handler::dispatch(&planner, event);
    run(service_fn(dispatch)).await
}
