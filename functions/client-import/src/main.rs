//! Works through files of clients, as its queue says.

mod handler;

use std::sync::Arc;

use aws_lambda_events::sqs::SqsEvent;
use kabar_app::mailings::Importer;
use kabar_courier::{ImportBucket, ImportQueue, OnUse};
use kabar_kit::{Aws, Env, SystemWorld, log_to_stdout};
use lambda_runtime::{Error, LambdaEvent, run, service_fn};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let mut env = Env::of_process();
    log_to_stdout(&mut env);
    let aws = Aws::new(&mut env);
    let mailings = env.text("MAILINGS_TABLE");
    let files = ImportBucket {
        client: OnUse::new(aws.s3()),
        name: env.text("IMPORT_BUCKET"),
    };
    let queue = ImportQueue {
        client: OnUse::new(aws.sqs()),
        url: env.text("IMPORT_QUEUE_URL"),
    };
    env.complete()?;

    let world: Arc<dyn kabar_domain::World> = Arc::new(SystemWorld);
    let mailings = kabar_store::table(&aws.dynamodb(), &mailings, &world);
    let importer = Importer {
        mailings: mailings.into(),
        files,
        queue,
        world,
    };

    let import = |event: LambdaEvent<SqsEvent>| handler::import(&importer, event);
    run(service_fn(import)).await
}
