use kabar_domain::{
    ids::UserId,
    news::{Preferences, Topic},
    people::Caller,
    power::Channel,
};

use crate::{App, Expected, Failure, Result};

impl App {
    /// What the caller wants to be told.
    ///
    /// # Errors
    /// [`Failure::NotFound`] when they were deleted this very moment.
    pub async fn preferences(&self, caller: &Caller) -> Result<Preferences> {
        let account = self.people.account(caller.user).await?;
        Ok(account.ok_or(Failure::NotFound)?.preferences)
    }

    /// Changes what the caller wants to be told: of each topic by each channel whether they do. What is not named
    /// stays.
    ///
    /// # Errors
    /// [`Failure::Changed`], or [`Failure::NotFound`] when they were deleted this very moment.
    pub async fn change_preferences(
        &self,
        caller: &Caller,
        expected: Expected,
        change: &[(Topic, Channel, bool)],
    ) -> Result<Preferences> {
        self.write_preferences(caller.user, expected, change).await
    }

    pub(crate) async fn write_preferences(
        &self,
        user: UserId,
        expected: Expected,
        change: &[(Topic, Channel, bool)],
    ) -> Result<Preferences> {
        expected
            .settle(|| self.write_preferences_once(user, expected, change))
            .await
    }

    async fn write_preferences_once(
        &self,
        user: UserId,
        expected: Expected,
        change: &[(Topic, Channel, bool)],
    ) -> Result<Preferences> {
        let account = self.people.account(user).await?;
        let before = account.ok_or(Failure::NotFound)?.preferences;
        expected.check(before.version)?;
        let mut after = before.clone();
        for &(topic, channel, wants) in change {
            after.set(topic, channel, wants);
        }
        if after == before {
            return Ok(before);
        }
        after.version += 1;
        if self.people.set_preferences(user, &after).await? {
            Ok(after)
        } else {
            Err(Failure::Changed)
        }
    }
}
