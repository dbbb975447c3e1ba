use kabar_domain::mailings::Cost;
use serde::Serialize;
use utoipa::ToSchema;

/// About what a mailing costs at list prices of AWS, which what an SMS gateway takes is not a part of.
#[derive(Serialize, ToSchema)]
#[schema(as = MailingCost)]
pub(super) struct CostView {
    #[schema(example = "USD")]
    currency: &'static str,
    /// For mail.
    mail: f64,
    /// For what is written and read on the way.
    database: f64,
    /// All of it.
    total: f64,
}

impl From<&Cost> for CostView {
    fn from(cost: &Cost) -> Self {
        let dollars = |micro: u64| f64::from(u32::try_from(micro).unwrap_or(u32::MAX)) / 1e6;
        Self {
            currency: "USD",
            mail: dollars(cost.mail),
            database: dollars(cost.database),
            total: dollars(cost.total()),
        }
    }
}
