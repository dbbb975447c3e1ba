use axum::{
    extract::{FromRequestParts, RawPathParams},
    http::request::Parts,
};
use kabar_domain::ids::{
    ClientId, DetectorId, EventId, GroupId, HomeId, ImportId, MailingId, MessageId, NoticeId, PageId,
    PaymentId, PosterId, RegionId, RegistrationId, SuppressionId, TaskId, TicketId, UserId,
};
use kabar_domain::telegram::ChatId;

use super::{Problem, ProblemKind};
use crate::Api;

/// The ids in a path. One that is malformed is the id of nothing: 404.
pub(crate) struct Id<T>(pub(crate) T);

/// Something that stands in a path.
pub(crate) trait InPath: Sized {
    /// Reads it; what cannot be one is not found.
    fn read(text: &str) -> Option<Self>;
}

macro_rules! in_path {
    ($($id:ident),*) => {$(
        impl InPath for $id {
            fn read(text: &str) -> Option<Self> {
                Self::parse(text)
            }
        }
    )*};
}
in_path!(
    UserId,
    EventId,
    TicketId,
    RegistrationId,
    PaymentId,
    PosterId,
    RegionId,
    HomeId,
    DetectorId,
    ClientId,
    ImportId,
    MailingId,
    MessageId,
    NoticeId,
    PageId,
    SuppressionId,
    TaskId,
    ChatId
);

impl InPath for GroupId {
    fn read(text: &str) -> Option<Self> {
        let is_plain = text.bytes().all(|byte| byte.is_ascii_digit()) && !text.starts_with('0');
        text.parse().ok().filter(|_| is_plain)
    }
}

async fn in_order(parts: &mut Parts, api: &Api) -> Result<Vec<String>, Problem> {
    let params = RawPathParams::from_request_parts(parts, api)
        .await
        .map_err(|_| ProblemKind::NotFound)?;
    Ok(params.iter().map(|(_, value)| value.to_owned()).collect())
}

impl<T: InPath> FromRequestParts<Api> for Id<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, api: &Api) -> Result<Self, Problem> {
        let ids = in_order(parts, api).await?;
        let id = ids.first().and_then(|text| T::read(text));
        Ok(Self(id.ok_or(ProblemKind::NotFound)?))
    }
}

impl<A: InPath, B: InPath> FromRequestParts<Api> for Id<(A, B)> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, api: &Api) -> Result<Self, Problem> {
        let ids = in_order(parts, api).await?;
        let ids = match &ids[..] {
            [a, b, ..] => A::read(a).zip(B::read(b)),
            _ => None,
        };
        Ok(Self(ids.ok_or(ProblemKind::NotFound)?))
    }
}
