//! What only this installation knows.

use std::{error::Error, sync::Arc};

use futures_util::future::BoxFuture;
use tokio::sync::OnceCell;

use crate::{
    App, Failure, Result, people::Tokens, telegram::BotAccount, telling::LetterWriter, telling::Links,
};

/// What is made of secrets.
pub struct Known {
    /// Makes and reads tokens.
    pub tokens: Tokens,
    /// Makes links in letters that are looked at, and reads their tokens.
    pub links: Links,
    /// Who is spoken to in Telegram.
    pub bot: BotAccount,
}

/// The secrets could not be read, or are none.
pub type Unread = Box<dyn Error + Send + Sync>;

type Read = Box<dyn Fn() -> BoxFuture<'static, std::result::Result<Known, Unread>> + Send + Sync>;

/// What only this installation knows: read by the first request that needs some of it, and kept as long as the process
/// lives. Devices, visitors and pages for everybody need nothing of it, and do not wait for it.
#[derive(Clone)]
pub struct Secrets(Arc<(OnceCell<Known>, Read)>);

impl Secrets {
    /// Secrets that are read so. A read that failed is made again by the next who needs it.
    pub fn new<F>(read: impl Fn() -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = std::result::Result<Known, Unread>> + Send + 'static,
    {
        Self(Arc::new((OnceCell::new(), Box::new(move || Box::pin(read())))))
    }

    async fn known(&self) -> Result<&Known> {
        let (known, read) = &*self.0;
        known.get_or_try_init(read).await.map_err(Failure::Secrets)
    }
}

impl App {
    /// Makes and reads tokens.
    ///
    /// # Errors
    /// [`Failure::Secrets`].
    pub async fn tokens(&self) -> Result<&Tokens> {
        Ok(&self.secrets.known().await?.tokens)
    }

    /// Makes links in letters that are looked at, and reads their tokens.
    ///
    /// # Errors
    /// [`Failure::Secrets`].
    pub async fn links(&self) -> Result<&Links> {
        Ok(&self.secrets.known().await?.links)
    }

    /// Who is spoken to in Telegram.
    ///
    /// # Errors
    /// [`Failure::Secrets`].
    pub async fn bot(&self) -> Result<&BotAccount> {
        Ok(&self.secrets.known().await?.bot)
    }

    /// Writes letters that are looked at.
    pub(crate) async fn letter_writer(&self) -> Result<LetterWriter> {
        Ok(LetterWriter::new(self.links().await?.clone()))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering};

    use jiff::SignedDuration;

    use super::*;
    use crate::{people::Lifetimes, telling::LinkKey};

    fn known() -> std::result::Result<Known, Unread> {
        let key = "a key for tests that is long enough";
        let lifetimes = Lifetimes {
            access: SignedDuration::from_hours(3),
            refresh: SignedDuration::from_hours(24),
        };
        Ok(Known {
            tokens: Tokens::new(key, lifetimes)?,
            links: Links::new(LinkKey::new(key)?, "https://kabar.example.com")?,
            bot: BotAccount::new("kabar_bot", &"s".repeat(32))?,
        })
    }

    #[tokio::test]
    async fn secrets_are_read_until_they_are_known_and_then_no_more() {
        let reads = Arc::new(AtomicU32::new(0));
        let counted = Arc::clone(&reads);
        let secrets = Secrets::new(move || {
            let is_first = counted.fetch_add(1, Ordering::Relaxed) == 0;
            std::future::ready(if is_first { Err("not now".into()) } else { known() })
        });
        let first = secrets.known().await.err().unwrap();
        assert!(matches!(first, Failure::Secrets(_)), "{first}");
        let both = tokio::join!(secrets.known(), secrets.known());
        assert!(both.0.is_ok() && both.1.is_ok());
        assert_eq!(reads.load(Ordering::Relaxed), 2);
    }
}
