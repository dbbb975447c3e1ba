//! Every minute: decides which homes and regions have power, opens and closes outages, writes the news.

mod report;

use std::sync::Arc;

use kabar_app::power::Checker;
use kabar_courier::{Canary, DispatchQueue, OnUse, Prober, look_up};
use kabar_kit::{Aws, Env, SystemWorld, Trigger, log_to_stdout, tls, web};
use lambda_runtime::{Error, LambdaEvent, run, service_fn};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let mut env = Env::of_process();
    log_to_stdout(&mut env);
    let aws = Aws::new(&mut env);
    let (power, notices) = (env.text("POWER_TABLE"), env.text("NOTICES_TABLE"));
    let dispatch = DispatchQueue {
        client: OnUse::new(aws.sqs()),
        url: env.text("DISPATCH_QUEUE_URL"),
    };
    let site = env.text("PUBLIC_URL");
    env.complete()?;

    let world: Arc<dyn kabar_domain::World> = Arc::new(SystemWorld);
    let client = aws.dynamodb();
    let power = kabar_store::table(&client, &power, &world);
    let notices = kabar_store::table(&client, &notices, &world);
    let checker = Checker {
        grid: power.into(),
        notices: notices.into(),
        dispatch,
        canary: Canary::new(web(&site), &site),
        prober: Prober::new(look_up(), tls),
        world,
    };

    let check = |event: LambdaEvent<Trigger>| {
        let checker = &checker;
        async move { report::checked(checker.check(event.payload.time).await, &*checker.world) }
    };
    run(service_fn(check)).await
}
