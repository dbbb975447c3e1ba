//! Links a function so that it lies at one place in memory.
//!
//! A program that may lie anywhere has its own addresses put right at each start: the console 37,000 of them on 180 pages,
//! an eighth of the time until it is ready and half a megabyte (`infra/bench`). What is given up is that the program itself
//! lies elsewhere each time; heap, stack and libraries still do. Of what is in it only dependencies have `unsafe`, or are C.

#[expect(
    clippy::disallowed_methods,
    reason = "Cargo tells a build script by its environment what it builds for"
)]
fn main() {
    println!("cargo::rerun-if-changed=../../shared/kit/link.rs");
    if std::env::var("CARGO_CFG_TARGET_OS").as_deref() == Ok("linux") {
        println!("cargo::rustc-link-arg-bins=-no-pie");
    }
}
