use super::Client;

/// What the words of a mailing can say of each client.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// How to greet them.
    FirstName,
    /// Their phone.
    Phone,
    /// Their address.
    Email,
    /// Their operator.
    OperatorCode,
    /// Their tag.
    Tag,
    /// Where their clock stands.
    TimeZone,
}

impl Field {
    /// Every field.
    pub const ALL: [Self; 6] = [
        Self::FirstName,
        Self::Phone,
        Self::Email,
        Self::OperatorCode,
        Self::Tag,
        Self::TimeZone,
    ];

    /// Its name in a text, which is also its name in a client's JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::FirstName => "first_name",
            Self::Phone => "phone",
            Self::Email => "email",
            Self::OperatorCode => "operator_code",
            Self::Tag => "tag",
            Self::TimeZone => "time_zone",
        }
    }

    /// What it is of a client; perhaps empty.
    #[must_use]
    pub fn of(self, client: &Client) -> &str {
        match self {
            Self::FirstName => &client.first_name,
            Self::Phone => client.phone.as_str(),
            Self::Email => client.email.as_ref().map_or("", |email| email.as_str()),
            Self::OperatorCode => client.operator_code.as_str(),
            Self::Tag => client.tag.as_str(),
            Self::TimeZone => client.zone.name(),
        }
    }
}
