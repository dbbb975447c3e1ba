//! A running stack, owned: it ends when its owner does.

use std::path::{Path, PathBuf};
use std::thread::{self, JoinHandle};

use tokio::sync::oneshot;

use crate::error::{Error, Explain, Result};
use crate::options::Options;
use crate::settings::Settings;
use crate::start::{Started, start};
use crate::superuser::Superuser;

/// What an owner may know about a running stack.
#[derive(Clone, Debug)]
pub(crate) struct Facts {
    pub(crate) url: String,
    pub(crate) superuser: Superuser,
    pub(crate) environment: Settings,
    pub(crate) folder: PathBuf,
}

/// Kabar running on this machine, ended when this is dropped.
///
/// It lives on a thread with a runtime of its own, so that tests, each with a runtime of its own, can share one.
#[derive(Debug)]
pub struct Local {
    facts: Facts,
    // Never read: it stops the stack when it is dropped.
    _life: Life,
}

impl Local {
    /// Starts a stack and returns when it is ready. Dropping the future stops what was started.
    ///
    /// # Errors
    /// One line that says what is missing or went wrong, and what to do.
    pub async fn start(options: Options) -> Result<Self> {
        let (ready, is_ready) = oneshot::channel();
        let life = Life::begin(options, ready)?;
        let facts = is_ready
            .await
            .explain(|| "The local stack ended while it was starting".to_owned())??;
        Ok(Self { facts, _life: life })
    }

    /// The address of the gate, such as `http://localhost:8000`: the app, and `/_local/` beside it.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.facts.url
    }

    /// Name of the superuser.
    #[must_use]
    pub fn superuser(&self) -> &str {
        &self.facts.superuser.name
    }

    /// Password of the superuser.
    #[must_use]
    pub fn superuser_password(&self) -> &str {
        &self.facts.superuser.password
    }

    /// Everything that `.local/env` says: addresses, credentials, names of tables, queues and functions.
    #[must_use]
    pub fn env(&self) -> &[(String, String)] {
        &self.facts.environment
    }

    /// The folder with the logs of this stack's functions (`logs/<function>.log`) and emulator.
    #[must_use]
    pub fn data_dir(&self) -> &Path {
        &self.facts.folder
    }
}

/// The thread a stack lives on.
#[derive(Debug)]
struct Life {
    end: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Life {
    fn begin(options: Options, ready: oneshot::Sender<Result<Facts>>) -> Result<Self> {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build();
        let runtime = runtime.explain(|| "Cannot make an async runtime".to_owned())?;
        let (end, is_over) = oneshot::channel();
        let live = move || runtime.block_on(live(options, ready, is_over));
        let thread = thread::Builder::new().name("kabar-local".to_owned()).spawn(live);
        let thread = thread.explain(|| "Cannot start a thread".to_owned())?;
        Ok(Self {
            end: Some(end),
            thread: Some(thread),
        })
    }
}

impl Drop for Life {
    fn drop(&mut self) {
        drop(self.end.take());
        if let Some(thread) = self.thread.take() {
            // It ended; how does not matter any more.
            let _ = thread.join();
        }
    }
}

async fn live(options: Options, ready: oneshot::Sender<Result<Facts>>, mut is_over: oneshot::Receiver<()>) {
    let started = tokio::select! {
        started = start(&options) => started,
        // Given up while starting: what was started ends as it is dropped.
        _ = &mut is_over => Err(Error::new("The start was given up.")),
    };
    match started {
        Ok((facts, mut stack)) => {
            // Whoever asked may be gone by now; then the end has come already.
            let _ = ready.send(Ok(facts));
            let _ = is_over.await;
            Started::stop(&mut stack).await;
        }
        Err(error) => {
            let _ = ready.send(Err(error));
        }
    }
}
