use kabar_domain::people::Caller;
use kabar_store::{List, Window, events::Whose};

use super::{Export, ExportList, ExportPlace};
use crate::{App, Result};

/// How many entries of lists one part has: each list is read at once, of which DynamoDB gives a megabyte, and an entry has
/// up to two kilobytes.
const MOST: u16 = 500;

impl App {
    /// All that is known of the caller, without hashes of passwords and of keys. What there can be much of comes in parts
    /// of five hundred entries, and everything else with each.
    ///
    /// # Errors
    /// When the store did not answer.
    pub async fn export(&self, caller: &Caller, from: Option<ExportPlace>) -> Result<Export> {
        let of_user = caller.user;
        let (user, preferences, homes, follows, chat) = tokio::try_join!(
            self.me(caller),
            self.preferences(caller),
            async {
                Ok(self
                    .grid
                    .homes_by_id(self.grid.home_ids_of(of_user).await?)
                    .await?)
            },
            async { Ok(self.grid.followings_of(of_user).await?) },
            async { Ok(self.grid.chat_of(of_user).await?) },
        )?;
        let mut export = Export {
            user,
            preferences,
            homes,
            follows,
            chat: chat.map(|chat| chat.subscriber),
            registrations: Vec::new(),
            payments: Vec::new(),
            messages: Vec::new(),
            next: None,
        };
        self.fill(caller, &mut export, from).await?;
        Ok(export)
    }

    /// The lists from a place on, until there are as many entries as a part has.
    async fn fill(&self, caller: &Caller, export: &mut Export, from: Option<ExportPlace>) -> Result<()> {
        let begin = from.unwrap_or(ExportPlace {
            list: ExportList::Registrations,
            after: None,
        });
        let mut left = MOST;
        for list in ExportList::ALL.into_iter().filter(|list| *list >= begin.list) {
            let after = begin.after.clone().filter(|_| list == begin.list);
            if left == 0 {
                export.next = Some(ExportPlace { list, after });
                return Ok(());
            }
            let (count, next) = self
                .add(
                    caller,
                    export,
                    list,
                    Window {
                        limit: left,
                        after,
                        ..Window::default()
                    },
                )
                .await?;
            left = left.saturating_sub(count);
            if next.is_some() {
                export.next = Some(ExportPlace { list, after: next });
                return Ok(());
            }
        }
        Ok(())
    }

    /// Adds a part of a list: how many entries it had, and where it goes on.
    async fn add(
        &self,
        caller: &Caller,
        export: &mut Export,
        list: ExportList,
        window: Window,
    ) -> Result<(u16, Option<String>)> {
        let whose = Whose::User(caller.user);
        let (count, next) = match list {
            ExportList::Registrations => {
                let (found, hidden) =
                    tokio::try_join!(self.events.registrations(whose, &window), self.events.hidden())?;
                let List { mut entries, next } = found;
                entries.retain(|one| !hidden.has(one.event, one.ticket, one.user));
                export.registrations = entries;
                (export.registrations.len(), next)
            }
            ExportList::Payments => {
                let (found, hidden) =
                    tokio::try_join!(self.events.payments(whose, &window), self.events.hidden())?;
                let List { mut entries, next } = found;
                entries.retain(|one| !hidden.has_event(one.event));
                export.payments = entries;
                (export.payments.len(), next)
            }
            ExportList::Messages => {
                let List { entries, next } = self.own_messages(caller, &window).await?;
                export.messages = entries;
                (export.messages.len(), next)
            }
        };
        Ok((u16::try_from(count).unwrap_or(u16::MAX), next))
    }
}
