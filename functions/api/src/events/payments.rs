use axum::{Json, http::StatusCode};
use jiff::Timestamp;
use kabar_app::events::{NewPayment, PaymentChange};
use kabar_domain::{
    Invalid,
    events::{Payment, PaymentMethod, PaymentStatus},
    ids::PaymentId,
};
use serde::{Deserialize, Serialize};
use serde_json::{Number, Value};
use utoipa::ToSchema;

use super::read::{self, Read};
use crate::frame::{
    Body, Entity, Fields, Id, IfMatch, ListQuery, Listing, LoggedIn, Params, Request, Result, Sent, Staff,
    money, read_text,
};

const LISTING: Listing = Listing {
    name: "payments",
    is_sort_key: |key| PaymentId::parse(key).is_some(),
};

/// A payment for a registration.
#[derive(Serialize, ToSchema)]
#[schema(as = Payment)]
pub(crate) struct PaymentView {
    id: String,
    /// The registration's id, also when it was cancelled.
    registration: String,
    /// `QRIS`, `BANK_TRANSFER`, `CREDIT_CARD` or `CASH`.
    #[schema(example = "QRIS")]
    payment_method: &'static str,
    /// `pending`, `completed`, `failed`, `cancelled` or `refunded`.
    #[schema(example = "pending")]
    payment_status: &'static str,
    #[schema(value_type = f64, example = 150000)]
    amount_paid: Number,
    /// Null until it is completed.
    #[schema(value_type = Option<String>, format = DateTime)]
    paid_at: Option<Timestamp>,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
    /// Whether money is kept for a registration that was cancelled.
    refund_due: bool,
}

impl From<Payment> for PaymentView {
    fn from(payment: Payment) -> Self {
        Self {
            id: payment.id.to_string(),
            registration: payment.registration.to_string(),
            payment_method: payment.method.name(),
            payment_status: payment.status.name(),
            amount_paid: read::number(payment.amount),
            paid_at: payment.paid_at,
            created_at: payment.created_at,
            refund_due: payment.is_refund_due(),
        }
    }
}

/// A part of the list of payments.
#[derive(Serialize, ToSchema)]
pub(crate) struct PaymentList {
    payments: Vec<PaymentView>,
    /// Give as `cursor` to go on; null at the end.
    next: Option<String>,
}

/// A payment as it is reported.
#[derive(Default, Deserialize, ToSchema)]
#[serde(default)]
#[schema(as = NewPayment)]
pub(crate) struct PaymentBody {
    #[schema(value_type = String, required, example = "01990000-0000-7000-8000-000000000004")]
    registration_id: Sent,
    #[schema(value_type = String, required, example = "QRIS")]
    payment_method: Sent,
    /// `pending` unless said; others by staff only.
    #[schema(value_type = Option<String>, example = "pending")]
    payment_status: Sent,
    #[schema(schema_with = money, required)]
    amount_paid: Sent,
}

/// What is to change of a payment; what is absent stays.
#[derive(Default, Deserialize, ToSchema)]
#[serde(default)]
#[schema(as = PaymentChange)]
pub(crate) struct PaymentChangeBody {
    /// It stays with its registration.
    #[schema(value_type = String)]
    registration_id: Sent,
    #[schema(value_type = String, example = "CASH")]
    payment_method: Sent,
    #[schema(value_type = String, example = "completed")]
    payment_status: Sent,
    /// Only while it is pending.
    #[schema(schema_with = money)]
    amount_paid: Sent,
}

fn method(value: &Value) -> Read<PaymentMethod> {
    PaymentMethod::parse(read_text(value)?)
}

fn status(value: &Value) -> Read<PaymentStatus> {
    PaymentStatus::parse(read_text(value)?)
}

impl PaymentBody {
    fn read(&self) -> Result<NewPayment> {
        let mut fields = Fields::default();
        let registration = fields.required("registration_id", &self.registration_id, read::registration);
        let method = fields.required("payment_method", &self.payment_method, method);
        let status = fields.optional("payment_status", &self.payment_status, status);
        let amount = fields.required("amount_paid", &self.amount_paid, read::money);
        let (registration, method, amount) = fields.all((registration, method, amount))?;
        Ok(NewPayment {
            registration,
            method,
            status: status.unwrap_or_default(),
            amount,
        })
    }
}

impl PaymentChangeBody {
    fn read(&self) -> Result<PaymentChange> {
        let mut fields = Fields::default();
        let change = PaymentChange {
            registration: fields.change("registration_id", &self.registration_id, read::registration),
            method: fields.change("payment_method", &self.payment_method, method),
            status: fields.change("payment_status", &self.payment_status, status),
            amount: fields.change("amount_paid", &self.amount_paid, read::money),
        };
        fields.done()?;
        Ok(change)
    }
}

