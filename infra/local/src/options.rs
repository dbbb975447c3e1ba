//! What can be chosen about a stack.

use std::path::PathBuf;

/// How to start a stack; the default is what a test wants: free ports, its own folder, swept away at the end.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Port of the gate on 127.0.0.1; none (or 0) picks a free one.
    pub port: Option<u16>,
    /// Folder for logs and settings of this stack; by default `.local/<port>` of the workspace.
    pub data_dir: Option<PathBuf>,
    /// Keep the folder when the stack ends.
    pub keep_data: bool,
    /// Folder with the functions' binaries and `operator`; by default they are built and found through cargo.
    pub binaries: Option<PathBuf>,
    /// Name of the superuser; by default `KABAR_SUPERUSER`, else `superuser`.
    pub superuser: Option<String>,
    /// Password of the superuser; by default `KABAR_SUPERUSER_PASSWORD`, else a random one.
    pub superuser_password: Option<String>,
    /// Template parameters on top of those a local stack sets itself (`MailFrom`, `SesRate`, `Architecture`).
    pub parameters: Vec<(String, String)>,
    /// Serve the functions by `cargo lambda watch`, which rebuilds them when their source changes.
    pub watch: bool,
    /// Say on standard error what is being done.
    pub progress: bool,
}

impl Options {
    /// The same with one template parameter set.
    #[must_use]
    pub fn with_parameter(mut self, name: &str, value: &str) -> Self {
        self.parameters.push((name.to_owned(), value.to_owned()));
        self
    }

    pub(crate) fn say(&self, line: &str) {
        if self.progress {
            eprintln!("{line}");
        }
    }
}
