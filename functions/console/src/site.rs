/// Where people find this installation.
#[derive(Clone, Debug)]
pub struct Site {
    /// The address that links begin with, without a slash at its end.
    pub url: String,
    /// The name of its bot in Telegram, without `@`.
    pub bot: String,
}
