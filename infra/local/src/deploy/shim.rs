//! What is deployed instead of a program: a script that becomes the freshly built one.
//!
//! All functions share one script, which knows them by name. Nothing big is zipped or copied, and a rebuild is
//! live at the next start of a function.

use std::path::{Path, PathBuf};

use crate::settings::{STACK, quote};

/// What the shim becomes.
#[derive(Clone, Debug)]
pub(crate) enum Target {
    /// The function's own program in this folder.
    Binaries(PathBuf),
    /// This program in its `forward` mode, which passes each event on to `<url>/<function>/invocations`.
    Forward { program: PathBuf, url: String },
}

/// The script of one stack.
#[derive(Clone, Debug)]
pub(crate) struct Shim {
    script: String,
}

impl Shim {
    /// A script that sources `environment`, logs to `logs` and becomes `target`.
    pub(crate) fn new(target: &Target, environment: &Path, logs: &Path) -> Self {
        let program = match target {
            Target::Binaries(folder) => format!("{}/\"$name\"", path(folder)),
            Target::Forward { program, url } => {
                format!("{} forward {url}/\"$name\"/invocations", path(program))
            }
        };
        let script = format!(
            "#!/bin/sh\nname=\"${{AWS_LAMBDA_FUNCTION_NAME#{STACK}-}}\"; . {}\nexec {program} >>{}/\"$name\".log 2>&1\n",
            path(environment),
            path(logs),
        );
        Self { script }
    }

    pub(crate) fn script(&self) -> &str {
        &self.script
    }
}

fn path(path: &Path) -> String {
    quote(&path.display().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_becomes_the_program_named_like_the_function() {
        let target = Target::Binaries(PathBuf::from("/my code/debug"));
        let shim = Shim::new(&target, Path::new("/s/functions.env"), Path::new("/s/logs"));
        assert_eq!(
            shim.script(),
            "#!/bin/sh\nname=\"${AWS_LAMBDA_FUNCTION_NAME#kabar-}\"; . /s/functions.env\n\
             exec '/my code/debug'/\"$name\" >>/s/logs/\"$name\".log 2>&1\n"
        );
    }

    #[test]
    fn or_the_forwarder() {
        let target = Target::Forward {
            program: PathBuf::from("/t/kabar-local"),
            url: "http://x/functions".to_owned(),
        };
        let shim = Shim::new(&target, Path::new("/e"), Path::new("/l"));
        assert!(
            shim.script()
                .contains("exec /t/kabar-local forward http://x/functions/\"$name\"/invocations >>")
        );
    }
}
