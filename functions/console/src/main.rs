//! Starts the console: settings, clients, secrets, pages.

use kabar_api::Wiring;
use kabar_console::Site;
use kabar_kit::{Env, log_to_stdout};
use lambda_http::{Error, run};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let mut env = Env::of_process();
    log_to_stdout(&mut env);
    let wiring = Wiring::read(&mut env);
    let site = Site {
        url: env.text("PUBLIC_URL"),
        bot: env.text("TELEGRAM_BOT"),
    };
    env.complete()?;
    run(kabar_console::service(wiring.app(), site)).await
}
