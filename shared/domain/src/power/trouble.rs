/// Why a target did not answer, as far as its owner can do something about it. It says nothing of the addresses to which
/// a name leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// An address of it is not everybody's to reach, so that nothing was connected to.
    RefusedAddress,
    /// Its name leads to no address.
    NameNotFound,
    /// Nobody accepts connections there.
    ConnectionRefused,
    /// No way leads there from here.
    Unreachable,
    /// It took longer than a try may take.
    Timeout,
    /// It does not prove by its certificate that it has the name, or speaks no TLS.
    Tls,
    /// It hung up, or what it said is no HTTP.
    NoAnswer,
}

impl Trouble {
    /// Every trouble.
    pub const ALL: [Self; 7] = [
        Self::RefusedAddress,
        Self::NameNotFound,
        Self::ConnectionRefused,
        Self::Unreachable,
        Self::Timeout,
        Self::Tls,
        Self::NoAnswer,
    ];

    /// Its name in JSON and in the store.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::RefusedAddress => "refused_address",
            Self::NameNotFound => "name_not_found",
            Self::ConnectionRefused => "connection_refused",
            Self::Unreachable => "unreachable",
            Self::Timeout => "timeout",
            Self::Tls => "tls",
            Self::NoAnswer => "no_answer",
        }
    }

    /// The trouble with this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|trouble| trouble.name() == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_is_found_by_its_name() {
        for trouble in Trouble::ALL {
            assert_eq!(Trouble::named(trouble.name()), Some(trouble));
        }
        assert_eq!(Trouble::named("Timeout"), None);
    }
}
