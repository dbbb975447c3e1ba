use serde_json::json;
use utoipa::openapi::schema::{
    AdditionalProperties, ArrayBuilder, ObjectBuilder, OneOfBuilder, Schema, SchemaType, Type,
};

/// How many operators, and how many tags, a filter may name.
pub(super) const MOST_NAMED: usize = 50;
/// How many pairs of an operator and a tag they may come to: each is looked for by itself.
pub(super) const MOST_PAIRS: usize = 100;

/// One or more of a kind, by themselves or as a list; null is none.
fn one_or_more(example: &str) -> Schema {
    let one = ObjectBuilder::new().schema_type(Type::String);
    let list = ArrayBuilder::new().items(one).max_items(Some(MOST_NAMED));
    let alone = ObjectBuilder::new().schema_type(SchemaType::from_iter([Type::String, Type::Null]));
    let either = OneOfBuilder::new().item(alone).item(list);
    either.examples([json!([example])]).into()
}

/// A filter as it may be sent.
pub(super) fn filter_schema() -> Schema {
    ObjectBuilder::new()
        .schema_type(SchemaType::from_iter([Type::Object, Type::Null]))
        .property("operator_code", one_or_more("916"))
        .property("tag", one_or_more("vip"))
        .additional_properties(Some(AdditionalProperties::FreeForm(false)))
        .examples([json!({ "tag": ["vip"] })])
        .into()
}
