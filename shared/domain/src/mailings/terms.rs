use std::collections::BTreeSet;

use super::{Client, OperatorCode, Phone, Tag};

/// What a client is found by.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ClientTerm {
    /// That they are one.
    All,
    /// Their operator.
    Operator(OperatorCode),
    /// Their tag.
    Tag(Tag),
    /// Both.
    Both(OperatorCode, Tag),
}

/// Which clients a list shows. What is absent does not matter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ClientFilter {
    /// Those of this operator.
    pub operator_code: Option<OperatorCode>,
    /// Those with this tag.
    pub tag: Option<Tag>,
    /// The one with this phone.
    pub phone: Option<Phone>,
}

/// Which clients a mailing goes to: those of any of these operators who have any of these tags. Nothing named is
/// everything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Audience {
    /// The operators.
    pub operator_codes: BTreeSet<OperatorCode>,
    /// The tags.
    pub tags: BTreeSet<Tag>,
}

impl ClientTerm {
    /// What is found by an operator, a tag, both or neither.
    #[must_use]
    pub fn of(operator_code: Option<&OperatorCode>, tag: Option<&Tag>) -> Self {
        match (operator_code, tag) {
            (None, None) => Self::All,
            (Some(code), None) => Self::Operator(code.clone()),
            (None, Some(tag)) => Self::Tag(tag.clone()),
            (Some(code), Some(tag)) => Self::Both(code.clone(), tag.clone()),
        }
    }
}

impl ClientTerm {
    /// The operator, if it matters.
    #[must_use]
    pub const fn operator_code(&self) -> Option<&OperatorCode> {
        match self {
            Self::Operator(code) | Self::Both(code, _) => Some(code),
            Self::All | Self::Tag(_) => None,
        }
    }

    /// The tag, if it matters.
    #[must_use]
    pub const fn tag(&self) -> Option<&Tag> {
        match self {
            Self::Tag(tag) | Self::Both(_, tag) => Some(tag),
            Self::All | Self::Operator(_) => None,
        }
    }
}

impl Client {
    /// All that they are found by. A client has one operator code and one tag, so two terms of a kind share nobody.
    #[must_use]
    pub fn terms(&self) -> [ClientTerm; 4] {
        let (code, tag) = (Some(&self.operator_code), Some(&self.tag));
        [(None, None), (code, None), (None, tag), (code, tag)].map(|(code, tag)| ClientTerm::of(code, tag))
    }
}

impl ClientFilter {
    /// The one term that finds those who fit, and nobody else, the phone aside.
    #[must_use]
    pub fn term(&self) -> ClientTerm {
        ClientTerm::of(self.operator_code.as_ref(), self.tag.as_ref())
    }

    /// Whether a client is asked for.
    #[must_use]
    pub fn fits(&self, client: &Client) -> bool {
        self.operator_code
            .as_ref()
            .is_none_or(|code| *code == client.operator_code)
            && self.tag.as_ref().is_none_or(|tag| *tag == client.tag)
            && self.phone.as_ref().is_none_or(|phone| *phone == client.phone)
    }
}

impl Audience {
    /// Whether a client is one of those whom a mailing goes to.
    #[must_use]
    pub fn fits(&self, client: &Client) -> bool {
        (self.operator_codes.is_empty() || self.operator_codes.contains(&client.operator_code))
            && (self.tags.is_empty() || self.tags.contains(&client.tag))
    }

    /// The terms that find those who fit, each of them by one, and nobody else.
    #[must_use]
    pub fn terms(&self) -> Vec<ClientTerm> {
        let codes = each_or_any(&self.operator_codes).into_iter();
        let with_tags = |code| {
            let tags = each_or_any(&self.tags).into_iter();
            tags.map(move |tag| ClientTerm::of(code, tag))
        };
        codes.flat_map(with_tags).collect()
    }
}

fn each_or_any<T>(named: &BTreeSet<T>) -> Vec<Option<&T>> {
    if named.is_empty() {
        vec![None]
    } else {
        named.iter().map(Some).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn audience(codes: &[&str], tags: &[&str]) -> Audience {
        Audience {
            operator_codes: codes
                .iter()
                .map(|code| OperatorCode::parse(code).unwrap())
                .collect(),
            tags: tags.iter().map(|tag| Tag::parse(tag).unwrap()).collect(),
        }
    }

    #[test]
    fn an_audience_is_found_by_as_few_terms_as_it_names() {
        assert_eq!(audience(&[], &[]).terms(), [ClientTerm::All]);
        assert_eq!(audience(&["916", "903"], &[]).terms().len(), 2);
        assert_eq!(audience(&[], &["vip"]).terms().len(), 1);
        let both = audience(&["916", "903"], &["vip", ""]).terms();
        assert_eq!(both.len(), 4);
        assert!(both.iter().all(|term| matches!(term, ClientTerm::Both(..))));
    }
}
