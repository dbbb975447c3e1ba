//! Users, what they want to be told, sessions, passwords, groups and roles.

pub(crate) mod groups;
pub(crate) mod own_export;
pub(crate) mod passwords;
pub(crate) mod preferences;
pub(crate) mod roles;
pub(crate) mod sessions;
pub(crate) mod users;
