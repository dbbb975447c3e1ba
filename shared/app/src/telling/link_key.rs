use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD as BASE64};
use hmac::{Hmac, KeyInit, Mac};
use kabar_domain::{
    Invalid,
    ids::{ClientId, UserId},
    news::{Addressee, Topic},
    power::Channel,
};
use sha2::Sha256;

/// RFC 2104 §3: a key of an HMAC has at least the size of the hash.
const SHORTEST_KEY: usize = 32;
/// What these tokens are for: no token for something else is one of these, even with the same key.
const PURPOSE: &[u8] = b"unsubscribe";
/// The layout of a token, which is also of whom it is: another layout is another version.
const OF_USER: u8 = 1;
/// The same for a client.
const OF_CLIENT: u8 = 2;
/// The same for a chat, of which none is read: who is told in Telegram says `/stop` there.
const OF_CHAT: u8 = 3;
/// Version, person, topic, channel.
const SAID_BYTES: usize = 1 + 16 + 1 + 1;
/// RFC 2104 §5: at least half of the hash.
const MAC_BYTES: usize = 16;

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

/// Signs and reads the tokens of links in mails. They say what they are about and never end: a link in an old mail
/// still works, and nothing has to be kept for it.
#[derive(Clone)]
pub struct LinkKey(Hmac<Sha256>);

impl LinkKey {
    /// A key for links. It signs nothing else, so that what sends mails cannot make itself logged in.
    ///
    /// # Errors
    /// When it is too short.
    pub fn new(key: &str) -> Result<Self, Invalid> {
        let too_short = || {
            Invalid::because(format!(
                "the link key must have at least {SHORTEST_KEY} characters"
            ))
        };
        if key.len() < SHORTEST_KEY {
            return Err(too_short());
        }
        let keyed = Hmac::new_from_slice(key.as_bytes()).map_err(|_| too_short())?;
        Ok(Self(keyed.chain_update(PURPOSE)))
    }

    /// The token of a subscription's link.
    #[must_use]
    pub fn token(&self, about: &Subscription) -> String {
        let said = said(about);
        let mac = self.0.clone().chain_update(said).finalize().into_bytes();
        BASE64.encode([&said[..], &mac[..MAC_BYTES]].concat())
    }

    /// What a token is about; nothing if we did not make it.
    #[must_use]
    pub fn read(&self, token: &str) -> Option<Subscription> {
        let bytes: [u8; SAID_BYTES + MAC_BYTES] = BASE64.decode(token).ok()?.try_into().ok()?;
        let (said, mac) = bytes.split_at(SAID_BYTES);
        // In constant time: how long a refusal takes says nothing of the right token.
        let keyed = self.0.clone().chain_update(said);
        keyed.verify_truncated_left(mac).ok()?;
        let person = said[1..17].try_into().ok()?;
        Some(Subscription {
            person: match said[0] {
                OF_USER => Addressee::User(UserId::from_bytes(person)),
                OF_CLIENT => Addressee::Client(ClientId::from_bytes(person)),
                _ => return None,
            },
            topic: Topic::numbered(said[17])?,
            channel: Channel::numbered(said[18])?,
        })
    }
}

fn said(about: &Subscription) -> [u8; SAID_BYTES] {
    let mut said = [0; SAID_BYTES];
    said[0] = match about.person {
        Addressee::User(_) => OF_USER,
        Addressee::Client(_) => OF_CLIENT,
        Addressee::Chat(_) => OF_CHAT,
    };
    said[1..17].copy_from_slice(&about.person.to_bytes());
    said[17] = about.topic.number();
    said[18] = about.channel.number();
    said
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(of: char) -> LinkKey {
        LinkKey::new(&of.to_string().repeat(SHORTEST_KEY)).unwrap()
    }

    fn about(topic: Topic) -> Subscription {
        Subscription {
            person: Addressee::User(UserId::parse("01990000-0000-7000-8000-000000000001").unwrap()),
            topic,
            channel: Channel::Email,
        }
    }

    #[test]
    fn a_token_says_what_it_is_about() {
        for topic in Topic::ALL {
            let token = key('k').token(&about(topic));
            assert_eq!(key('k').read(&token), Some(about(topic)));
            assert_eq!(key('x').read(&token), None, "of another installation");
        }
    }

    #[test]
    fn a_client_s_token_is_no_user_s() {
        let client = Subscription {
            person: Addressee::Client(ClientId::from_bytes([7; 16])),
            ..about(Topic::Mailings)
        };
        let token = key('k').token(&client);
        assert_eq!(key('k').read(&token), Some(client));
    }

    #[test]
    fn a_token_that_is_not_ours_in_every_bit_is_none() {
        let token = key('k').token(&about(Topic::Mailings));
        let bytes = BASE64.decode(&token).unwrap();
        for bit in 0..bytes.len() * 8 {
            let mut forged = bytes.clone();
            forged[bit / 8] ^= 1 << (bit % 8);
            assert_eq!(key('k').read(&BASE64.encode(forged)), None, "bit {bit}");
        }
        for length in 0..token.len() {
            assert_eq!(key('k').read(&token[..length]), None, "{length} characters of it");
        }
        for other in [format!("{token}="), format!("{token}A"), format!(" {token}")] {
            assert_eq!(key('k').read(&other), None, "{other:?}");
        }
    }

    #[test]
    fn a_token_for_something_else_is_none_even_with_the_same_key() {
        let said = said(&about(Topic::Mailings));
        let secret = "k".repeat(SHORTEST_KEY);
        let other: Hmac<Sha256> = Hmac::new_from_slice(secret.as_bytes()).unwrap();
        let mac = other.chain_update(said).finalize().into_bytes();
        let token = BASE64.encode([&said[..], &mac[..MAC_BYTES]].concat());
        assert_eq!(key('k').read(&token), None);
    }

    #[test]
    fn a_short_key_is_refused() {
        assert!(LinkKey::new("short").is_err());
    }
}
