//! The first person of a fresh stack, made by the same `operator` that an installation uses.

use std::path::Path;

use tokio::process::Command;

use crate::error::{Error, Result};
use crate::options::Options;
use crate::settings::Settings;
use crate::{outside, process};

/// Name and password of a superuser.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Superuser {
    pub(crate) name: String,
    pub(crate) password: String,
}

impl Superuser {
    /// As the options say, else the environment, else a usual name and a password nobody knows yet.
    pub(crate) fn choose(options: &Options) -> Result<Self> {
        let name = options
            .superuser
            .clone()
            .or_else(|| outside::variable("KABAR_SUPERUSER"));
        let password = options
            .superuser_password
            .clone()
            .or_else(|| outside::variable("KABAR_SUPERUSER_PASSWORD"));
        let password = match password {
            Some(password) => password,
            None => format!("local-{}", outside::random_hex(8)?),
        };
        Ok(Self {
            name: name.unwrap_or_else(|| "superuser".to_owned()),
            password,
        })
    }

    /// Writes the superuser into the stack's tables.
    pub(crate) async fn make(&self, binaries: &Path, settings: &Settings) -> Result<()> {
        let operator = binaries.join("operator");
        if !operator.exists() {
            return Err(Error::new(format!(
                "There is no operator program in {}.",
                binaries.display()
            )));
        }
        let mut command = Command::new(operator);
        let email = format!("{}@example.com", self.name);
        command.args([
            "superuser",
            "--username",
            &self.name,
            "--email",
            &email,
            "--password-stdin",
        ]);
        command.envs(settings.iter().map(|(name, value)| (name, value)));
        process::output(&mut command, Some(&self.password))
            .await
            .map(|_| ())
    }
}
