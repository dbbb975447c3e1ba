//! Clears away what hung on what was deleted: at once when its queue says so, and every minute what a queue forgot or
//! a crash left behind.

mod handler;

use std::sync::Arc;

use handler::Call;
use kabar_app::events::Remover;
use kabar_courier::{DispatchQueue, OnUse, PosterBucket, RemovalQueue};
use kabar_kit::{Aws, Env, SystemWorld, log_to_stdout};
use lambda_runtime::{Error, LambdaEvent, run, service_fn};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let mut env = Env::of_process();
    log_to_stdout(&mut env);
    let aws = Aws::new(&mut env);
    let tables = ["EVENTS_TABLE", "POWER_TABLE", "NOTICES_TABLE"].map(|name| env.text(name));
    let posters = env.text("POSTER_BUCKET");
    let sqs = OnUse::new(aws.sqs());
    let removals = RemovalQueue {
        client: sqs.clone(),
        url: env.text("REMOVAL_QUEUE_URL"),
    };
    let dispatch = DispatchQueue {
        client: sqs,
        url: env.text("DISPATCH_QUEUE_URL"),
    };
    env.complete()?;

    let world: Arc<dyn kabar_domain::World> = Arc::new(SystemWorld);
    let client = aws.dynamodb();
    let [events, power, notices] = tables.map(|name| kabar_store::table(&client, &name, &world));
    let remover = Remover {
        events: events.into(),
        grid: power.into(),
        notices: notices.into(),
        dispatch,
        posters: PosterBucket {
            client: OnUse::new(aws.s3()),
            name: posters,
            world: Arc::clone(&world),
        },
        removals,
        world,
    };

    let clear = |event: LambdaEvent<Call>| handler::clear(&remover, event);
    run(service_fn(clear)).await
}
