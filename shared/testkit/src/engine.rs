use std::sync::Arc;

use aws_sdk_dynamodb::{
    Client, Config,
    types::{
        AttributeDefinition, BillingMode, GlobalSecondaryIndex, KeySchemaElement, KeyType, Projection,
        ProjectionType, ScalarAttributeType,
    },
};
use aws_types::region::Region;
use kabar_domain::World;
use kabar_store::Table;
use tokio::{net::TcpListener, task::JoinHandle};

use crate::{
    Conflicts, Meter,
    answer::config,
    template::{Index, TableShape, tables},
};

/// An in-memory `DynamoDB` with the tables of `template.yaml`. It ends with its owner.
pub struct Engine {
    client: Client,
    meter: Meter,
    conflicts: Conflicts,
    server: JoinHandle<()>,
}

impl Engine {
    /// Starts an engine and makes its tables.
    pub async fn start() -> Self {
        let database = dynoxide::Database::memory().expect("an in-memory engine");
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("an address");
        let server = tokio::spawn(dynoxide::server::serve_on(listener, database));
        let conflicts = Conflicts::default();
        let http = conflicts.before(aws_smithy_http_client::Builder::new().build_http());
        let meter = Meter::default();
        let config = Config::new(&config(&format!("http://{address}"), http));
        let client = Client::from_conf(config.to_builder().interceptor(meter.clone()).build());
        for table in tables() {
            create(&client, &table).await;
        }
        Self {
            client,
            meter,
            conflicts,
            server,
        }
    }

    /// A client of the engine, whose requests the meter counts.
    #[must_use]
    pub const fn client(&self) -> &Client {
        &self.client
    }

    /// What the engine was asked for.
    #[must_use]
    pub const fn meter(&self) -> &Meter {
        &self.meter
    }

    /// Transactions that are to meet another one.
    #[must_use]
    pub const fn conflicts(&self) -> &Conflicts {
        &self.conflicts
    }

    /// One of the template's tables, by the last part of its name.
    #[must_use]
    pub fn table(&self, name: &str, world: &Arc<dyn World>) -> Table {
        kabar_store::table(&self.client, name, world)
    }
}

/// A client of whatever answers as `DynamoDB` of this region at this URL.
#[must_use]
pub fn client_at(url: &str, region: String) -> Client {
    let shared = config(url, aws_smithy_http_client::Builder::new().build_http());
    Client::new(&shared.into_builder().region(Region::new(region)).build())
}

impl Drop for Engine {
    fn drop(&mut self) {
        self.server.abort();
    }
}

async fn create(client: &Client, table: &TableShape) {
    let mut names: Vec<&String> = table
        .keys
        .iter()
        .chain(table.indices.iter().flat_map(|index| &index.keys))
        .collect();
    names.sort_unstable();
    names.dedup();
    let attributes = names.into_iter().map(|name| {
        let attribute = AttributeDefinition::builder().attribute_name(name);
        attribute
            .attribute_type(ScalarAttributeType::S)
            .build()
            .expect("an attribute")
    });
    let create = client
        .create_table()
        .table_name(&table.name)
        .billing_mode(BillingMode::PayPerRequest)
        .set_attribute_definitions(Some(attributes.collect()))
        .set_key_schema(Some(key_schema(&table.keys)))
        .set_global_secondary_indexes(Some(table.indices.iter().map(index).collect()));
    create.send().await.expect("a table of the template");
}

fn key_schema(keys: &[String; 2]) -> Vec<KeySchemaElement> {
    let element = |(name, kind): (&String, KeyType)| {
        KeySchemaElement::builder()
            .attribute_name(name)
            .key_type(kind)
            .build()
            .expect("a key")
    };
    keys.iter()
        .zip([KeyType::Hash, KeyType::Range])
        .map(element)
        .collect()
}

fn index(index: &Index) -> GlobalSecondaryIndex {
    let includes = Some(index.includes.clone()).filter(|names| !names.is_empty());
    let projection = Projection::builder()
        .projection_type(ProjectionType::from(index.projection.as_str()))
        .set_non_key_attributes(includes);
    GlobalSecondaryIndex::builder()
        .index_name(&index.name)
        .set_key_schema(Some(key_schema(&index.keys)))
        .projection(projection.build())
        .build()
        .expect("an index")
}
