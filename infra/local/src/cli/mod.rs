//! The command line of `cargo local`.

mod args;
mod detach;
mod down;
mod logs;
mod running;
mod up;

use std::process::ExitCode;

use crate::error::{Error, Explain, Result};
use crate::forward;
use crate::tools::Tools;

use args::Command;

/// Runs one command; what goes wrong is one line on standard error.
pub fn run(arguments: Vec<String>) -> ExitCode {
    match args::parse(&arguments).map_err(Error::new).and_then(execute) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("cargo local: {error}");
            ExitCode::FAILURE
        }
    }
}

fn execute(command: Command) -> Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.explain(|| "Cannot make an async runtime".to_owned())?;
    runtime.block_on(async {
        match command {
            Command::Up(up) if up.detach => detach::start(&up).await,
            Command::Up(up) => up::run(&up).await,
            Command::Down { port } => down::run(port).await,
            Command::Tools => tools().await,
            Command::Forward { target } => forward::forward(&target).await,
            Command::Help => {
                print!("{}", args::HELP);
                Ok(())
            }
        }
    })
}

/// Makes all environments and prints their program folders, in the order they belong in PATH.
async fn tools() -> Result<()> {
    let cloud = Tools::cloud(true).await?;
    let deploy = Tools::deploy(true).await?;
    let contract = Tools::contract(true).await?;
    for folder in [deploy.zig().await?, deploy.bin(), cloud.bin(), contract.bin()] {
        println!("{}", folder.display());
    }
    Ok(())
}
