//! The order in which a stack comes up.

use std::net::Ipv4Addr;
use std::path::PathBuf;

use axum::serve::ListenerExt;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::binaries;
use crate::cloud::Cloud;
use crate::database::Database;
use crate::deploy::{self, Deployed, Shim, Target, Template};
use crate::error::{Error, Explain, Result};
use crate::gate::Gate;
use crate::layout::{self, StackFolder};
use crate::local::Facts;
use crate::ministack::Ministack;
use crate::options::Options;
use crate::secrets::Secrets;
use crate::settings::{self, Settings};
use crate::superuser::Superuser;
use crate::tools::Tools;
use crate::watch::Watch;

/// The running parts of a stack.
pub(crate) struct Started {
    ministack: Ministack,
    database: Database,
    watch: Option<Watch>,
    gate: JoinHandle<()>,
    // Its lock says that the stack is alive.
    _folder: StackFolder,
}

impl Started {
    pub(crate) async fn stop(&mut self) {
        self.gate.abort();
        if let Some(watch) = &mut self.watch {
            watch.stop().await;
        }
        self.ministack.stop().await;
    }
}

/// Starts everything; the parts that are up when a later one fails end as they are dropped.
pub(crate) async fn start(options: &Options) -> Result<(Facts, Started)> {
    // The port first: that it is taken should not be learnt after a minute of building.
    let (listener, port) = listen(options.port.unwrap_or(0)).await?;
    let folder = StackFolder::take(
        options.data_dir.clone(),
        port,
        options.port.is_none() && !options.keep_data,
    )?;
    let tools = Tools::cloud(options.progress).await?;
    let binaries = match &options.binaries {
        // The functions run in folders of their own.
        Some(folder) => folder
            .canonicalize()
            .explain(|| format!("There are no programs in {}", folder.display()))?,
        None => {
            options.say("Building the functions …");
            binaries::build(options.progress).await?
        }
    };

    options.say("Starting the emulated cloud …");
    let template = layout::workspace().join("template.yaml");
    let template = Template::read(&template, &tools);
    let (ministack, template) = tokio::join!(Ministack::start(&tools, &folder), template);
    let (ministack, template) = (ministack?, template?);
    let cloud = Cloud::new(ministack.url())?;
    let url = format!("http://localhost:{port}");
    let secrets = Secrets::draw()?;
    let database = Database::start()?;
    let gate = Gate::new(cloud.clone(), database.url(), secrets.clone())?;
    let serving = tokio::spawn(serve(listener, gate.clone()));
    let stack = Started {
        ministack,
        database,
        watch: None,
        gate: serving,
        _folder: folder,
    };
    finish(
        options,
        stack,
        Parts {
            cloud,
            gate,
            url,
            port,
            binaries,
            template,
            secrets,
        },
    )
    .await
}

struct Parts {
    cloud: Cloud,
    gate: Gate,
    url: String,
    port: u16,
    binaries: PathBuf,
    template: Template,
    secrets: Secrets,
}

/// Deploys into the running emulator and opens the gate.
async fn finish(options: &Options, mut stack: Started, parts: Parts) -> Result<(Facts, Started)> {
    let Parts {
        cloud,
        gate,
        url,
        port,
        binaries,
        template,
        secrets,
    } = parts;
    options.say("Deploying template.yaml …");
    let folder = &stack._folder;
    let for_functions = settings::functions(cloud.url(), port);
    layout::write(&folder.file("functions.env"), &settings::exports(&for_functions))?;
    let watch = if options.watch {
        Some(Watch::prepare(&binaries).await?)
    } else {
        None
    };
    let target = watch
        .as_ref()
        .map_or_else(|| Target::Binaries(binaries.clone()), Watch::target);
    let shim = Shim::new(&target, &folder.file("functions.env"), &folder.logs());
    let parameters = parameters(options, &url, port);
    let deployed = deploy::deploy(&cloud, template, &shim, &parameters, &secrets).await?;
    stack.database.make_tables(&cloud, &deployed).await?;
    if let Some(mut watch) = watch {
        watch
            .start(&cloud, &deployed, &for_functions, folder, options)
            .await?;
        stack.watch = Some(watch);
    }

    let superuser = Superuser::choose(options)?;
    let environment = environment(&url, &cloud, &stack.database, &superuser, &deployed);
    superuser.make(&binaries, &environment).await?;
    layout::write(&stack._folder.file("env"), &settings::dotenv(&environment))?;
    gate.open(deployed);
    let folder = stack._folder.path().to_owned();
    Ok((
        Facts {
            url,
            superuser,
            environment,
            folder,
        },
        stack,
    ))
}

async fn listen(port: u16) -> Result<(TcpListener, u16)> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))
        .await
        .map_err(|error| {
            let message = format!(
                "Port {port} is not free ({error}): stop what uses it, or choose another with --port."
            );
            Error::new(message)
        })?;
    let address = listener
        .local_addr()
        .explain(|| "The gate has no address".to_owned())?;
    Ok((listener, address.port()))
}

async fn serve(listener: TcpListener, gate: Gate) {
    // It serves until the task is aborted.
    let listener = listener.tap_io(|connection| {
        // A failure costs some milliseconds.
        let _ = connection.set_nodelay(true);
    });
    let _ = axum::serve(listener, gate.router()).await;
}

/// What a local stack chooses for itself; the options' own come last and win.
fn parameters(options: &Options, url: &str, port: u16) -> Settings {
    let architecture = if cfg!(target_arch = "aarch64") {
        "arm64"
    } else {
        "x86_64"
    };
    let gateway = format!("http://127.0.0.1:{port}/_local/sms");
    let bot_api = format!("http://127.0.0.1:{port}/_local/telegram");
    let mut parameters = settings::pairs(&[
        ("Architecture", architecture),
        ("MailFrom", "Kabar <kabar@example.com>"),
        ("PublicUrl", url),
        ("SmsGatewayUrl", &gateway),
        ("TelegramBot", "kabar_local_bot"),
        ("TelegramApiUrl", &bot_api),
        // Nobody's account is billed, and nobody wants to wait.
        ("SesRate", "200"),
        ("SmsRate", "200"),
    ]);
    parameters.extend(options.parameters.iter().cloned());
    parameters
}

fn environment(
    url: &str,
    cloud: &Cloud,
    database: &Database,
    superuser: &Superuser,
    deployed: &Deployed,
) -> Settings {
    let mut environment = settings::pairs(&[
        ("KABAR_URL", url),
        ("KABAR_SUPERUSER", &superuser.name),
        ("KABAR_SUPERUSER_PASSWORD", &superuser.password),
    ]);
    environment.extend(settings::aws(cloud.url()));
    environment.push((settings::DATABASE_URL.to_owned(), database.url().to_owned()));
    environment.extend(deployed.names());
    environment
}
