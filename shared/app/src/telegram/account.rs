use hmac::{Hmac, KeyInit, Mac};
use kabar_domain::Invalid;
use sha2::Sha256;

/// A secret token has 1 to 256 of these characters (Bot API, `setWebhook`); ours is not guessed.
const SHORTEST_SECRET: usize = 32;
const LONGEST_SECRET: usize = 256;

/// Our bot, as far as whoever hears it needs to know: its token is the sender's alone.
#[derive(Clone)]
pub struct BotAccount {
    name: String,
    /// Of a secret that is compared: the time that takes says nothing of it.
    secret: Hmac<Sha256>,
}

impl BotAccount {
    /// A bot of this name, and the secret by which Telegram is known.
    ///
    /// # Errors
    /// When either cannot be.
    pub fn new(name: &str, secret: &str) -> Result<Self, Invalid> {
        Self::check(name)?;
        let secret = secret.trim();
        let unfit = || Invalid::because("the webhook's secret must have 32 to 256 letters, digits, - or _");
        if !(SHORTEST_SECRET..=LONGEST_SECRET).contains(&secret.len()) || !is_plain(secret, "-_") {
            return Err(unfit());
        }
        Ok(Self {
            name: name.to_owned(),
            secret: keyed(secret).map_err(|_| unfit())?,
        })
    }

    /// Looks at a bot's name.
    ///
    /// # Errors
    /// When Telegram would not have it.
    pub fn check(name: &str) -> Result<(), Invalid> {
        if !(5..=32).contains(&name.len()) || !is_plain(name, "_") {
            let reason = "the bot's name must be as Telegram has it, without the @";
            return Err(Invalid::because(reason));
        }
        Ok(())
    }

    /// What it is called, without the @.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether whoever says this secret is Telegram; in constant time.
    #[must_use]
    pub fn knows(&self, secret: &str) -> bool {
        let said = keyed(secret).map(|said| said.finalize().into_bytes());
        said.is_ok_and(|said| self.secret.clone().verify_slice(&said).is_ok())
    }
}

/// Whether there are only letters, digits and these in it.
fn is_plain(text: &str, more: &str) -> bool {
    text.chars()
        .all(|one| one.is_ascii_alphanumeric() || more.contains(one))
}

fn keyed(secret: &str) -> Result<Hmac<Sha256>, hmac::digest::InvalidLength> {
    Hmac::new_from_slice(secret.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_who_says_the_whole_secret_is_known() {
        let secret = "s".repeat(40);
        let bot = BotAccount::new("kabar_bot", &format!("{secret}\n")).unwrap();
        assert!(bot.knows(&secret));
        for other in ["", "s", &secret[1..], &format!("{secret}s"), &"S".repeat(40)] {
            assert!(!bot.knows(other), "{other}");
        }
    }

    #[test]
    fn a_bot_that_cannot_be_is_refused() {
        let secret = "s".repeat(40);
        for name in ["", "@kabar_bot", "kabar bot", "bot", &"b".repeat(33)] {
            assert!(BotAccount::new(name, &secret).is_err(), "{name}");
        }
        for secret in ["", "short", &"s ".repeat(20), &"s".repeat(257)] {
            assert!(BotAccount::new("kabar_bot", secret).is_err(), "{secret}");
        }
    }
}
