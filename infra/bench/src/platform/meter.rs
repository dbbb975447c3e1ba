use std::{
    collections::BTreeMap,
    ops::AddAssign,
    sync::{Mutex, MutexGuard, PoisonError},
};

/// What requests used.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Use {
    pub(crate) requests: f64,
    /// Those of them that a condition refused. They cost write units too, which the engine does not report.
    pub(crate) refused: f64,
    pub(crate) read: f64,
    pub(crate) write: f64,
}

impl AddAssign for Use {
    fn add_assign(&mut self, other: Self) {
        self.requests += other.requests;
        self.refused += other.refused;
        self.read += other.read;
        self.write += other.write;
    }
}

impl Use {
    /// Each one's part of what so many used.
    pub(crate) fn each(self, times: f64) -> Self {
        Self {
            requests: self.requests / times,
            refused: self.refused / times,
            read: self.read / times,
            write: self.write / times,
        }
    }
}

/// Requests to services, by the function that made them and the operation.
#[derive(Debug, Default)]
pub(crate) struct Meter(Mutex<BTreeMap<(String, String), Use>>);

impl Meter {
    fn uses(&self) -> MutexGuard<'_, BTreeMap<(String, String), Use>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn count(&self, function: &str, operation: &str, used: Use) {
        *self
            .uses()
            .entry((function.to_owned(), operation.to_owned()))
            .or_default() += used;
    }

    /// What was used since the last call.
    pub(crate) fn take(&self) -> BTreeMap<(String, String), Use> {
        std::mem::take(&mut self.uses())
    }
}
