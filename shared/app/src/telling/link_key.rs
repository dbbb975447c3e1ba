use kabar_domain::{
    Invalid,
    ids::{ClientId, MessageId, UserId},
    news::{Addressee, Topic},
    power::Channel,
};

use super::seal::Seal;

/// The layout of a token, which is also of whom it is: another layout is another version.
const OF_USER: u8 = 1;
/// The same for a client.
const OF_CLIENT: u8 = 2;
/// The same for a chat, of which none is read: who is told in Telegram says `/stop` there.
const OF_CHAT: u8 = 3;
/// Version, person.
const PERSON_BYTES: usize = 1 + 16;
/// Person, topic, channel.
const SUBSCRIPTION_BYTES: usize = PERSON_BYTES + 1 + 1;
/// Person, message.
const LETTER_BYTES: usize = PERSON_BYTES + 16;

/// What a link in a mail is about: whoever has it can ask that this person be told no more of a topic by a channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Subscription {
    /// Who.
    pub person: Addressee,
    /// What they are told of.
    pub topic: Topic,
    /// How.
    pub channel: Channel,
}

/// What the other link in a mail is about: whoever has it can read the mail again, and has the links of its person's
/// subscriptions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SentLetter {
    /// To whom.
    pub person: Addressee,
    /// Which.
    pub message: MessageId,
}

/// Signs and reads the tokens of links in mails. They say what they are about and never end: a link in an old mail
/// still works, and nothing has to be kept for it.
#[derive(Clone)]
pub struct LinkKey {
    subscriptions: Seal,
    letters: Seal,
}

impl LinkKey {
    /// A key for links. It signs nothing else, so that what sends mails cannot make itself logged in.
    ///
    /// # Errors
    /// When it is too short.
    pub fn new(key: &str) -> Result<Self, Invalid> {
        Ok(Self {
            subscriptions: Seal::new(key, "unsubscribe")?,
            letters: Seal::new(key, "letter")?,
        })
    }

    /// The token of a subscription's link.
    #[must_use]
    pub fn token(&self, about: &Subscription) -> String {
        let mut said = [0; SUBSCRIPTION_BYTES];
        said[..PERSON_BYTES].copy_from_slice(&bytes_of(about.person));
        said[PERSON_BYTES] = about.topic.number();
        said[PERSON_BYTES + 1] = about.channel.number();
        self.subscriptions.token(&said)
    }

    /// The subscription that a token is about; nothing if we did not make it.
    #[must_use]
    pub fn read(&self, token: &str) -> Option<Subscription> {
        let said: [u8; SUBSCRIPTION_BYTES] = self.subscriptions.read(token)?;
        Some(Subscription {
            person: person_of(said.first_chunk()?)?,
            topic: Topic::numbered(said[PERSON_BYTES])?,
            channel: Channel::numbered(said[PERSON_BYTES + 1])?,
        })
    }

    /// The token of a letter's link.
    #[must_use]
    pub fn letter_token(&self, letter: &SentLetter) -> String {
        let mut said = [0; LETTER_BYTES];
        said[..PERSON_BYTES].copy_from_slice(&bytes_of(letter.person));
        said[PERSON_BYTES..].copy_from_slice(&letter.message.to_bytes());
        self.letters.token(&said)
    }

    /// The letter that a token is about; nothing if we did not make it.
    #[must_use]
    pub fn read_letter(&self, token: &str) -> Option<SentLetter> {
        let said: [u8; LETTER_BYTES] = self.letters.read(token)?;
        Some(SentLetter {
            person: person_of(said.first_chunk()?)?,
            message: MessageId::from_bytes(*said.last_chunk()?),
        })
    }
}

fn bytes_of(person: Addressee) -> [u8; PERSON_BYTES] {
    let mut bytes = [0; PERSON_BYTES];
    bytes[0] = match person {
        Addressee::User(_) => OF_USER,
        Addressee::Client(_) => OF_CLIENT,
        Addressee::Chat(_) => OF_CHAT,
    };
    bytes[1..].copy_from_slice(&person.to_bytes());
    bytes
}

fn person_of(bytes: &[u8; PERSON_BYTES]) -> Option<Addressee> {
    let id = *bytes.last_chunk()?;
    match bytes[0] {
        OF_USER => Some(Addressee::User(UserId::from_bytes(id))),
        OF_CLIENT => Some(Addressee::Client(ClientId::from_bytes(id))),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(of: char) -> LinkKey {
        LinkKey::new(&of.to_string().repeat(32)).unwrap()
    }

    fn people() -> [Addressee; 2] {
        [
            Addressee::User(UserId::from_bytes([7; 16])),
            Addressee::Client(ClientId::from_bytes([7; 16])),
        ]
    }

    #[test]
    fn a_token_says_what_it_is_about() {
        for person in people() {
            for topic in Topic::ALL {
                let about = Subscription {
                    person,
                    topic,
                    channel: Channel::Email,
                };
                let token = key('k').token(&about);
                assert_eq!(key('k').read(&token), Some(about));
                assert_eq!(key('x').read(&token), None, "of another installation");
                assert_eq!(key('k').read_letter(&token), None, "for something else");
            }
        }
    }

    #[test]
    fn a_letter_s_token_says_which_and_whose() {
        for person in people() {
            let letter = SentLetter {
                person,
                message: MessageId::from_bytes([9; 16]),
            };
            let token = key('k').letter_token(&letter);
            assert_eq!(key('k').read_letter(&token), Some(letter));
            assert_eq!(key('x').read_letter(&token), None, "of another installation");
            assert_eq!(key('k').read(&token), None, "for something else");
        }
    }

    #[test]
    fn the_tokens_of_mails_that_have_gone_out_are_still_read() {
        let about = Subscription {
            person: people()[0],
            topic: Topic::Outages,
            channel: Channel::Email,
        };
        let token = "AQcHBwcHBwcHBwcHBwcHBwcCAe24-OaWN4m6ELB1ngJvHq4";
        assert_eq!(key('k').read(token), Some(about));
    }
}
