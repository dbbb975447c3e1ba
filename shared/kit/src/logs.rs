use std::error::Error;

use tracing::Level;

use crate::Env;

/// Logs JSON lines to standard output, which Lambda keeps; `LOG_LEVEL` is the least level, `info` unless set.
///
/// A line says what was decided and carries fields to query. Bodies, tokens, names and addresses never appear in one.
pub fn log_to_stdout(env: &mut Env) {
    let level = env
        .parsed_or("LOG_LEVEL", Level::INFO.to_string())
        .parse()
        .unwrap_or_else(|_| {
            env.problem("LOG_LEVEL", "must be one of error, warn, info, debug, trace");
            Level::INFO
        });
    let subscriber = tracing_subscriber::fmt()
        .json()
        .flatten_event(true)
        .with_current_span(false)
        .with_span_list(false)
        .with_target(false)
        .with_max_level(level)
        .finish();
    // A second subscriber in the same process is a test's affair.
    let _ = tracing::subscriber::set_global_default(subscriber);
}

/// An error and its causes, from the outermost in.
#[must_use]
pub fn cause_chain(error: &(dyn Error + 'static)) -> String {
    let mut chain = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        chain.push_str(": ");
        chain.push_str(&error.to_string());
        cause = error.source();
    }
    chain
}
