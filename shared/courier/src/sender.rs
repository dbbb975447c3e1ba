/// Who mail is from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Sender<'a> {
    /// What they are called.
    pub(crate) name: &'a str,
    /// Their address.
    pub(crate) address: &'a str,
}

impl<'a> Sender<'a> {
    /// Reads an address, or a name with an address in angle brackets.
    pub(crate) fn read(from: &'a str) -> Self {
        let (name, address) = match from.rsplit_once('<') {
            Some((name, rest)) => (name.trim().trim_matches('"'), rest.trim_end_matches('>')),
            None => ("", from.trim()),
        };
        let name = if name.is_empty() { "Kabar" } else { name };
        Self { name, address }
    }

    /// The right part of ids that must be like no other in the world.
    pub(crate) fn domain(self) -> &'a str {
        self.address
            .rsplit_once('@')
            .map_or("localhost", |(_, domain)| domain)
    }
}

#[cfg(test)]
mod tests {
    use super::Sender;

    #[test]
    fn a_sender_has_a_name_in_any_case() {
        let news = |name| Sender {
            name,
            address: "news@kabar.example.com",
        };
        for (from, sender) in [
            ("news@kabar.example.com", news("Kabar")),
            ("<news@kabar.example.com>", news("Kabar")),
            ("Warta <news@kabar.example.com>", news("Warta")),
            ("\"Warta\" <news@kabar.example.com>", news("Warta")),
        ] {
            assert_eq!(Sender::read(from), sender);
            assert_eq!(sender.domain(), "kabar.example.com");
        }
    }
}
