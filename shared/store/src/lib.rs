//! Where state lives: `DynamoDB`. A method is one atomic step, and reads what it says it reads.
//!
//! Every key is made in [`mod@keys`]; `README.md` has the tables.

mod batch;
mod db;
mod error;
pub mod events;
mod instant;
mod keys;
mod list;
pub mod mailings;
pub mod notices;
pub mod people;
pub mod power;
mod updates;
mod writes;

pub use error::StoreError;
pub use keys::DUE_SHARDS;
pub use list::{List, Order, Window};

use std::sync::Arc;

use kabar_domain::World;

pub(crate) use db::Db;

/// The result of a step.
pub type Result<T> = std::result::Result<T, StoreError>;

/// A table: a client that knows its name.
///
/// Functions open just the tables that their policies name.
pub fn table(client: &aws_sdk_dynamodb::Client, name: &str, world: &Arc<dyn World>) -> Table {
    Table(Db::new(client.clone(), name.to_owned(), Arc::clone(world)))
}

/// An open table, to be wrapped as [`people::People`], [`power::Grid`], [`mailings::Mailings`] or [`notices::Notices`].
#[derive(Clone)]
pub struct Table(Db);

impl Table {
    /// Reads one item that is not there: the connection is then made while something else is waited for.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn warm(&self) -> Result<()> {
        self.0
            .get::<std::collections::HashMap<String, String>>(keys::nothing())
            .await
            .map(drop)
    }
}
