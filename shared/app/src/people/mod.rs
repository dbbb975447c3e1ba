//! What people do with their accounts, and staff with groups.

mod authenticate;
mod browser;
mod change_user;
mod export;
mod exported;
mod forgot;
mod groups;
mod log_in;
mod log_out;
mod members;
mod passwords;
mod preferences;
mod refresh;
mod remove_user;
mod reset_code;
mod reset_password;
mod sign_up;
mod superuser;
mod tokens;
mod users;

pub use change_user::UserChange;
pub use exported::{Export, ExportList, ExportPlace};
pub use log_in::TokenPair;
pub use passwords::Passwords;
pub(crate) use reset_code::ResetCode;
pub use sign_up::NewUser;
pub use superuser::make_superuser;
pub use tokens::{Lifetimes, Tokens};
