//! DynamoDB: an engine in this process, for the emulator's own looks through a whole table for each query.

use std::net;
use std::thread::{self, JoinHandle};

use dynoxide::actions::create_table::CreateTableRequest;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::sync::oneshot;

use crate::cloud::Cloud;
use crate::deploy::Deployed;
use crate::error::{Explain, Result};

/// What tables are made from, of what `DescribeTable` says.
const SHAPE: [&str; 3] = ["TableName", "KeySchema", "AttributeDefinitions"];
/// The same of an index.
const INDEX: [&str; 3] = ["IndexName", "KeySchema", "Projection"];

/// The running engine. It ends when this is dropped, and its tables with it.
pub(crate) struct Database {
    engine: dynoxide::Database,
    url: String,
    end: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Database {
    /// Starts an engine without tables on a free port of 127.0.0.1.
    ///
    /// It has a thread of its own: a request holds its thread until it is answered, and the gate is to go on meanwhile.
    pub(crate) fn start() -> Result<Self> {
        let engine = dynoxide::Database::memory().explain(|| "Cannot start the database".to_owned())?;
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let runtime = runtime.explain(|| "Cannot make an async runtime".to_owned())?;
        let (listener, url) = listen().explain(|| "No free port on 127.0.0.1".to_owned())?;
        let (end, is_over) = oneshot::channel::<()>();
        let served = engine.clone();
        let serve = move || {
            runtime.block_on(async {
                // It was made ready for this just now.
                let Ok(listener) = TcpListener::from_std(listener) else {
                    return;
                };
                tokio::select! {
                    () = dynoxide::server::serve_on(listener, served) => {}
                    // Its owner is gone.
                    _ = is_over => {}
                }
            });
        };
        let thread = thread::Builder::new().name("dynamodb".to_owned()).spawn(serve);
        let thread = thread.explain(|| "Cannot start a thread".to_owned())?;
        Ok(Self {
            engine,
            url,
            end: Some(end),
            thread: Some(thread),
        })
    }

    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// Makes the tables that the deploy made in the emulator, with their indices.
    pub(crate) async fn make_tables(&self, cloud: &Cloud, deployed: &Deployed) -> Result<()> {
        for name in deployed.tables() {
            let asked = json!({ "TableName": name });
            let described = cloud
                .json("dynamodb", "DynamoDB_20120810.DescribeTable", &asked)
                .await?;
            let request: CreateTableRequest = serde_json::from_value(shape(&described["Table"]))
                .explain(|| format!("The table {name} is described in a way of its own"))?;
            let made = self.engine.create_table(request);
            made.explain(|| format!("Cannot make the table {name}"))?;
        }
        Ok(())
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        drop(self.end.take());
        if let Some(thread) = self.thread.take() {
            // It ended; how does not matter any more.
            let _ = thread.join();
        }
    }
}

fn listen() -> std::io::Result<(net::TcpListener, String)> {
    let listener = net::TcpListener::bind("127.0.0.1:0")?;
    listener.set_nonblocking(true)?;
    let url = format!("http://{}", listener.local_addr()?);
    Ok((listener, url))
}

/// The request that makes a table like the described one.
fn shape(described: &Value) -> Value {
    let mut shape = chosen(described, &SHAPE);
    shape["BillingMode"] = json!("PAY_PER_REQUEST");
    if let Some(indices) = described["GlobalSecondaryIndexes"].as_array() {
        shape["GlobalSecondaryIndexes"] = indices.iter().map(|index| chosen(index, &INDEX)).collect();
    }
    shape
}

fn chosen(of: &Value, names: &[&str]) -> Value {
    let pairs = names.iter().map(|&name| (name.to_owned(), of[name].clone()));
    Value::Object(pairs.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_made_again_from_what_describes_it() {
        let key = json!([{"AttributeName": "pk", "KeyType": "HASH"}]);
        let described = json!({
            "TableName": "kabar-people", "KeySchema": key, "AttributeDefinitions": [], "ItemCount": 3,
            "GlobalSecondaryIndexes": [{"IndexName": "list", "KeySchema": key, "Projection": {"ProjectionType": "ALL"}, "IndexStatus": "ACTIVE"}],
        });
        let expected = json!({
            "TableName": "kabar-people", "KeySchema": key, "AttributeDefinitions": [], "BillingMode": "PAY_PER_REQUEST",
            "GlobalSecondaryIndexes": [{"IndexName": "list", "KeySchema": key, "Projection": {"ProjectionType": "ALL"}}],
        });
        assert_eq!(shape(&described), expected);
        let plain =
            shape(&json!({"TableName": "kabar-events", "KeySchema": key, "AttributeDefinitions": []}));
        assert!(plain.get("GlobalSecondaryIndexes").is_none());
    }
}
