use kabar_domain::{
    Language,
    ids::ClientId,
    mailings::{Client, ClientChange},
    news::Addressee,
};

use super::Subscription;
use crate::{App, Expected, Failure, Result};

/// A subscription as its page shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Subscribed {
    /// What it is about.
    pub about: Subscription,
    /// What its person reads.
    pub language: Language,
    /// Whether they want to be told.
    pub is_wanted: bool,
}

impl App {
    /// The subscription that the link with this token is about. Reading it changes nothing.
    ///
    /// # Errors
    /// [`Failure::NotFound`] when the token is none of ours, or the person is gone.
    pub async fn subscription(&self, token: &str) -> Result<Subscribed> {
        let about = self.links().await?.key().read(token).ok_or(Failure::NotFound)?;
        let (language, is_wanted) = match about.person {
            Addressee::User(user) => {
                let account = self.people.account(user).await?.ok_or(Failure::NotFound)?;
                let is_wanted = account.preferences.wants(about.topic, about.channel);
                (account.user.profile.language, is_wanted)
            }
            Addressee::Client(id) => {
                let client = self.mailed_client(id).await?.ok_or(Failure::NotFound)?;
                (client.reads(), !client.is_unsubscribed)
            }
            // There are no links for chats.
            Addressee::Chat(_) => return Err(Failure::NotFound),
        };
        Ok(Subscribed {
            about,
            language,
            is_wanted,
        })
    }

    /// A client who has a mail of ours. The links in a trial are looked at as well, and show what a client will see.
    pub(super) async fn mailed_client(&self, id: ClientId) -> Result<Option<Client>> {
        Ok(match self.mailings.client(id).await? {
            Some(client) => Some(client),
            None => self.mailings.trial(id).await?,
        })
    }

    /// Says whether the person of the link with this token wants to be told of its topic by its channel. Saying the
    /// same again changes nothing.
    ///
    /// # Errors
    /// As [`Self::subscription`].
    pub async fn subscribe(&self, token: &str, wants: bool) -> Result<Subscribed> {
        let before = self.subscription(token).await?;
        let about = before.about;
        if before.is_wanted != wants {
            match about.person {
                Addressee::User(user) => {
                    let change = [(about.topic, about.channel, wants)];
                    self.write_preferences(user, Expected::Any, &change).await?;
                }
                Addressee::Client(client) => {
                    let change = ClientChange {
                        is_unsubscribed: Some(!wants),
                        ..ClientChange::default()
                    };
                    match self.change_client(client, Expected::Any, change).await {
                        // Whoever tries a mailing is no client, and a client who has gone meanwhile is told no more.
                        Ok(_) | Err(Failure::NotFound) => {}
                        Err(failure) => return Err(failure),
                    }
                }
                Addressee::Chat(_) => return Err(Failure::NotFound),
            }
        }
        Ok(Subscribed {
            is_wanted: wants,
            ..before
        })
    }
}
