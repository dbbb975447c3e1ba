//! Writes the reminders that are due: every 15 minutes, and at once when its queue says so.

mod handler;

use std::sync::Arc;

use handler::Call;
use kabar_app::events::Reminder;
use kabar_courier::{DispatchQueue, OnUse};
use kabar_kit::{Aws, Env, SystemWorld, log_to_stdout};
use lambda_runtime::{Error, LambdaEvent, run, service_fn};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let mut env = Env::of_process();
    log_to_stdout(&mut env);
    let aws = Aws::new(&mut env);
    let tables = ["EVENTS_TABLE", "NOTICES_TABLE"].map(|name| env.text(name));
    let dispatch = DispatchQueue {
        client: OnUse::new(aws.sqs()),
        url: env.text("DISPATCH_QUEUE_URL"),
    };
    env.complete()?;

    let world: Arc<dyn kabar_domain::World> = Arc::new(SystemWorld);
    let client = aws.dynamodb();
    let [events, notices] = tables.map(|name| kabar_store::table(&client, &name, &world));
    let reminder = Reminder {
        events: events.into(),
        notices: notices.into(),
        dispatch,
        world,
    };

    let remind = |event: LambdaEvent<Call>| handler::remind(&reminder, event);
    run(service_fn(remind)).await
}
