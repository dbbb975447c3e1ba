use std::{
    collections::BTreeMap,
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use aws_sdk_dynamodb::{
    config::{ConfigBag, Intercept, RuntimeComponents},
    error::BoxError,
    operation::{
        batch_get_item::{BatchGetItemInput, BatchGetItemOutput},
        batch_write_item::{BatchWriteItemInput, BatchWriteItemOutput},
        delete_item::{DeleteItemInput, DeleteItemOutput},
        get_item::{GetItemInput, GetItemOutput},
        put_item::{PutItemInput, PutItemOutput},
        query::{QueryInput, QueryOutput},
        transact_write_items::{TransactWriteItemsInput, TransactWriteItemsOutput},
        update_item::{UpdateItemInput, UpdateItemOutput},
    },
    types::{ConsumedCapacity, ReturnConsumedCapacity},
};
use aws_smithy_runtime_api::client::interceptors::context::{
    AfterDeserializationInterceptorContextRef, BeforeSerializationInterceptorContextMut, Input, Output,
};

/// What requests used.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Use {
    /// Requests sent, those that were refused too.
    pub requests: u32,
    /// Read units.
    pub read: f64,
    /// Write units.
    pub write: f64,
}

/// Counts requests and units of a client, from the consumed capacity that `DynamoDB` reports.
#[derive(Clone, Debug, Default)]
pub struct Meter(Arc<Mutex<BTreeMap<&'static str, Use>>>);

impl Meter {
    fn uses(&self) -> MutexGuard<'_, BTreeMap<&'static str, Use>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What was used since the last call, by operation.
    #[must_use]
    pub fn take(&self) -> BTreeMap<&'static str, Use> {
        std::mem::take(&mut self.uses())
    }

    /// What was used since the last call, by all operations together.
    #[must_use]
    pub fn take_total(&self) -> Use {
        self.take().into_values().fold(Use::default(), |sum, one| Use {
            requests: sum.requests + one.requests,
            read: sum.read + one.read,
            write: sum.write + one.write,
        })
    }

    fn request(&self, operation: &'static str) {
        self.uses().entry(operation).or_default().requests += 1;
    }

    fn units<'c>(
        &self,
        operation: &'static str,
        is_read: bool,
        used: impl IntoIterator<Item = &'c ConsumedCapacity>,
    ) {
        let units: f64 = used
            .into_iter()
            .filter_map(ConsumedCapacity::capacity_units)
            .sum();
        let mut uses = self.uses();
        let used = uses.entry(operation).or_default();
        *(if is_read { &mut used.read } else { &mut used.write }) += units;
    }
}

impl fmt::Display for Use {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} requests, {} read, {} write units",
            self.requests, self.read, self.write
        )
    }
}

macro_rules! operations {
    ($($name:literal, $input:ty, $output:ty, $is_read:literal;)*) => {
        /// Has the operation report what it consumes.
        fn ask(meter: &Meter, input: &mut Input) {
            $(if let Some(input) = input.downcast_mut::<$input>() {
                input.return_consumed_capacity = Some(ReturnConsumedCapacity::Total);
                meter.request($name);
            })*
        }

        fn note(meter: &Meter, output: &Output) {
            $(if let Some(output) = output.downcast_ref::<$output>() {
                meter.units($name, $is_read, output.consumed_capacity());
            })*
        }
    };
}

operations! {
    "GetItem", GetItemInput, GetItemOutput, true;
    "BatchGetItem", BatchGetItemInput, BatchGetItemOutput, true;
    "Query", QueryInput, QueryOutput, true;
    "PutItem", PutItemInput, PutItemOutput, false;
    "UpdateItem", UpdateItemInput, UpdateItemOutput, false;
    "DeleteItem", DeleteItemInput, DeleteItemOutput, false;
    "BatchWriteItem", BatchWriteItemInput, BatchWriteItemOutput, false;
    "TransactWriteItems", TransactWriteItemsInput, TransactWriteItemsOutput, false;
}

impl Intercept for Meter {
    fn name(&self) -> &'static str {
        "Meter"
    }

    fn modify_before_serialization(
        &self,
        context: &mut BeforeSerializationInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        ask(self, context.input_mut());
        Ok(())
    }

    fn read_after_deserialization(
        &self,
        context: &AfterDeserializationInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        if let Ok(output) = context.output_or_error() {
            note(self, output);
        }
        Ok(())
    }
}
