use crate::Language;

/// What a person asks the bot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// To begin, perhaps by a link that connects the chat, or that names a region to follow.
    Start(Option<String>),
    /// Which regions have power.
    Status,
    /// Which outages there were.
    History,
    /// Which of their homes have power.
    Homes,
    /// To be told no more.
    Stop,
    /// To be told in another language.
    Speak(Language),
    /// Anything that the bot does not know.
    Other,
}

impl Command {
    /// Reads what was said to the bot of this name; nothing if it was said to another bot, or to no bot at all: in a group
    /// people talk to each other.
    #[must_use]
    pub fn parse(text: &str, bot: &str) -> Option<Self> {
        let mut words = text.split_whitespace();
        let command = words.next()?.strip_prefix('/')?;
        let (command, to) = command
            .split_once('@')
            .map_or((command, bot), |(command, to)| (command, to));
        if !to.eq_ignore_ascii_case(bot) {
            return None;
        }
        Some(match (command.to_ascii_lowercase().as_str(), words.next()) {
            ("start", token) => Self::Start(token.map(str::to_owned)),
            ("status", _) => Self::Status,
            ("history", _) => Self::History,
            ("homes", _) => Self::Homes,
            ("stop", _) => Self::Stop,
            ("lang", Some(code)) => {
                Language::parse(&code.to_ascii_lowercase()).map_or(Self::Other, Self::Speak)
            }
            _ => Self::Other,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<Command> {
        Command::parse(text, "kabar_bot")
    }

    #[test]
    fn a_command_is_read_in_any_case_and_place() {
        let start = |token: Option<&str>| Some(Command::Start(token.map(str::to_owned)));
        assert_eq!(read("/start"), start(None));
        assert_eq!(read(" /START  a-Token "), start(Some("a-Token")));
        assert_eq!(read("/start@Kabar_Bot x"), start(Some("x")));
        assert_eq!(read("/lang ID"), Some(Command::Speak(Language::Id)));
        assert_eq!(read("/history 5"), Some(Command::History));
        assert_eq!(read("/Homes@kabar_bot"), Some(Command::Homes));
        assert_eq!(
            (read("/status"), read("/stop")),
            (Some(Command::Status), Some(Command::Stop))
        );
        for odd in ["/lang", "/lang fr", "/homes!", "/"] {
            assert_eq!(read(odd), Some(Command::Other), "{odd}");
        }
    }

    #[test]
    fn what_is_said_to_others_is_not_read() {
        for text in ["", " ", "Hello", "start", "/status@other_bot", "see /status"] {
            assert_eq!(read(text), None, "{text:?}");
        }
    }
}
