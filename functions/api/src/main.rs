//! Starts the API: settings, clients, secrets, routes.

use kabar_api::{Wiring, origins};
use kabar_kit::{Env, log_to_stdout};
use lambda_http::{Error, run};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let mut env = Env::of_process();
    log_to_stdout(&mut env);
    let wiring = Wiring::read(&mut env);
    let origins = origins(&mut env);
    env.complete()?;
    run(kabar_api::service(wiring.app(), origins)).await
}
