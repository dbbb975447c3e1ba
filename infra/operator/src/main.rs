//! Commands for whoever runs an installation. See README.md.

mod superuser;

use std::{process::ExitCode, sync::Arc};

use kabar_kit::{Aws, Env, SystemWorld, cause_chain};

const USAGE: &str = "usage: operator superuser --username NAME --email ADDRESS --password-stdin";

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match run(&arguments).await {
        Ok(done) => {
            println!("{done}");
            ExitCode::SUCCESS
        }
        Err(problem) => {
            eprintln!("{problem}");
            ExitCode::FAILURE
        }
    }
}

async fn run(arguments: &[String]) -> Result<String, String> {
    let [
        "superuser",
        "--username",
        username,
        "--email",
        email,
        "--password-stdin",
    ] = arguments.iter().map(String::as_str).collect::<Vec<_>>()[..]
    else {
        return Err(USAGE.to_owned());
    };
    let mut env = Env::of_process();
    let aws = Aws::new(&mut env);
    let table = env.text("PEOPLE_TABLE");
    env.complete().map_err(|error| error.to_string())?;
    let world: Arc<dyn kabar_domain::World> = Arc::new(SystemWorld);
    let people = kabar_store::table(&aws.dynamodb(), &table, &world).into();
    superuser::make(&people, &*world, username, email)
        .await
        .map_err(|error| cause_chain(&*error))
}
