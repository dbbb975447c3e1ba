//! `--watch`: cargo-lambda builds and runs the functions and does so again when their source changes.
//!
//! The emulator starts a forwarder for each function, which hands every event to `cargo lambda watch`.

use std::net::Ipv4Addr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use tokio::net::TcpStream;

use crate::binaries;
use crate::cloud::Cloud;
use crate::deploy::{Deployed, Target};
use crate::error::{Error, Result};
use crate::guard::Guarded;
use crate::layout::{self, StackFolder};
use crate::ministack::free_port;
use crate::options::Options;
use crate::outside;
use crate::settings::{self, STACK, Settings};
use crate::tools::Tools;

const POLL: Duration = Duration::from_millis(50);

/// `cargo lambda watch` of one stack.
pub(crate) struct Watch {
    forwarder: PathBuf,
    port: u16,
    process: Option<Guarded>,
}

impl Watch {
    /// Chooses where it will listen, which the shim must know before the functions exist.
    pub(crate) async fn prepare(binaries: &Path) -> Result<Self> {
        let forwarder = binaries.join("kabar-local");
        if !forwarder.exists() {
            return Err(Error::new(format!(
                "There is no kabar-local in {}, which --watch needs.",
                binaries.display()
            )));
        }
        Ok(Self {
            forwarder,
            port: free_port()?,
            process: None,
        })
    }

    pub(crate) fn target(&self) -> Target {
        let url = format!("http://127.0.0.1:{}/2015-03-31/functions", self.port);
        Target::Forward {
            program: self.forwarder.clone(),
            url,
        }
    }

    /// Starts it with everything the deployed functions have in their environment.
    pub(crate) async fn start(
        &mut self,
        cloud: &Cloud,
        deployed: &Deployed,
        for_functions: &Settings,
        folder: &StackFolder,
        options: &Options,
    ) -> Result<()> {
        let tools = Tools::deploy(options.progress).await?;
        let mut environment = Settings::new();
        for function in deployed.functions() {
            binaries::build_alone(
                function.trim_start_matches(&format!("{STACK}-")),
                options.progress,
            )
            .await?;
            let settings = cloud.function_settings(&function).await?;
            for (name, value) in settings.as_object().into_iter().flatten() {
                environment.push((name.clone(), value.as_str().unwrap_or_default().to_owned()));
            }
        }
        environment.sort();
        environment.dedup();
        environment.extend(for_functions.iter().cloned());
        let file = folder.file("watch.env");
        layout::write(&file, &settings::dotenv(&environment))?;
        let log = folder.logs().join("cargo-lambda.log");
        let port = self.port.to_string();
        let mut command = vec![tools.bin().join("cargo-lambda").into_os_string()];
        command.extend(
            [
                "lambda",
                "watch",
                "--invoke-address",
                "127.0.0.1",
                "--invoke-port",
                &port,
            ]
            .map(Into::into),
        );
        command.extend(["--concurrency", "8", "--env-file"].map(Into::into));
        command.push(file.into_os_string());
        let process = Guarded::start(command, &layout::workspace(), inherited(), &log)?;
        Self::until_listening(self.port, self.process.insert(process)).await?;
        options.say("Functions are rebuilt when their source changes.");
        Ok(())
    }

    /// A mistake of ours or of the workspace shows now, not as a function that never answers.
    async fn until_listening(port: u16, process: &mut Guarded) -> Result<()> {
        while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).await.is_err() {
            if process.has_ended() {
                return Err(Error::new(format!(
                    "cargo lambda watch ended: {}",
                    process.last_words()
                )));
            }
            tokio::time::sleep(POLL).await;
        }
        Ok(())
    }

    pub(crate) async fn stop(&mut self) {
        if let Some(process) = &mut self.process {
            process.stop().await;
        }
    }
}

/// What cargo needs to find itself and its caches.
fn inherited() -> Settings {
    let names = [
        "PATH",
        "HOME",
        "USER",
        "CARGO_HOME",
        "RUSTUP_HOME",
        "RUSTUP_TOOLCHAIN",
        "CARGO_TARGET_DIR",
        "LANG",
    ];
    let given = names
        .into_iter()
        .filter_map(|name| Some((name.to_owned(), outside::variable(name)?)));
    given
        .chain(settings::pairs(&[("CARGO_TERM_COLOR", "never")]))
        .collect()
}
