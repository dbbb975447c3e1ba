//! What was asked for on the command line.

use std::path::PathBuf;

/// Where the gate listens unless told otherwise.
pub(super) const PORT: u16 = 8000;

pub(super) const HELP: &str = "\
Kabar on this machine: an emulated cloud with the real template, and a page of what left the system.

  cargo local              start everything, print addresses, follow the logs; Ctrl-C ends it
    --demo                 add believable data
    --detach               return when all is ready; `cargo local down` ends it
    --watch                rebuild functions when their source changes (cargo lambda watch)
    --port <number>        where the gate listens (default 8000)
    --binaries <folder>    run the programs in this folder instead of building the workspace
  cargo local down         end what --detach started; --port as there
  cargo local tools        prepare the Python tools, print their program folders
  cargo local help         this text
";

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Command {
    Up(Up),
    Down { port: u16 },
    Tools,
    Forward { target: String },
    Help,
}

/// How to start.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Up {
    pub(super) port: u16,
    pub(super) demo: bool,
    pub(super) detach: bool,
    pub(super) watch: bool,
    pub(super) binaries: Option<PathBuf>,
    /// Hidden: this is the background process that `--detach` started.
    pub(super) background: bool,
}

impl Up {
    /// The command that ends this stack.
    pub(super) fn down(&self) -> String {
        if self.port == PORT {
            return "`cargo local down`".to_owned();
        }
        format!("`cargo local down --port {}`", self.port)
    }
}

pub(super) fn parse(arguments: &[String]) -> Result<Command, String> {
    let mut words = arguments.iter().map(String::as_str).peekable();
    let name = words.next_if(|word| !word.starts_with('-')).unwrap_or("up");
    let mut up = Up {
        port: PORT,
        ..Up::default()
    };
    let mut rest = Vec::new();
    while let Some(word) = words.next() {
        match word {
            "--port" => up.port = parse_port(words.next().unwrap_or_default())?,
            "--binaries" => {
                up.binaries = Some(
                    words
                        .next()
                        .map(PathBuf::from)
                        .ok_or("--binaries needs a folder.")?,
                );
            }
            "--demo" => up.demo = true,
            "--detach" => up.detach = true,
            "--watch" => up.watch = true,
            "--background" => up.background = true,
            "--help" | "-h" => return Ok(Command::Help),
            other => rest.push(other),
        }
    }
    match (name, rest.as_slice()) {
        ("up", []) => Ok(Command::Up(up)),
        ("down", []) => Ok(Command::Down { port: up.port }),
        ("tools", []) => Ok(Command::Tools),
        ("help", []) => Ok(Command::Help),
        ("forward", [target]) => Ok(Command::Forward {
            target: (*target).to_owned(),
        }),
        ("up" | "down" | "tools" | "help", [unknown, ..]) => {
            Err(format!("What is {unknown}? See `cargo local help`."))
        }
        (unknown, _) => Err(format!("What is {unknown}? See `cargo local help`.")),
    }
}

fn parse_port(text: &str) -> Result<u16, String> {
    match text.parse() {
        Ok(port) if port > 0 => Ok(port),
        _ => Err("--port needs a number from 1 to 65535.".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse_line(line: &str) -> Result<Command, String> {
        parse(&line.split_whitespace().map(str::to_owned).collect::<Vec<_>>())
    }

    #[test]
    fn nothing_means_start() {
        let up = Up {
            port: 8000,
            ..Up::default()
        };
        assert_eq!(parse_line(""), Ok(Command::Up(up.clone())));
        let demo = Up {
            demo: true,
            detach: true,
            port: 8123,
            ..up
        };
        assert_eq!(parse_line("--demo --port 8123 --detach"), Ok(Command::Up(demo)));
    }

    #[test]
    fn commands_are_known_by_name() {
        assert_eq!(parse_line("down"), Ok(Command::Down { port: 8000 }));
        assert_eq!(parse_line("down --port 9"), Ok(Command::Down { port: 9 }));
        assert_eq!(parse_line("tools"), Ok(Command::Tools));
        assert_eq!(parse_line("--help"), Ok(Command::Help));
        assert_eq!(
            parse_line("forward http://x"),
            Ok(Command::Forward {
                target: "http://x".to_owned()
            })
        );
    }

    #[test]
    fn mistakes_are_named() {
        assert_eq!(
            parse_line("--prot 1"),
            Err("What is --prot? See `cargo local help`.".to_owned())
        );
        assert!(parse_line("--port zero").unwrap_err().contains("1 to 65535"));
        assert!(parse_line("start").is_err());
    }
}
