use aws_lambda_events::sqs::{SqsBatchResponse, SqsEvent, SqsMessage};
use jiff::{SignedDuration, Timestamp};
use kabar_app::{Failure, mailings::Importer};
use kabar_courier::ImportWork;
use kabar_kit::{cause_chain, each, invocation_end};
use lambda_runtime::{Error, LambdaEvent};

/// A step (two reads, a hundred clients in sixteens, the write that ends it) takes a part of this.
const MARGIN: SignedDuration = SignedDuration::from_secs(20);

/// Works on through the files of a batch.
pub(crate) async fn import(
    importer: &Importer,
    event: LambdaEvent<SqsEvent>,
) -> Result<SqsBatchResponse, Error> {
    let stop = invocation_end(&event.context, importer.world.now()) - MARGIN;
    let one = async |message: &SqsMessage| one(importer, message, stop).await;
    Ok(each(event.payload, one).await)
}

async fn one(importer: &Importer, message: &SqsMessage, stop: Timestamp) -> Result<(), ()> {
    let work = ImportWork::parse(message.body.as_deref().unwrap_or_default());
    let ImportWork::Import(id) = work.map_err(|error| tracing::error!(%error, "not imported"))?;
    match importer.work(id, stop).await {
        Ok(Some(import)) => {
            tracing::info!(
                import = %id,
                status = import.status.name(),
                created = import.created,
                changed = import.changed,
                unchanged = import.unchanged,
                refused = import.refused,
                "imported"
            );
            Ok(())
        }
        Ok(None) => {
            tracing::info!(import = %id, "there is no such import any more");
            Ok(())
        }
        Err(error) => {
            let cause = match &error {
                Failure::Store(error) => cause_chain(error),
                Failure::Bucket(error) => cause_chain(error),
                Failure::Queue(error) => cause_chain(error),
                other => other.to_string(),
            };
            tracing::error!(import = %id, cause, "not imported");
            Err(())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sample_event_carries_an_import() {
        let batch: SqsEvent =
            serde_json::from_str(include_str!("../../../events/sqs-client-import.json")).unwrap();
        let body = batch.records[0].body.as_deref().unwrap();
        assert!(ImportWork::parse(body).is_ok(), "{body}");
    }
}