/// Payments, the newest first unless `order` says otherwise: for staff all, for organizers those of their events and their
/// own, for others their own.
#[utoipa::path(get, path = "/api/payments/", tag = "events",
    params(("refund_due" = Option<bool>, Query, description = "Only those kept for registrations that were cancelled (`true`)"),
           ("order" = Option<String>, Query, pattern = r"^(newest|oldest)$", description = "Which come first; the newest unless said. A cursor is good for its own order", example = "oldest")),
    responses((status = 200, body = PaymentList)))]
pub(crate) async fn list_payments(
    LoggedIn(caller): LoggedIn,
    Request(app): Request,
    params: Params,
) -> Result<Json<PaymentList>> {
    let mut query = ListQuery {
        params: &params,
        fields: Fields::default(),
    };
    let window = query.ordered(LISTING);
    let is_refund_due = query.parameter("refund_due", |raw| {
        raw.parse()
            .map_err(|_| Invalid::because("Must be true or false."))
    });
    query.fields.done()?;
    let found = app
        .payments(&caller, is_refund_due.unwrap_or_default(), &window)
        .await?;
    let next = found.next.map(|key| LISTING.next(&window, &key));
    Ok(Json(PaymentList {
        payments: found.entries.into_iter().map(PaymentView::from).collect(),
        next,
    }))
}

/// Report a payment: staff any, who holds the registration a pending one.
#[utoipa::path(post, path = "/api/payments/", tag = "events", request_body = PaymentBody,
    responses((status = 201, body = PaymentView), (status = 403, body = crate::frame::ProblemBody)))]
pub(crate) async fn create_payment(
    LoggedIn(caller): LoggedIn,
    Request(app): Request,
    Body(body): Body<PaymentBody>,
) -> Result<Entity<PaymentView>> {
    let payment = app.add_payment(&caller, body.read()?).await?;
    Ok(Entity::versioned(payment.version, payment.into()).created())
}

/// A payment: for staff, who pays, and the event's organizer.
#[utoipa::path(get, path = "/api/payments/{id}/", tag = "events", params(("id" = String, Path)),
    responses((status = 200, body = PaymentView), (status = 403, body = crate::frame::ProblemBody)))]
pub(crate) async fn get_payment(
    LoggedIn(caller): LoggedIn,
    Request(app): Request,
    Id(id): Id<PaymentId>,
) -> Result<Entity<PaymentView>> {
    let payment = app.payment(&caller, id).await?;
    Ok(Entity::versioned(payment.version, payment.into()))
}

/// Report anew how a payment stands; it makes only its legal moves.
#[utoipa::path(put, path = "/api/payments/{id}/", tag = "events", params(("id" = String, Path)),
    request_body = PaymentBody, responses((status = 200, body = PaymentView), (status = 409, body = crate::frame::ProblemBody)))]
pub(crate) async fn replace_payment(
    Staff(caller): Staff,
    Request(app): Request,
    Id(id): Id<PaymentId>,
    IfMatch(expected): IfMatch,
    Body(body): Body<PaymentBody>,
) -> Result<Entity<PaymentView>> {
    let new = body.read()?;
    let change = PaymentChange {
        registration: Some(new.registration),
        method: Some(new.method),
        status: body.payment_status.is_there().then_some(new.status),
        amount: Some(new.amount),
    };
    let payment = app.change_payment(&caller, id, expected, change).await?;
    Ok(Entity::versioned(payment.version, payment.into()))
}

/// Change how a payment stands; it makes only its legal moves.
#[utoipa::path(patch, path = "/api/payments/{id}/", tag = "events", params(("id" = String, Path)),
    request_body = PaymentChangeBody, responses((status = 200, body = PaymentView), (status = 409, body = crate::frame::ProblemBody)))]
pub(crate) async fn change_payment(
    Staff(caller): Staff,
    Request(app): Request,
    Id(id): Id<PaymentId>,
    IfMatch(expected): IfMatch,
    Body(body): Body<PaymentChangeBody>,
) -> Result<Entity<PaymentView>> {
    let payment = app.change_payment(&caller, id, expected, body.read()?).await?;
    Ok(Entity::versioned(payment.version, payment.into()))
}

/// Remove a payment.
#[utoipa::path(delete, path = "/api/payments/{id}/", tag = "events", params(("id" = String, Path)),
    responses((status = 204)))]
pub(crate) async fn delete_payment(
    Staff(caller): Staff,
    Request(app): Request,
    Id(id): Id<PaymentId>,
    IfMatch(expected): IfMatch,
) -> Result<StatusCode> {
    app.remove_payment(&caller, id, expected).await?;
    Ok(StatusCode::NO_CONTENT)
}
