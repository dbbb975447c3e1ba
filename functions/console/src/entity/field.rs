use crate::words::Text;

/// A member of a document of the API, as people see it and write it.
#[derive(Clone, Copy)]
pub(crate) struct Field {
    /// Its name in the document; within another member, after that one's name and a dot.
    pub(crate) name: &'static str,
    pub(crate) label: Text,
    pub(crate) kind: Kind,
    pub(crate) is_required: bool,
    /// Whether nothing is said as null, rather than as an empty text.
    pub(crate) is_nullable: bool,
    pub(crate) hint: Option<Text>,
    /// What browsers know it by of whoever fills it in (HTML, "autofill"); empty where it is about somebody else.
    pub(crate) autofill: &'static str,
}

/// What a value is, and so how it is shown and asked for.
#[derive(Clone, Copy)]
pub(crate) enum Kind {
    /// By what the API knows a thing.
    Id,
    Text,
    LongText,
    Email,
    Password,
    Number,
    Money,
    /// A moment, by the clock of whoever reads.
    Time,
    Zone,
    /// Hours of the day: an object with `from` and `to`, or null for all of them.
    Hours,
    /// A whole number of seconds.
    Seconds,
    Bytes,
    Flag,
    /// One of a few values, each with its words.
    Choice(&'static [Choice]),
    /// Some of a few values.
    Choices(&'static [Choice]),
    /// The id of another thing: what it is called in the console's addresses.
    Reference(&'static str),
    /// Texts, written with commas between them.
    List,
    /// Numbers by the name of a value.
    Counts(&'static [Choice]),
    Link,
    /// Where a picture is.
    Image,
    /// A file, which only forms have.
    File,
}

/// A value, and how it is called.
#[derive(Clone, Copy)]
pub(crate) struct Choice {
    pub(crate) value: &'static str,
    pub(crate) text: Text,
    /// How it looks.
    pub(crate) tone: &'static str,
}

/// Describes a member that may be empty.
pub(crate) const fn field(name: &'static str, label: Text, kind: Kind) -> Field {
    Field {
        name,
        label,
        kind,
        is_required: false,
        is_nullable: false,
        hint: None,
        autofill: "",
    }
}

impl Field {
    /// The same, which has to be there.
    pub(crate) const fn required(mut self) -> Self {
        self.is_required = true;
        self
    }

    /// The same, which is null when it is empty.
    pub(crate) const fn nullable(mut self) -> Self {
        self.is_nullable = true;
        self
    }

    /// The same, of whoever fills it in: a browser may know it already.
    pub(crate) const fn own(mut self, autofill: &'static str) -> Self {
        self.autofill = autofill;
        self
    }

    /// The same, with a word of advice.
    pub(crate) const fn hint(mut self, hint: Text) -> Self {
        self.hint = Some(hint);
        self
    }
}
