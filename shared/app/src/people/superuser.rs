use kabar_domain::{
    Language, World, Zone,
    ids::UserId,
    people::{Email, Password, Profile, User, Username},
};
use kabar_store::people::People;

use super::{Passwords, sign_up::taken};
use crate::{Failure, Result};

/// Makes the superuser, or gives the one with this username a new password and ends their sessions.
///
/// An operator's command, never an endpoint.
///
/// # Errors
/// [`Failure::Conflict`] when an ordinary user has the username; [`Failure::Invalid`] when one has the address.
pub async fn make_superuser(
    people: &People,
    passwords: &Passwords,
    world: &dyn World,
    username: Username,
    email: Email,
    password: &Password,
) -> Result<UserId> {
    let hash = passwords
        .hash(world, password.as_bytes())
        .map_err(|e| Failure::Defect(e.to_string()))?;
    if let Some(id) = people.user_named(&username).await? {
        let account = people.account(id).await?.ok_or(Failure::NotFound)?;
        if !account.user.is_superuser {
            return Err(Failure::Conflict(
                "A user with this username exists and is not a superuser.",
            ));
        }
        people.set_password(id, &hash).await?;
        return Ok(id);
    }
    let profile = Profile {
        username,
        email,
        first_name: String::new(),
        last_name: String::new(),
        zone: Zone::utc(),
        language: Language::En,
    };
    let user = User {
        id: UserId::new(world),
        profile,
        is_superuser: true,
        groups: Vec::new(),
        date_joined: world.now(),
        version: 1,
    };
    people.add_user(&user, &hash).await?.map_err(taken)?;
    Ok(user.id)
}
