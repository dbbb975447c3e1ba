/// Why a message did not go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    /// The provider was asked too fast. The message was not taken; later it will be.
    Throttled,
    /// Something is broken on the way. The message may have been taken or not.
    Unknown(String),
    /// The provider did not take it and may do so later.
    Later(String),
    /// The provider will never take it.
    ForGood(String),
}
