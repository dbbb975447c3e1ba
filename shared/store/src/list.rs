/// Which part of a list is asked for.
#[derive(Clone, Debug, Default)]
pub struct Window {
    /// The most entries to return, from 1.
    pub limit: u16,
    /// The sort key of the last entry already seen, in this order; nothing for the first part.
    pub after: Option<String>,
    /// In which order, where the list goes both ways; others go one way whatever is said here.
    pub order: Order,
}

/// Which end of a list comes first, by what the list goes by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// The newest, or the latest.
    #[default]
    Newest,
    /// The oldest, or the earliest.
    Oldest,
}

impl Window {
    /// The first part of a list, the newest first.
    #[must_use]
    pub const fn first(limit: u16) -> Self {
        Self {
            limit,
            after: None,
            order: Order::Newest,
        }
    }
}

impl Order {
    /// Whether it goes with the keys of the list.
    #[must_use]
    pub const fn is_forward(self) -> bool {
        matches!(self, Self::Oldest)
    }

    /// Puts entries in this order of their keys.
    pub fn sort<T, K: Ord>(self, entries: &mut [T], key: impl Fn(&T) -> K) {
        entries.sort_unstable_by(|one, other| match self {
            Self::Newest => key(other).cmp(&key(one)),
            Self::Oldest => key(one).cmp(&key(other)),
        });
    }
}

/// A part of a list.
#[derive(Clone, Debug)]
pub struct List<T> {
    /// Its entries.
    pub entries: Vec<T>,
    /// What to give as [`Window::after`] to go on; nothing at the end.
    pub next: Option<String>,
}

impl<T> Default for List<T> {
    fn default() -> Self {
        Self {
            entries: Vec::new(),
            next: None,
        }
    }
}

impl<T> List<T> {
    /// The same part of the list with each entry made into something else.
    pub fn map<U>(self, f: impl FnMut(T) -> U) -> List<U> {
        List {
            entries: self.entries.into_iter().map(f).collect(),
            next: self.next,
        }
    }
}
