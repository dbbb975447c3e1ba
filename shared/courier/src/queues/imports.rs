//! Files of clients that wait to be imported.

use aws_sdk_sqs::Client;
use kabar_domain::ids::ImportId;

use super::{
    NotOurs, QueueError,
    body::{Work, parse},
    put::send,
};
use crate::OnUse;

/// The queue of files to import.
#[derive(Clone)]
pub struct ImportQueue {
    /// How it is reached.
    pub client: OnUse<Client>,
    /// Where it is.
    pub url: String,
}

/// Work for client-import.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImportWork {
    /// Work on through this file.
    Import(ImportId),
}

impl ImportWork {
    /// Reads a message.
    ///
    /// # Errors
    /// When it is not one of ours.
    pub fn parse(body: &str) -> Result<Self, NotOurs> {
        match parse(body) {
            Some(Work::Import { import }) => ImportId::parse(&import).map(Self::Import).ok_or(NotOurs),
            _ => Err(NotOurs),
        }
    }
}

impl ImportQueue {
    /// Asks for a file to be worked through.
    ///
    /// # Errors
    /// When the queue did not take it.
    pub async fn put(&self, ImportWork::Import(import): ImportWork) -> Result<(), QueueError> {
        let import = import.to_string();
        send(&self.client, &self.url, Work::Import { import }, 0).await
    }
}
