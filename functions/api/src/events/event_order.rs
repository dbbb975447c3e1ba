use kabar_domain::Invalid;
use kabar_store::Order;

/// In which order events are listed.
#[derive(Clone, Copy)]
pub(super) enum EventOrder {
    /// By when they were added.
    Newest,
    Oldest,
    /// By their start.
    Earliest,
    Latest,
}

impl EventOrder {
    const ALL: [Self; 4] = [Self::Newest, Self::Oldest, Self::Earliest, Self::Latest];

    /// Reads what a request says.
    ///
    /// # Errors
    /// When it is none of the four.
    pub(super) fn parse(raw: &str) -> Result<Self, Invalid> {
        let found = Self::ALL.into_iter().find(|order| order.name() == raw);
        found.ok_or_else(|| Invalid::because("Must be one of newest, oldest, earliest, latest."))
    }

    /// Its name in a request.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Newest => "newest",
            Self::Oldest => "oldest",
            Self::Earliest => "earliest",
            Self::Latest => "latest",
        }
    }

    /// Whether it goes by their start.
    pub(super) const fn is_by_start(self) -> bool {
        matches!(self, Self::Earliest | Self::Latest)
    }

    /// Which end of the list comes first, whatever it goes by.
    pub(super) const fn of_window(self) -> Order {
        match self {
            Self::Newest | Self::Latest => Order::Newest,
            Self::Oldest | Self::Earliest => Order::Oldest,
        }
    }
}
