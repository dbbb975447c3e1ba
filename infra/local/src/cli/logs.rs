//! Follows the logs of the functions on the terminal.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde_json::Value;

use crate::error::Result;

const POLL: Duration = Duration::from_millis(200);

/// Prints every new line of the folder's logs until it is dropped.
pub(super) async fn follow(folder: &Path) -> Result<()> {
    let mut read = BTreeMap::<PathBuf, u64>::new();
    loop {
        let entries = fs::read_dir(folder).into_iter().flatten().flatten();
        for file in entries.map(|entry| entry.path()) {
            let from = read.entry(file.clone()).or_default();
            let new = lines_after(&file, from);
            let name = file
                .file_stem()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            for line in new.lines().filter(|line| !is_metric(line)) {
                println!("{name:>16} │ {}", readable(line));
            }
        }
        tokio::time::sleep(POLL).await;
    }
}

/// The whole lines after `from`, which is moved behind them; a file that is gone has none.
fn lines_after(file: &Path, from: &mut u64) -> String {
    let mut bytes = Vec::new();
    let read = File::open(file).and_then(|mut file| {
        file.seek(SeekFrom::Start(*from))?;
        file.read_to_end(&mut bytes)
    });
    if read.is_err() {
        return String::new();
    }
    let whole = bytes
        .iter()
        .rposition(|byte| *byte == b'\n')
        .map_or(0, |end| end + 1);
    *from += whole as u64;
    String::from_utf8_lossy(&bytes[..whole]).into_owned()
}

/// A line that CloudWatch would take as figures, not as something to read.
fn is_metric(line: &str) -> bool {
    line.contains("\"CloudWatchMetrics\"")
}

/// A JSON line as level, message and fields; any other line as it is.
fn readable(line: &str) -> String {
    let Ok(Value::Object(mut entry)) = serde_json::from_str(line) else {
        return line.to_owned();
    };
    let mut take = |name: &str| entry.remove(name).map(|value| plain(&value));
    take("timestamp");
    take("target");
    let level = take("level").unwrap_or_default();
    let message = take("message").unwrap_or_default();
    // tracing nests the fields unless it is told to flatten them.
    if let Some(Value::Object(fields)) = entry.remove("fields") {
        entry.extend(fields);
    }
    let message = entry.remove("message").map_or(message, |nested| plain(&nested));
    let fields: Vec<String> = entry
        .iter()
        .map(|(name, value)| format!("{name}={}", plain(value)))
        .collect();
    format!("{level:<5} {message} {}", fields.join(" "))
        .trim_end()
        .to_owned()
}

fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_json_line_becomes_readable() {
        let line = r#"{"timestamp":"t","level":"INFO","message":"served","route":"/api/","status":200}"#;
        assert_eq!(readable(line), "INFO  served route=/api/ status=200");
        let nested = r#"{"level":"WARN","fields":{"message":"late","seconds":3},"target":"x"}"#;
        assert_eq!(readable(nested), "WARN  late seconds=3");
        assert_eq!(readable("panicked at"), "panicked at");
    }
}
