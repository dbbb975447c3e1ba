//! People: who they are, how they are reached, what they may do.

mod caller;
mod email;
mod group;
mod password;
mod reset;
mod tries;
mod user;
mod username;

pub use caller::{Caller, Role};
pub use email::Email;
pub use group::{Group, GroupName};
pub use password::Password;
pub use reset::{ASKING_WINDOW, MOST_REQUESTS, RESET_LIFETIME, another_request};
pub use tries::{MOST_TRIES, TryWindow};
pub use user::{PERSON_NAME_MAX, Profile, User, person_name};
pub use username::Username;
