//! Commands for whoever runs an installation. See README.md.

mod seats;
mod subscribers;
mod superuser;

use std::{process::ExitCode, sync::Arc};

use kabar_domain::{World, ids::EventId};
use kabar_kit::{Aws, Env, SystemWorld, cause_chain};
use kabar_store::Table;

const USAGE: &str = "usage: operator superuser --username NAME --email ADDRESS --password-stdin
       operator seats [--event ID] [--repair]
       operator subscribers list
       operator subscribers add|remove|test CHAT";

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
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let world: Arc<dyn World> = Arc::new(SystemWorld);
    let done = match arguments[..] {
        [
            "superuser",
            "--username",
            username,
            "--email",
            email,
            "--password-stdin",
        ] => {
            let people = table("PEOPLE_TABLE", &world)?.into();
            superuser::make(&people, &*world, username, email).await
        }
        ["seats", ref options @ ..] => {
            let (event, is_to_repair) = match *options {
                [] => (None, false),
                ["--repair"] => (None, true),
                ["--event", id] => (Some(id), false),
                ["--event", id, "--repair"] => (Some(id), true),
                _ => return Err(USAGE.to_owned()),
            };
            let no_event = || "--event: There is no such event.".to_owned();
            let event = event
                .map(|id| EventId::parse(id).ok_or_else(no_event))
                .transpose()?;
            let events = table("EVENTS_TABLE", &world)?.into();
            seats::recount(&events, event, is_to_repair).await
        }
        ["subscribers", ref options @ ..] => {
            let grid = || table("POWER_TABLE", &world).map(Into::into);
            match *options {
                ["list"] => subscribers::list(&grid()?).await,
                ["add", chat] => subscribers::add(&grid()?, &*world, chat).await,
                ["remove", chat] => subscribers::remove(&grid()?, chat).await,
                ["test", chat] => {
                    let notices = table("NOTICES_TABLE", &world)?.into();
                    subscribers::test(&grid()?, &notices, &*world, chat).await
                }
                _ => return Err(USAGE.to_owned()),
            }
        }
        _ => return Err(USAGE.to_owned()),
    };
    done.map_err(|error| cause_chain(&*error))
}

/// The table whose name is in this setting.
fn table(setting: &str, world: &Arc<dyn World>) -> Result<Table, String> {
    let mut env = Env::of_process();
    let aws = Aws::new(&mut env);
    let name = env.text(setting);
    env.complete().map_err(|error| error.to_string())?;
    Ok(kabar_store::table(&aws.dynamodb(), &name, world))
}
