/// Which part of a list is asked for.
#[derive(Clone, Debug, Default)]
pub struct Window {
    /// The most entries to return, from 1.
    pub limit: u16,
    /// The sort key of the last entry already seen; nothing for the first part.
    pub after: Option<String>,
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
