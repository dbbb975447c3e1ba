use kabar_domain::{Invalid, people::Password};

use super::reset_code::ResetCode;
use crate::{App, Failure, FieldError, Result};

const NOT_GOOD: &str = "Is not a code that is good now.";

impl App {
    /// Gives the owner of a mailed code a new password. All their sessions and codes end, so a code is good once.
    ///
    /// # Errors
    /// [`Failure::Invalid`] when the code is not good, the password cannot be one, or both; nothing is changed then.
    pub async fn reset_password(&self, token: &str, password: &str) -> Result<()> {
        let now = self.world.now();
        let code = ResetCode::parse(token);
        let account = match &code {
            Some(code) => self.people.account(code.user).await?,
            None => None,
        };
        let good = code.zip(account).filter(|(code, account)| {
            let reset = account.resets.get(&code.hash());
            reset.is_some_and(|reset| reset.expires_at > now.as_millisecond())
        });
        // Only who has a good code learns what the username is not.
        let username = good.as_ref().map(|(_, account)| &account.user.profile.username);
        let password = Password::parse(password, username);
        let (code, password) = match (good, password) {
            (Some((code, _)), Ok(password)) => (code, password),
            (good, password) => return Err(refused(good.is_none(), password.err())),
        };
        let hash = self.passwords.hash(&*self.world, password.as_bytes());
        let hash = hash.map_err(|e| Failure::Defect(e.to_string()))?;
        let is_reset = self
            .people
            .reset_password(code.user, &code.hash(), &hash, now)
            .await?;
        if is_reset {
            Ok(())
        } else {
            Err(refused(true, None))
        }
    }
}

fn refused(is_bad_code: bool, bad_password: Option<Invalid>) -> Failure {
    let token = is_bad_code.then(|| FieldError {
        field: "token",
        reason: Invalid::because(NOT_GOOD),
    });
    let password = bad_password.map(|reason| FieldError {
        field: "password",
        reason,
    });
    Failure::Invalid(token.into_iter().chain(password).collect())
}
