//! Hears what SES says of mails that it took: marks messages, suppresses addresses, stops mailings.

mod handler;
mod report;

use std::sync::Arc;

use aws_lambda_events::sqs::SqsEvent;
use kabar_app::telling::Listener;
use kabar_domain::news::Limits;
use kabar_kit::{Aws, Env, SystemWorld, log_to_stdout};
use lambda_runtime::{Error, LambdaEvent, run, service_fn};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let mut env = Env::of_process();
    log_to_stdout(&mut env);
    let aws = Aws::new(&mut env);
    let table = env.text("NOTICES_TABLE");
    let topic = env.text("FEEDBACK_TOPIC");
    let limits = Limits {
        minimum: env.parsed("BRAKE_MINIMUM"),
        bounce_percent: percent(&mut env, "BRAKE_BOUNCE_PERCENT"),
        complaint_percent: percent(&mut env, "BRAKE_COMPLAINT_PERCENT"),
    };
    env.complete()?;

    let world: Arc<dyn kabar_domain::World> = Arc::new(SystemWorld);
    let notices = kabar_store::table(&aws.dynamodb(), &table, &world);
    let listener = Listener {
        notices: notices.into(),
        limits,
        world,
    };
    let hear = |event: LambdaEvent<SqsEvent>| handler::hear(&listener, &topic, event);
    run(service_fn(hear)).await
}

fn percent(env: &mut Env, name: &str) -> f64 {
    let percent = env.parsed(name);
    if !(0.0..=100.0).contains(&percent) {
        env.problem(name, "must be between 0 and 100");
    }
    percent
}
