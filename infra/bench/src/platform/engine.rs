use dynoxide::{
    Database, DynoxideError,
    actions::{
        batch_get_item::BatchGetItemRequest, create_table::CreateTableRequest,
        delete_item::DeleteItemRequest, get_item::GetItemRequest, put_item::PutItemRequest,
        query::QueryRequest, scan::ScanRequest, transact_write_items::TransactWriteItemsRequest,
        update_item::UpdateItemRequest,
    },
    types::{ConsumedCapacity, Item},
};
use kabar_testkit::{Index, TableShape, tables};
use serde_json::{Value, json};

use super::meter::Use;
use crate::failure::{Failure, Result};

/// The tables' names, and the settings by which functions learn them.
pub(crate) const TABLES: [(&str, &str); 5] = [
    ("PEOPLE_TABLE", "people"),
    ("EVENTS_TABLE", "events"),
    ("POWER_TABLE", "power"),
    ("MAILINGS_TABLE", "mailings"),
    ("NOTICES_TABLE", "notices"),
];

/// `DynamoDB`, in this process, asked for the units of every request whether its caller wants to know them or not.
#[derive(Clone)]
pub(crate) struct Engine(Database);

/// A status and a body, as HTTP carries them.
pub(crate) type Answer = (u16, Vec<u8>);

impl Engine {
    /// An empty engine with the tables of `template.yaml`.
    pub(crate) fn start() -> Result<Self> {
        let database = Database::memory()?;
        for table in tables() {
            let request: CreateTableRequest = serde_json::from_value(creation(&table))?;
            database.create_table(request)?;
        }
        Ok(Self(database))
    }

    /// Every item of a small table.
    pub(crate) fn items(&self, table: &str) -> Result<Vec<Item>> {
        let request: ScanRequest = serde_json::from_value(json!({ "TableName": table }))?;
        Ok(self.0.scan(request)?.items.unwrap_or_default())
    }

    /// Adds many items at once.
    pub(crate) fn fill(&self, table: &str, items: Vec<Item>) -> Result<()> {
        self.0.import_items(table, items, Default::default())?;
        Ok(())
    }

    /// Answers one request, and says what it used.
    pub(crate) fn call(&self, operation: &str, body: &[u8]) -> (Answer, Use) {
        let (answer, mut used) = match self.run(operation, body) {
            Ok((body, used)) => ((200, body), used),
            Err(failure) => {
                let refused = Use {
                    refused: 1.0,
                    ..Use::default()
                };
                match failure.downcast::<DynoxideError>() {
                    Ok(error) => ((error.status_code(), error.to_json().into_bytes()), refused),
                    Err(other) => ((400, other.to_string().into_bytes()), refused),
                }
            }
        };
        used.requests = 1.0;
        (answer, used)
    }

    fn run(&self, operation: &str, body: &[u8]) -> Result<(Vec<u8>, Use)> {
        macro_rules! run {
            ($request:ty, $method:ident, $is_read:literal) => {{
                let mut request: $request = serde_json::from_slice(body)?;
                request.return_consumed_capacity = Some("TOTAL".to_owned());
                let mut response = self.0.$method(request)?;
                let capacity: Vec<ConsumedCapacity> = each(response.consumed_capacity.take());
                Ok((serde_json::to_vec(&response)?, used(&capacity, $is_read)))
            }};
        }
        match operation {
            "GetItem" => run!(GetItemRequest, get_item, true),
            "BatchGetItem" => run!(BatchGetItemRequest, batch_get_item, true),
            "Query" => run!(QueryRequest, query, true),
            "PutItem" => run!(PutItemRequest, put_item, false),
            "UpdateItem" => run!(UpdateItemRequest, update_item, false),
            "DeleteItem" => run!(DeleteItemRequest, delete_item, false),
            "TransactWriteItems" => run!(TransactWriteItemsRequest, transact_write_items, false),
            other => Err(Failure::from(format!("the bench does not know {other}"))),
        }
    }
}

fn each<C: Capacity>(capacity: C) -> Vec<ConsumedCapacity> {
    capacity.each()
}

/// Operations on one table report one figure, the others one for each table.
trait Capacity {
    fn each(self) -> Vec<ConsumedCapacity>;
}

impl Capacity for Option<ConsumedCapacity> {
    fn each(self) -> Vec<ConsumedCapacity> {
        self.into_iter().collect()
    }
}

impl Capacity for Option<Vec<ConsumedCapacity>> {
    fn each(self) -> Vec<ConsumedCapacity> {
        self.unwrap_or_default()
    }
}

fn used(capacity: &[ConsumedCapacity], is_read: bool) -> Use {
    let units: f64 = capacity.iter().map(|table| table.capacity_units).sum();
    let (read, write) = if is_read { (units, 0.0) } else { (0.0, units) };
    Use {
        read,
        write,
        ..Use::default()
    }
}

fn creation(table: &TableShape) -> Value {
    let mut names: Vec<&String> = table
        .keys
        .iter()
        .chain(table.indices.iter().flat_map(|i| &i.keys))
        .collect();
    names.sort_unstable();
    names.dedup();
    let attribute = |name: &&String| json!({ "AttributeName": name, "AttributeType": "S" });
    json!({
        "TableName": table.name,
        "BillingMode": "PAY_PER_REQUEST",
        "AttributeDefinitions": names.iter().map(attribute).collect::<Vec<_>>(),
        "KeySchema": schema(&table.keys),
        "GlobalSecondaryIndexes": table.indices.iter().map(index).collect::<Vec<_>>(),
    })
}

fn schema([partition, sort]: &[String; 2]) -> Value {
    json!([
        { "AttributeName": partition, "KeyType": "HASH" },
        { "AttributeName": sort, "KeyType": "RANGE" },
    ])
}

fn index(index: &Index) -> Value {
    let mut projection = json!({ "ProjectionType": index.projection });
    if !index.includes.is_empty() {
        projection["NonKeyAttributes"] = json!(index.includes);
    }
    json!({ "IndexName": index.name, "KeySchema": schema(&index.keys), "Projection": projection })
}
