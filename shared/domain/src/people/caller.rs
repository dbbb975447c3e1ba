use crate::ids::{SessionId, UserId};

/// What a person may do beyond their own things.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Made by command; may do everything.
    Superuser,
    /// A member of the group named `admin`.
    Admin,
    /// A member of the group named `organizer`.
    Organizer,
}

/// A logged-in person, as looked up for this very request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caller {
    /// Who.
    pub user: UserId,
    /// By which login.
    pub session: SessionId,
    /// With which roles.
    pub roles: Vec<Role>,
}

impl Caller {
    /// Whether they have this role.
    #[must_use]
    pub fn is(&self, role: Role) -> bool {
        self.roles.contains(&role)
    }

    /// Superusers and admins look after everybody's things.
    #[must_use]
    pub fn is_staff(&self) -> bool {
        self.is(Role::Superuser) || self.is(Role::Admin)
    }
}

impl Role {
    /// The roles that come with these groups. Only the two names are special; any other group gives none.
    #[must_use]
    pub fn of<'a>(is_superuser: bool, groups: impl IntoIterator<Item = &'a str>) -> Vec<Self> {
        let superuser = is_superuser.then_some(Self::Superuser);
        let by_group = groups.into_iter().filter_map(|name| match name {
            "admin" => Some(Self::Admin),
            "organizer" => Some(Self::Organizer),
            _ => None,
        });
        superuser.into_iter().chain(by_group).collect()
    }
}
