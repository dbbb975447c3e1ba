use std::ops::AddAssign;

/// What a check did, in counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct CheckReport {
    /// Homes looked at.
    pub homes: u32,
    /// Homes that came to be something else.
    pub homes_turned: u32,
    /// Targets of probes tried.
    pub probes: u32,
    /// Those of which that brought no word.
    pub probes_unclear: u32,
    /// Regions looked at.
    pub regions: u32,
    /// Outages of regions opened.
    pub outages_opened: u32,
    /// Outages of regions closed.
    pub outages_closed: u32,
    /// Planned cuts looked at.
    pub planned: u32,
    /// Planned cuts that people are told of, or of whose changes.
    pub planned_told: u32,
    /// What somebody else changed at the same moment, or there was no time for; it is due again.
    pub left_for_next: u32,
    /// Notices whose queue did not take them; mailing-dispatch finds them by itself.
    pub not_queued: u32,
    /// Whether our own device is not heard: nobody's silence counts then.
    pub is_intake_failing: bool,
}

impl AddAssign for CheckReport {
    fn add_assign(&mut self, more: Self) {
        self.homes += more.homes;
        self.homes_turned += more.homes_turned;
        self.probes += more.probes;
        self.probes_unclear += more.probes_unclear;
        self.regions += more.regions;
        self.outages_opened += more.outages_opened;
        self.outages_closed += more.outages_closed;
        self.planned += more.planned;
        self.planned_told += more.planned_told;
        self.left_for_next += more.left_for_next;
        self.not_queued += more.not_queued;
        self.is_intake_failing |= more.is_intake_failing;
    }
}
