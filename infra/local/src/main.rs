//! `cargo local`: see the README of this crate.

use std::process::ExitCode;

fn main() -> ExitCode {
    kabar_local::cli::run(std::env::args().skip(1).collect())
}
