//! Starts the console: settings, clients, routes.

use std::sync::Arc;

use kabar_app::power::Board;
use kabar_console::Site;
use kabar_kit::{Aws, Env, SystemWorld, log_to_stdout};
use lambda_http::{Error, run};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let mut env = Env::of_process();
    log_to_stdout(&mut env);
    let aws = Aws::new(&mut env);
    let power = env.text("POWER_TABLE");
    let site = Site {
        url: env.text("PUBLIC_URL"),
        bot: env.text("TELEGRAM_BOT"),
    };
    env.complete()?;

    let world: Arc<dyn kabar_domain::World> = Arc::new(SystemWorld);
    let power = kabar_store::table(&aws.dynamodb(), &power, &world);
    power.warm().await?;
    let board = Board {
        grid: power.into(),
        world,
    };
    run(kabar_console::service(board, site)).await
}
