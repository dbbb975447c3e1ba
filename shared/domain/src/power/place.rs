use crate::ids::{HomeId, RegionId};

/// What has power or has none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// A region.
    Region(RegionId),
    /// A home.
    Home(HomeId),
}

impl Place {
    /// The region, if it is one.
    #[must_use]
    pub const fn region(self) -> Option<RegionId> {
        match self {
            Self::Region(id) => Some(id),
            Self::Home(_) => None,
        }
    }

    /// The home, if it is one.
    #[must_use]
    pub const fn home(self) -> Option<HomeId> {
        match self {
            Self::Region(_) => None,
            Self::Home(id) => Some(id),
        }
    }
}
