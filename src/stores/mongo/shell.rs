//! What a console sends: any command, and the server's own answer word for word.

use std::{future::IntoFuture, time::Duration};

use mongodb::{
    bson::{Document, doc},
    error::ErrorKind,
};
use tokio::time::timeout;

use super::{MongoStore, refused};
use crate::stores::StoreError;

/// What the server said to a command.
#[derive(Clone, Debug, PartialEq)]
pub enum Said {
    /// Its whole reply; a write that failed is in there too.
    Reply(Document),
    /// An error.
    Error {
        /// Its number.
        code: i32,
        /// Its name, such as `BadValue`; empty if the server gives none.
        name: String,
        /// Its words.
        message: String,
    },
    /// Nothing in the time that it was given.
    Nothing,
}

impl MongoStore {
    /// The name of the database.
    ///
    /// # Errors
    /// [`StoreError::Unreachable`] at once while the engine is not up.
    pub fn database(&self) -> Result<String, StoreError> {
        Ok(self.engine.sessions()?.namespace().db)
    }

    /// Sends a command and waits so long for the answer. Whoever builds the command sees to it that it
    /// stays within the lab.
    ///
    /// # Errors
    /// [`StoreError::Unreachable`], or [`StoreError::Refused`] if the command cannot be sent at all.
    pub async fn run(&self, command: Document, within: Duration) -> Result<Said, StoreError> {
        let sessions = self.engine.sessions()?;
        let database = sessions.client().database(&sessions.namespace().db);
        let asked = self.told(database.run_command(command).into_future());
        let Ok(said) = timeout(within, asked).await else {
            return Ok(Said::Nothing);
        };
        match said? {
            Ok(reply) => Ok(Said::Reply(reply)),
            Err(error) => match &*error.kind {
                ErrorKind::Command(said) => Ok(Said::Error {
                    code: said.code,
                    name: said.code_name.clone(),
                    message: said.message.clone(),
                }),
                _ => Err(refused(&error)),
            },
        }
    }

    /// Deletes every document of the lab, also those that are no sessions.
    ///
    /// # Errors
    /// [`StoreError::Unreachable`] or [`StoreError::Refused`].
    pub async fn forget_lab(&self) -> Result<(), StoreError> {
        let sessions = self.engine.sessions()?;
        let all = sessions.delete_many(doc! { "lab": self.lab.as_str() });
        let deleted = self.bounded(all.into_future()).await?;
        deleted.map(drop).map_err(|error| refused(&error))
    }
}
