use jiff::Timestamp;
use kabar_domain::{ids::UserId, power::Home};

use super::{Grid, HomeWrite};
use crate::{Result, db::Transaction, keys, people::People};

impl Grid {
    /// Makes a person a member of a home, as it then is, if it is still the version that was read.
    ///
    /// # Errors
    /// When a table did not answer.
    pub async fn join_home(
        &self,
        before: &Home,
        after: &Home,
        user: UserId,
        people: &People,
        now: Timestamp,
    ) -> Result<HomeWrite> {
        let writes = vec![
            self.put_home(before, after, now)?,
            people.check_user(user)?,
            self.0.put(keys::home_of_person(user, after.id).attributes())?,
        ];
        Ok(match self.0.transact(writes).await? {
            Transaction::Written => HomeWrite::Written,
            Transaction::Refused(failed) if failed.contains(&0) => HomeWrite::Stale,
            Transaction::Refused(_) => HomeWrite::NoUser,
        })
    }

    /// Ends a membership; the home is as it then is, if it is still the version that was read.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn leave_home(
        &self,
        before: &Home,
        after: &Home,
        user: UserId,
        now: Timestamp,
    ) -> Result<HomeWrite> {
        let writes = vec![
            self.put_home(before, after, now)?,
            self.0.delete(keys::home_of_person(user, after.id))?,
            self.0.delete(keys::heard(after.region, user, after.id))?,
        ];
        Ok(match self.0.transact(writes).await? {
            Transaction::Written => HomeWrite::Written,
            Transaction::Refused(_) => HomeWrite::Stale,
        })
    }
}
