use jiff::Timestamp;
use kabar_domain::news::Recipient;
use kabar_store::{
    Result, StoreError,
    people::{Account, Reset, Resets},
};

use super::Sender;
use crate::people::ResetCode;

/// How many codes an account can have at once: a mail that is sent again carries a code of its own and does not void
/// the one that may have arrived.
const MOST_CODES: usize = 3;
/// How often somebody else may change the codes of an account in between.
const MOST_TRIES: u32 = 5;

impl Sender {
    /// Draws a code for a new password and notes it, as a hash, with its user, so that it is good when it is read.
    /// `None`: the account is gone, or has another address than the mail would go to.
    pub(super) async fn reset_code(&self, to: &Recipient, until: Timestamp) -> Result<Option<String>> {
        for _ in 0..MOST_TRIES {
            let Some(user) = to.to.user() else { return Ok(None) };
            let account = self.people.account(user).await?;
            let is_theirs = |account: &Account| Some(&account.user.profile.email) == to.email.as_ref();
            let Some(account) = account.filter(is_theirs) else {
                return Ok(None);
            };
            let now = self.world.now().as_millisecond();
            let code = ResetCode::new(&*self.world, user);
            let reset = Reset {
                drawn_at: now,
                expires_at: until.as_millisecond(),
            };
            let mut resets = with_room(&account.resets, now);
            resets.insert(code.hash(), reset);
            if self.people.set_resets(&account, &resets).await? {
                return Ok(Some(code.encode()));
            }
        }
        Err(StoreError::Contended)
    }
}

/// The codes that are still good, without the oldest beyond what leaves room for one more.
fn with_room(resets: &Resets, now: i64) -> Resets {
    let mut good: Vec<_> = resets
        .iter()
        .filter(|(_, reset)| reset.expires_at > now)
        .map(|(hash, reset)| (hash.clone(), *reset))
        .collect();
    good.sort_unstable_by_key(|(_, reset)| std::cmp::Reverse(reset.drawn_at));
    good.truncate(MOST_CODES - 1);
    good.into_iter().collect()
}
