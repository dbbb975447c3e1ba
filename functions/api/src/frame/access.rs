use axum::{
    extract::FromRequestParts,
    http::{header, request::Parts},
};
use kabar_app::Failure;
use kabar_domain::people::{Caller, Role};

use super::{Problem, ProblemKind};
use crate::Api;

/// Who may call a route, before it looks at the thing that is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// Everybody.
    Anyone,
    /// Whoever is logged in.
    LoggedIn,
    /// Superusers, admins and organizers.
    Organizers,
    /// Superusers and admins.
    Staff,
    /// Superusers.
    Superuser,
    /// Telegram, by the secret of the webhook.
    Telegram,
}

/// Everybody may call.
pub(crate) struct Anyone;

/// Whoever is logged in may call.
pub(crate) struct LoggedIn(pub(crate) Caller);

/// Superusers, admins and organizers may call.
pub(crate) struct Organizers(pub(crate) Caller);

/// Superusers and admins may call.
pub(crate) struct Staff(pub(crate) Caller);

/// Superusers may call.
pub(crate) struct Superuser;

/// Telegram may call, which knows the secret of the webhook.
pub(crate) struct Telegram;

/// An access rule, as the first parameter of a handler.
pub(crate) trait Access {
    const RULE: Rule;
}

impl Access for Anyone {
    const RULE: Rule = Rule::Anyone;
}
impl Access for LoggedIn {
    const RULE: Rule = Rule::LoggedIn;
}
impl Access for Organizers {
    const RULE: Rule = Rule::Organizers;
}
impl Access for Staff {
    const RULE: Rule = Rule::Staff;
}
impl Access for Superuser {
    const RULE: Rule = Rule::Superuser;
}

impl Access for Telegram {
    const RULE: Rule = Rule::Telegram;
}

/// The parameters of a handler, the first of which is an access rule.
pub trait DeclaresAccess {
    /// The rule.
    const RULE: Rule;
}

// The parameters of an axum handler are a tuple that begins with a marker.
macro_rules! declares_access {
    ($(($($parameter:ident),*))*) => {$(
        impl<Marker, A: Access, $($parameter),*> DeclaresAccess for (Marker, A, $($parameter,)*) {
            const RULE: Rule = A::RULE;
        }
    )*};
}
declares_access! { () (B) (B, C) (B, C, D) (B, C, D, E) (B, C, D, E, F) }

impl FromRequestParts<Api> for Anyone {
    type Rejection = Problem;

    async fn from_request_parts(_: &mut Parts, _: &Api) -> Result<Self, Problem> {
        Ok(Self)
    }
}

impl FromRequestParts<Api> for LoggedIn {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, api: &Api) -> Result<Self, Problem> {
        Ok(Self(sender(parts, api).await?))
    }
}

/// Whoever is logged in, where everybody may call and some see more. A token that is not good is nobody's.
pub(crate) struct PerhapsLoggedIn(pub(crate) Option<Caller>);

impl FromRequestParts<Api> for PerhapsLoggedIn {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, api: &Api) -> Result<Self, Problem> {
        match sender(parts, api).await {
            Ok(caller) => Ok(Self(Some(caller))),
            Err(Failure::NotLoggedIn) => Ok(Self(None)),
            Err(failure) => Err(failure.into()),
        }
    }
}

impl FromRequestParts<Api> for Organizers {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, api: &Api) -> Result<Self, Problem> {
        let LoggedIn(caller) = LoggedIn::from_request_parts(parts, api).await?;
        if caller.is_staff() || caller.is(Role::Organizer) {
            Ok(Self(caller))
        } else {
            Err(ProblemKind::NotAllowed.into())
        }
    }
}

impl FromRequestParts<Api> for Staff {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, api: &Api) -> Result<Self, Problem> {
        let LoggedIn(caller) = LoggedIn::from_request_parts(parts, api).await?;
        if caller.is_staff() {
            Ok(Self(caller))
        } else {
            Err(ProblemKind::NotAllowed.into())
        }
    }
}

impl FromRequestParts<Api> for Superuser {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, api: &Api) -> Result<Self, Problem> {
        let LoggedIn(caller) = LoggedIn::from_request_parts(parts, api).await?;
        if caller.is(Role::Superuser) {
            Ok(Self)
        } else {
            Err(ProblemKind::NotAllowed.into())
        }
    }
}

impl FromRequestParts<Api> for Telegram {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, api: &Api) -> Result<Self, Problem> {
        let said = parts.headers.get("x-telegram-bot-api-secret-token");
        let said = said.and_then(|said| said.to_str().ok());
        match said {
            Some(said) if api.app.bot().await?.knows(said) => Ok(Self),
            _ => Err(ProblemKind::NotLoggedIn.into()),
        }
    }
}

/// Who sends a request: one read, unless it comes from the console.
async fn sender(parts: &Parts, api: &Api) -> kabar_app::Result<Caller> {
    if let Some(caller) = known(parts) {
        return Ok(caller.clone());
    }
    let token = bearer(parts).ok_or(Failure::NotLoggedIn)?;
    api.app.authenticate(token).await
}

/// Whom the console, which asks within its own process, has looked up for its own request. No request from outside can
/// say so: what travels are headers, not extensions.
pub(super) fn known(parts: &Parts) -> Option<&Caller> {
    parts.extensions.get()
}

/// The token of an `Authorization: Bearer` header (RFC 6750 §2.1; the scheme's letter case does not matter).
pub(super) fn bearer(parts: &Parts) -> Option<&str> {
    let value = parts.headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then_some(token.trim())
}
