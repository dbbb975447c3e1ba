use std::{error::Error, sync::Arc, time::Duration};

use aws_sdk_s3::{Client, error::SdkError, presigning::PresigningConfig, primitives::ByteStream};
use jiff::Timestamp;
use kabar_domain::{World, events::PosterObject};

use crate::OnUse;

/// For how long a link opens: long enough to look at a page, too short to be a second home for a picture.
const LINK_LIVES: Duration = Duration::from_mins(15);

/// The bucket of posters' pictures.
#[derive(Clone)]
pub struct PosterBucket {
    /// How it is reached.
    pub client: OnUse<Client>,
    /// What it is called.
    pub name: String,
    /// The clock by which links end.
    pub world: Arc<dyn World>,
}

/// An object that lies in the bucket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Its name, whoever gave it.
    pub name: String,
    /// When it was last written.
    pub written_at: Timestamp,
}

/// The bucket did not do it; perhaps it will the next time.
#[derive(Debug, thiserror::Error)]
#[error("{operation} failed")]
pub struct BucketError {
    pub(crate) operation: &'static str,
    pub(crate) source: Box<dyn Error + Send + Sync>,
}

pub(crate) fn failed<E, R>(operation: &'static str) -> impl FnOnce(SdkError<E, R>) -> BucketError
where
    E: Error + Send + Sync + 'static,
    R: std::fmt::Debug + Send + Sync + 'static,
{
    move |source| BucketError {
        operation,
        source: Box::new(source),
    }
}

impl PosterBucket {
    /// Puts a picture where its poster will look for it. Putting the same again is no error.
    ///
    /// # Errors
    /// When the bucket did not take it, or did not say so.
    pub async fn put(&self, object: PosterObject, bytes: Vec<u8>) -> Result<(), BucketError> {
        let put = self
            .client
            .put_object()
            .bucket(&self.name)
            .key(object.to_string())
            .content_type(object.kind.content_type())
            .body(ByteStream::from(bytes));
        put.send().await.map(drop).map_err(failed("PutObject"))
    }

    /// A link that anybody can open for 15 minutes, in a browser too: it answers with the image type that was found in
    /// the bytes, which browsers take as said.
    ///
    /// # Errors
    /// When it could not be signed.
    pub async fn link(&self, object: PosterObject) -> Result<String, BucketError> {
        let signing = PresigningConfig::builder()
            .start_time(self.world.now().into())
            .expires_in(LINK_LIVES)
            .build()
            .map_err(|source| BucketError {
                operation: "a link",
                source: Box::new(source),
            })?;
        let get = self
            .client
            .get_object()
            .bucket(&self.name)
            .key(object.to_string())
            .response_content_type(object.kind.content_type())
            .response_content_disposition("inline");
        let link = get.presigned(signing).await.map_err(failed("a link"))?;
        Ok(link.uri().to_owned())
    }

    /// Deletes a picture. One that is not there is no error.
    ///
    /// # Errors
    /// When the bucket did not do it, or did not say so.
    pub async fn delete(&self, object: PosterObject) -> Result<(), BucketError> {
        let delete = self
            .client
            .delete_object()
            .bucket(&self.name)
            .key(object.to_string());
        delete.send().await.map(drop).map_err(failed("DeleteObject"))
    }

    /// The next objects by name, at most a thousand: those behind this name, or the first ones. After none there are
    /// no more.
    ///
    /// # Errors
    /// When the bucket did not answer.
    pub async fn list(&self, after: Option<&str>) -> Result<Vec<Listed>, BucketError> {
        let list = self
            .client
            .list_objects_v2()
            .bucket(&self.name)
            .prefix(PosterObject::PREFIX)
            .set_start_after(after.map(str::to_owned));
        let page = list.send().await.map_err(failed("ListObjectsV2"))?;
        let listed = page
            .contents
            .unwrap_or_default()
            .into_iter()
            .filter_map(|object| {
                let millis = object.last_modified?.to_millis().ok()?;
                Some(Listed {
                    name: object.key?,
                    written_at: Timestamp::from_millisecond(millis).ok()?,
                })
            });
        Ok(listed.collect())
    }
}
