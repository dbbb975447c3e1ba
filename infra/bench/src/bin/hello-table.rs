//! The least that a function with one call to `DynamoDB` can be: what a call costs, on the machine of the measurement.

use std::sync::Arc;

use kabar_kit::{Aws, Env, SystemWorld};
use lambda_runtime::{Error, LambdaEvent, run, service_fn};
use serde_json::Value;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let mut env = Env::of_process();
    let aws = Aws::new(&mut env);
    let name = env.text("POWER_TABLE");
    env.complete()?;
    let world: Arc<dyn kabar_domain::World> = Arc::new(SystemWorld);
    let table = kabar_store::table(&aws.dynamodb(), &name, &world);
    run(service_fn(async |event: LambdaEvent<Value>| {
        table.warm().await?;
        Ok::<Value, Error>(event.payload)
    }))
    .await
}
