use kabar_domain::Invalid;

use super::{LinkKey, SentLetter, Subscription};

/// Makes links: the key, and where they lead.
#[derive(Clone)]
pub struct Links {
    key: LinkKey,
    /// The address that links begin with, without a slash at its end.
    public_url: String,
}

impl Links {
    /// Links that begin with this address.
    ///
    /// # Errors
    /// When it is not the address of a site.
    pub fn new(key: LinkKey, public_url: &str) -> Result<Self, Invalid> {
        Ok(Self {
            key,
            public_url: Self::check(public_url)?.to_owned(),
        })
    }

    /// The address that links can begin with, without a slash at its end.
    ///
    /// # Errors
    /// When it is not the address of a site.
    pub fn check(public_url: &str) -> Result<&str, Invalid> {
        let public_url = public_url.trim_end_matches('/');
        let host = ["https://", "http://"]
            .iter()
            .find_map(|scheme| public_url.strip_prefix(scheme));
        let is_site = host.is_some_and(|host| !host.is_empty())
            && public_url
                .bytes()
                .all(|byte| byte.is_ascii_graphic() && !b"\"<>".contains(&byte));
        if !is_site {
            let reason = "the public URL must be the address of a site, such as https://kabar.example.com";
            return Err(Invalid::because(reason));
        }
        Ok(public_url)
    }

    /// What signs and reads their tokens.
    #[must_use]
    pub const fn key(&self) -> &LinkKey {
        &self.key
    }

    /// Where a person asks to be told no more of a topic.
    #[must_use]
    pub fn unsubscribe(&self, about: &Subscription) -> String {
        format!("{}/u/{}", self.public_url, self.key.token(about))
    }

    /// Where a person reads a letter again.
    #[must_use]
    pub fn letter(&self, letter: &SentLetter) -> String {
        format!("{}/m/{}", self.public_url, self.key.letter_token(letter))
    }
}

#[cfg(test)]
mod tests {
    use kabar_domain::{
        ids::UserId,
        news::{Addressee, Topic},
        power::Channel,
    };

    use super::*;

    #[test]
    fn a_link_leads_to_the_site_whether_or_not_its_address_ends_in_a_slash() {
        let key = LinkKey::new("a link key for tests, long enough").unwrap();
        let about = Subscription {
            person: Addressee::User(UserId::from_bytes([7; 16])),
            topic: Topic::Outages,
            channel: Channel::Email,
        };
        let link = |url: &str| Links::new(key.clone(), url).map(|links| links.unsubscribe(&about));
        let token = key.token(&about);
        let expected = Ok(format!("https://kabar.example.com/u/{token}"));
        assert_eq!(link("https://kabar.example.com"), expected);
        assert_eq!(link("https://kabar.example.com/"), expected);
        for bad in [
            "",
            "kabar.example.com",
            "ftp://example.com",
            "https://",
            "https://a b",
        ] {
            assert!(link(bad).is_err(), "{bad:?}");
        }
    }
}
