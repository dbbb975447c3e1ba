//! Writes every letter into a folder, as HTML, text and mail, for whoever changes words to look at.
#![expect(
    clippy::unwrap_used,
    reason = "the samples are those of the tests, whose readers must exist"
)]

#[path = "../tests/letters/samples.rs"]
mod samples;
#[path = "../tests/letters/stories.rs"]
mod stories;

use std::{env, error::Error, fs, path::PathBuf};

fn main() -> Result<(), Box<dyn Error>> {
    let folder = env::args_os().nth(1).map(PathBuf::from);
    let folder = folder.ok_or("name a folder: cargo run -p kabar-courier --example letters -- FOLDER")?;
    fs::create_dir_all(&folder)?;
    let samples = samples::samples();
    for sample in &samples {
        let (path, letter) = (folder.join(&sample.name), sample.letter());
        fs::write(path.with_extension("html"), letter.html)?;
        fs::write(
            path.with_extension("txt"),
            format!("{}\n\n{}", letter.subject, letter.text),
        )?;
        fs::write(path.with_extension("eml"), sample.mime())?;
    }
    println!("{} letters in {}", samples.len(), folder.display());
    Ok(())
}
