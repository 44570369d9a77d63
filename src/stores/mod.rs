//! Where a session lives.
//!
//! A session is two things: a random id in the browser's cookie and a record on the server's side
//! that the id points to. A *store* is the place where the record is kept, and it decides what a
//! restart does to it: [`memory`] is a map inside the server's own process, [`mod@file`] a folder on
//! disk, [`redis`] and [`mongo`] are other processes (their *engines*, see [`crate::engines`]). All four
//! answer the same four questions (create, save, load, delete), know how to notice another's write
//! ([`sandbox_store`]) and pass the same contract (`src/tests/contract.rs`); every command they really send is told to a [`crate::recorder`].

pub mod file;
pub mod listing;
pub mod memory;
pub mod mongo;
pub mod redis;
pub mod sandbox_store;
pub(crate) mod stored;

pub use crate::{error::StoreError, store_kind::StoreKind};
pub use sandbox_store::{SandboxStore, Seen};
pub use stored::{SandboxTag, Stored};

pub use crate::recorder::moment::moment_of_ms;
