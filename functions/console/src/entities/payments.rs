use crate::{
    entity::{Action, Entity, Field, Kind, NO_ENTITY, Who, delete, field, newest_by},
    words::{fields as f, text, things, values},
};

const METHOD: Field = field("payment_method", f::METHOD, Kind::Choice(values::PAYMENT_METHODS)).required();
const STATUS: Field = field("payment_status", f::STATE, Kind::Choice(values::PAYMENT_STATUS));
const AMOUNT: Field = field("amount_paid", f::AMOUNT, Kind::Money).required();

pub(super) static PAYMENTS: Entity = Entity {
    name: "payments",
    path: "/api/payments",
    list: "payments",
    title: "id",
    one: things::PAYMENT,
    many: things::PAYMENTS,
    who: Who::Everybody,
    keepers: Who::Staff,
    columns: &[
        field("id", f::ID, Kind::Id),
        AMOUNT,
        METHOD,
        STATUS,
        field("paid_at", f::PAID_AT, Kind::Time),
        field("registration", f::REGISTRATION, Kind::Reference("registrations")),
        field("created_at", f::CREATED, Kind::Time),
    ],
    order: Some(newest_by("created_at")),
    facts: Some(&[field("refund_due", f::REFUND_DUE, Kind::Flag)]),
    create: &[
        field(
            "registration_id",
            f::REGISTRATION,
            Kind::Reference("registrations"),
        )
        .required(),
        METHOD,
        AMOUNT,
        STATUS,
    ],
    change: &[METHOD, AMOUNT, STATUS],
    actions: &[Action {
        who: Who::Staff,
        ..delete(text(
            "The record is gone for good.",
            "Catatannya dihapus untuk selamanya.",
        ))
    }],
    ..NO_ENTITY
};
