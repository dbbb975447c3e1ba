use std::time::Duration;

use crate::{platform::Use, table::Table};

/// What an operation may use at most (DESIGN §3 and §8), beside the read that says who calls.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Budget {
    pub(super) requests: Option<f64>,
    pub(super) read: Option<f64>,
    pub(super) write: Option<f64>,
}

/// One thing that is asked for.
pub(super) const ONE: Budget = Budget {
    requests: Some(2.0),
    read: Some(2.0),
    write: None,
};
/// A page of fifty.
pub(super) const LIST: Budget = Budget {
    requests: Some(2.0),
    read: None,
    write: None,
};
pub(super) const LOGIN: Budget = Budget {
    requests: Some(4.0),
    read: None,
    write: None,
};
/// Two reads and a transaction, with the notice in it.
pub(super) const REGISTER: Budget = Budget {
    requests: Some(3.0),
    read: None,
    write: Some(14.0),
};
/// Nobody has said what it may use.
pub(super) const NONE: Budget = Budget {
    requests: None,
    read: None,
    write: None,
};
/// Microseconds of CPU that an operation may use beside its calls, whatever it is.
const OWN: f64 = 100.0;

/// What an operation used, each time.
pub(super) struct Row {
    pub(super) name: &'static str,
    pub(super) budget: Budget,
    /// Whether somebody was logged in, which takes a request and a unit.
    pub(super) is_signed: bool,
    pub(super) used: Use,
    pub(super) cpu: Duration,
}

impl Row {
    /// The row's cells; a call to a service costs so many microseconds.
    fn cells(&self, call: f64) -> [String; 8] {
        let signed = f64::from(u8::from(self.is_signed));
        let cpu = self.cpu.as_secs_f64() * 1e6;
        let own = cpu - self.used.requests * call;
        let over = [
            ("requests", self.used.requests - signed, self.budget.requests),
            ("read units", self.used.read - signed, self.budget.read),
            ("write units", self.used.write, self.budget.write),
            ("own CPU", own, Some(OWN)),
        ];
        let over = over
            .into_iter()
            .filter(|(_, used, most)| most.is_some_and(|most| *used > most));
        [
            self.name.to_owned(),
            format!("{:.2}", self.used.requests),
            format!("{:.1}", self.used.read),
            format!("{:.1}", self.used.write),
            format!("{signed}"),
            format!("{cpu:.0}"),
            format!("{own:.0}"),
            over.map(|(what, ..)| what).collect::<Vec<_>>().join(", "),
        ]
    }
}

/// Prints the rows.
pub(super) fn print(rows: &[Row], call: f64, runs: usize) {
    let mut table = Table::new(&[
        "operation",
        "requests",
        "read units",
        "write units",
        "of them to know who calls",
        "CPU µs",
        "own µs",
        "over its budget",
    ]);
    for row in rows {
        table.row(row.cells(call));
    }
    table.print(&format!(
        "Operations, each of {runs} or more; a call to a service costs {call:.0} µs here"
    ));
}
