use axum::extract::{FromRequest, Request};
use kabar_app::events::NewPoster;
use kabar_domain::{
    Invalid,
    events::{IMAGE_MAX, Image},
    ids::EventId,
};
use utoipa::ToSchema;

use crate::{
    Api,
    frame::{Fields, Form, Problem, ProblemKind, Result},
};

/// A picture for an event.
#[derive(ToSchema)]
#[schema(as = NewPoster)]
#[expect(dead_code, reason = "describes the form; `Upload` reads it")]
pub(crate) struct UploadForm {
    /// A JPEG, PNG, GIF or WebP, by its content: at most 512,000 bytes, and 10,000 pixels wide and high.
    #[schema(value_type = String, format = Binary)]
    image: Vec<u8>,
    /// The event's id.
    #[schema(example = "01990000-0000-7000-8000-000000000002")]
    event: String,
}

/// The form of an upload, its image known for what it is.
pub(crate) struct Upload(pub(super) NewPoster);

impl FromRequest<Api> for Upload {
    type Rejection = Problem;

    async fn from_request(request: Request, api: &Api) -> Result<Self> {
        let mut fields = Fields::default();
        let form = match Form::from_request(request, api).await {
            // Nothing else in it can be that large (SPEC §1).
            Err(Problem {
                kind: ProblemKind::TooLarge,
                ..
            }) => {
                let reason = format!("May have at most {IMAGE_MAX} bytes.");
                let refused: Option<NewPoster> = fields.refuse("image", Invalid::because(reason));
                return fields.all(refused).map(Self);
            }
            form => form?,
        };
        let image = form.required(&mut fields, "image", |bytes| {
            Ok((Image::read(bytes)?, bytes.to_vec()))
        });
        let event = form.required(&mut fields, "event", |text| {
            let id = std::str::from_utf8(text).ok().and_then(EventId::parse);
            id.ok_or_else(|| Invalid::because("There is no such event."))
        });
        let ((image, bytes), event) = fields.all((image, event))?;
        Ok(Self(NewPoster { event, image, bytes }))
    }
}
