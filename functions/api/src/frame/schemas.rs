//! What the document says of fields that may be sent in more than one form.

use serde_json::json;
use utoipa::openapi::{
    Schema,
    schema::{ObjectBuilder, OneOfBuilder, Type},
};

/// Digits, as long as they are no other number than they look.
const WHOLE: &str = r"^\d{1,9}$";
/// An amount of money as text: at most two decimals.
const DECIMAL: &str = r"^\d{1,10}(\.\d{1,2})?$";

/// A whole number, also written as a string of digits.
pub(crate) fn whole_number() -> Schema {
    number_or_text(
        Type::Integer,
        WHOLE,
        "A whole number, or its digits as a string.",
        100,
    )
}

/// An amount of money: a number, or a decimal as a string.
pub(crate) fn money() -> Schema {
    number_or_text(
        Type::Number,
        DECIMAL,
        "A number, or a decimal as a string.",
        150_000,
    )
}

fn number_or_text(number: Type, pattern: &str, said: &str, example: u32) -> Schema {
    OneOfBuilder::new()
        .item(ObjectBuilder::new().schema_type(number).minimum(Some(0)))
        .item(
            ObjectBuilder::new()
                .schema_type(Type::String)
                .pattern(Some(pattern)),
        )
        .description(Some(said))
        .examples([json!(example)])
        .into()
}
