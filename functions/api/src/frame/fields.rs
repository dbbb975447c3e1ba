use kabar_app::FieldError;
use kabar_domain::Invalid;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

use super::{Problem, Result};

/// A field of a body as it was sent, not yet believed: absent, `null`, or anything at all.
///
/// Read through [`Fields`], so that a request with three bad fields is told of all three.
#[derive(Debug, Default)]
pub(crate) struct Sent(Option<Value>);

impl<'de> Deserialize<'de> for Sent {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        Value::deserialize(deserializer).map(|value| Self(Some(value)))
    }
}

impl Serialize for Sent {
    /// Only for the document, which asks every field for its default: there is none.
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        serializer.serialize_none()
    }
}

impl Sent {
    /// The field as it was sent; nothing if it was absent or `null`.
    pub(crate) fn value(&self) -> Option<&Value> {
        self.0.as_ref().filter(|value| !value.is_null())
    }

    /// Whether the field was there, with whatever value.
    pub(crate) const fn is_there(&self) -> bool {
        self.0.is_some()
    }
}

/// Reads the fields of a body and collects what is wrong with them.
#[derive(Debug, Default)]
pub(crate) struct Fields(Vec<FieldError>);

impl Fields {
    /// A field that must be there.
    pub(crate) fn required<T>(
        &mut self,
        field: &'static str,
        sent: &Sent,
        read: impl FnOnce(&Value) -> std::result::Result<T, Invalid>,
    ) -> Option<T> {
        match &sent.0 {
            None => self.refuse(field, Invalid::because("This field is required.")),
            Some(Value::Null) => self.refuse(field, Invalid::because("May not be null.")),
            Some(value) => read(value).map_or_else(|reason| self.refuse(field, reason), Some),
        }
    }

    /// A field that may be absent or `null`.
    pub(crate) fn optional<T>(
        &mut self,
        field: &'static str,
        sent: &Sent,
        read: impl FnOnce(&Value) -> std::result::Result<T, Invalid>,
    ) -> Option<T> {
        let value = sent.value()?;
        read(value).map_or_else(|reason| self.refuse(field, reason), Some)
    }

    /// A field that may be absent, and of which `null` is a value like another.
    pub(crate) fn nullable<T>(
        &mut self,
        field: &'static str,
        sent: &Sent,
        read: impl FnOnce(&Value) -> std::result::Result<T, Invalid>,
    ) -> Option<T> {
        read(sent.0.as_ref()?).map_or_else(|reason| self.refuse(field, reason), Some)
    }

    /// A field that may be absent, and then stays as it is.
    pub(crate) fn change<T>(
        &mut self,
        field: &'static str,
        sent: &Sent,
        read: impl FnOnce(&Value) -> std::result::Result<T, Invalid>,
    ) -> Option<T> {
        sent.is_there().then(|| self.required(field, sent, read))?
    }

    /// Notes that a field is refused.
    pub(crate) fn refuse<T>(&mut self, field: &'static str, reason: Invalid) -> Option<T> {
        self.0.push(FieldError { field, reason });
        None
    }

    /// Ends the reading: all that was refused, at once, or what was read.
    pub(crate) fn all<O: AllThere>(self, read: O) -> Result<O::There> {
        match read.all_there() {
            Some(there) if self.0.is_empty() => Ok(there),
            _ => Err(Problem::invalid(self.0)),
        }
    }

    /// Ends a reading in which every field may be absent.
    pub(crate) fn done(self) -> Result<()> {
        self.all(())
    }
}

/// Required fields, each of which was read or refused.
pub(crate) trait AllThere {
    type There;
    fn all_there(self) -> Option<Self::There>;
}

impl AllThere for () {
    type There = ();
    fn all_there(self) -> Option<()> {
        Some(())
    }
}
impl<A> AllThere for Option<A> {
    type There = A;
    fn all_there(self) -> Option<A> {
        self
    }
}
impl<A, B> AllThere for (Option<A>, Option<B>) {
    type There = (A, B);
    fn all_there(self) -> Option<(A, B)> {
        Some((self.0?, self.1?))
    }
}
impl<A, B, C> AllThere for (Option<A>, Option<B>, Option<C>) {
    type There = (A, B, C);
    fn all_there(self) -> Option<(A, B, C)> {
        Some((self.0?, self.1?, self.2?))
    }
}

impl<A, B, C, D> AllThere for (Option<A>, Option<B>, Option<C>, Option<D>) {
    type There = (A, B, C, D);
    fn all_there(self) -> Option<(A, B, C, D)> {
        Some((self.0?, self.1?, self.2?, self.3?))
    }
}
impl<A, B, C, D, E, F> AllThere for (Option<A>, Option<B>, Option<C>, Option<D>, Option<E>, Option<F>) {
    type There = (A, B, C, D, E, F);
    fn all_there(self) -> Option<(A, B, C, D, E, F)> {
        Some((self.0?, self.1?, self.2?, self.3?, self.4?, self.5?))
    }
}

/// Reads a string.
pub(crate) fn read_text(value: &Value) -> std::result::Result<&str, Invalid> {
    value
        .as_str()
        .ok_or_else(|| Invalid::because("Must be a string."))
}
