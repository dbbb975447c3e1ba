//! Users, sessions, passwords, groups and roles.

pub(crate) mod groups;
pub(crate) mod passwords;
pub(crate) mod roles;
pub(crate) mod sessions;
pub(crate) mod users;
