use aws_sdk_s3::{Client, error::ProvideErrorMetadata};
use kabar_domain::ids::ImportId;

use crate::{
    OnUse,
    bucket::{BucketError, failed},
};

/// The bucket of files of clients.
#[derive(Clone)]
pub struct ImportBucket {
    /// How it is reached.
    pub client: OnUse<Client>,
    /// What it is called.
    pub name: String,
}

/// A file that lies in the bucket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Uploaded {
    /// How many bytes it has.
    pub size: u64,
    /// Which version of it this is.
    pub etag: String,
}

/// Codes that say that a file, or this version of it, is not there.
const NOT_THERE: [&str; 4] = ["NotFound", "NoSuchKey", "PreconditionFailed", "InvalidRange"];

/// Where the file of an import lies.
pub(crate) fn object(import: ImportId) -> String {
    format!("imports/{import}")
}

impl ImportBucket {
    /// The file of an import, if it is there.
    ///
    /// # Errors
    /// When the bucket did not answer.
    pub async fn file(&self, import: ImportId) -> Result<Option<Uploaded>, BucketError> {
        let head = self.client.head_object().bucket(&self.name).key(object(import));
        match head.send().await {
            Ok(found) => Ok(Some(Uploaded {
                size: found
                    .content_length
                    .and_then(|size| size.try_into().ok())
                    .unwrap_or_default(),
                etag: found.e_tag.unwrap_or_default(),
            })),
            // An answer without a body has no code.
            Err(error)
                if error
                    .raw_response()
                    .is_some_and(|raw| raw.status().as_u16() == 404) =>
            {
                Ok(None)
            }
            Err(error) => Err(failed("HeadObject")(error)),
        }
    }

    /// The bytes of a file from a place on, at most so many; nothing if it is gone, or is another one now.
    ///
    /// # Errors
    /// When the bucket did not answer.
    pub async fn read(
        &self,
        import: ImportId,
        etag: &str,
        from: u64,
        most: u64,
    ) -> Result<Option<Vec<u8>>, BucketError> {
        let get = self
            .client
            .get_object()
            .bucket(&self.name)
            .key(object(import))
            .if_match(etag)
            .range(format!("bytes={from}-{}", from + most - 1));
        let found = match get.send().await {
            Ok(found) => found,
            Err(error) if error.code().is_some_and(|code| NOT_THERE.contains(&code)) => return Ok(None),
            Err(error) => return Err(failed("GetObject")(error)),
        };
        let bytes = found.body.collect().await.map_err(|source| BucketError {
            operation: "GetObject",
            source: Box::new(source),
        })?;
        Ok(Some(bytes.to_vec()))
    }

    /// Deletes the file of an import. One that is not there is no error.
    ///
    /// # Errors
    /// When the bucket did not do it, or did not say so.
    pub async fn delete(&self, import: ImportId) -> Result<(), BucketError> {
        let delete = self.client.delete_object().bucket(&self.name).key(object(import));
        delete.send().await.map(drop).map_err(failed("DeleteObject"))
    }
}
