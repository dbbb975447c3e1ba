use std::{
    fmt::{self, Display},
    str::FromStr,
};

/// The environment, read once at start. It notes all that is missing or wrong, to be said in one message.
#[derive(Debug)]
pub struct Env {
    read: fn(&str) -> Option<String>,
    problems: Vec<String>,
}

/// Settings that are missing or wrong, each by name.
#[derive(thiserror::Error)]
#[error("settings: {}", .0.join("; "))]
pub struct SettingsError(Vec<String>);

/// A function that cannot start prints its error by this form: it has to be the readable one.
impl fmt::Debug for SettingsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Display::fmt(self, f)
    }
}

impl Env {
    /// The environment of this process.
    #[must_use]
    pub fn of_process() -> Self {
        #[expect(
            clippy::disallowed_methods,
            reason = "this is the one place that reads the environment"
        )]
        let read = |name: &str| std::env::var(name).ok();
        Self::of(read)
    }

    /// An environment where each name has the value that `read` finds.
    pub(crate) fn of(read: fn(&str) -> Option<String>) -> Self {
        Self {
            read,
            problems: Vec::new(),
        }
    }

    /// A setting that must be there.
    pub fn text(&mut self, name: &str) -> String {
        self.parsed(name)
    }

    /// A setting that may be absent or empty.
    pub fn optional(&mut self, name: &str) -> Option<String> {
        (self.read)(name).filter(|value| !value.is_empty())
    }

    /// A setting that must be there and be a `T`. When it is not, that is noted and the default stands in until
    /// [`Self::complete`] refuses.
    pub fn parsed<T: FromStr<Err: Display> + Default>(&mut self, name: &str) -> T {
        let Some(value) = self.optional(name) else {
            self.problems.push(format!("{name} is missing"));
            return T::default();
        };
        value.parse().unwrap_or_else(|error| {
            self.problems.push(format!("{name} is wrong: {error}"));
            T::default()
        })
    }

    /// A setting that has a default.
    pub fn parsed_or<T: FromStr<Err: Display> + Default>(&mut self, name: &str, default: T) -> T {
        if self.optional(name).is_some() {
            self.parsed(name)
        } else {
            default
        }
    }

    /// Notes a problem that is found when a setting is used.
    pub fn problem(&mut self, name: &str, problem: impl Display) {
        self.problems.push(format!("{name} is wrong: {problem}"));
    }

    /// Ends the reading of settings.
    ///
    /// # Errors
    /// When any was missing or wrong; all of them are named.
    pub fn complete(self) -> Result<(), SettingsError> {
        if self.problems.is_empty() {
            Ok(())
        } else {
            Err(SettingsError(self.problems))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_that_is_missing_or_wrong_is_named_at_once() {
        let read = |name: &str| match name {
            "SES_RATE" => Some("fast".to_owned()),
            "PEOPLE_TABLE" => Some("people".to_owned()),
            "EMPTY" => Some(String::new()),
            _ => None,
        };
        let mut env = Env::of(read);
        assert_eq!(env.text("PEOPLE_TABLE"), "people");
        assert_eq!(env.parsed_or("ABSENT", 7), 7);
        let _: f64 = env.parsed("SES_RATE");
        env.text("EMPTY");
        env.text("POWER_TABLE");
        let said = env.complete().unwrap_err().to_string();
        assert_eq!(
            said,
            "settings: SES_RATE is wrong: invalid float literal; EMPTY is missing; POWER_TABLE is missing"
        );
    }
}
