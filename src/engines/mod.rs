//! The processes behind the Redis and MongoDB stores.
//!
//! An engine is *managed* when we start its program ourselves, and *external* when a URL says where
//! it is. Either way one background task, its `supervisor`, looks after it: starts it, connects,
//! pings, and tells what it saw through [`EngineView`](self::view::EngineView). The rest of the program never waits for an
//! engine: who asks for a connection while there is none gets the reason at once.

#[cfg(feature = "ssr")]
mod both;
#[cfg(feature = "ssr")]
mod child;
#[cfg(feature = "ssr")]
mod leftovers;
#[cfg(feature = "ssr")]
mod mongo;
#[cfg(feature = "ssr")]
pub(crate) mod mongo_events;
#[cfg(feature = "ssr")]
mod own_redis;
#[cfg(feature = "ssr")]
mod redis;
#[cfg(feature = "ssr")]
mod status;
#[cfg(feature = "ssr")]
mod supervisor;
pub mod view;

#[cfg(feature = "ssr")]
pub use both::Engines;
#[cfg(feature = "ssr")]
pub use mongo::MongoEngine;
#[cfg(feature = "ssr")]
pub(crate) use mongo::unreachable as mongo_unreachable;
#[cfg(feature = "ssr")]
pub use own_redis::{NoLine, OwnRedis, OwnRedises};
#[cfg(feature = "ssr")]
pub use redis::RedisEngine;
#[cfg(feature = "ssr")]
pub(crate) use redis::unreachable as redis_unreachable;
