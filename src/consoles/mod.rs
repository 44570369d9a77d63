//! Look inside: redis-cli and a MongoDB shell on one's own sessions.
//!
//! A line that a student types is taken apart as the real tool does it, sent to the real server, and
//! the reply is printed byte for byte as the real tool prints it ([`redis`], [`mongo`]). What would
//! reach another lab is never sent. Beside the answer stands what it means for a session. What the
//! other labs send to the same two servers appears here too ([`elsewhere`]), and [`stories`] are
//! lines worth trying.

#[cfg(feature = "ssr")]
pub mod answer;
#[cfg(feature = "ssr")]
pub mod bench;
#[cfg(feature = "ssr")]
pub mod copy;
#[cfg(feature = "ssr")]
pub mod elsewhere;
#[cfg(feature = "ssr")]
pub mod exhibits;
pub mod line;
#[cfg(feature = "ssr")]
pub mod mongo;
#[cfg(feature = "ssr")]
pub mod page;
#[cfg(feature = "ssr")]
pub mod redis;
#[cfg(feature = "ssr")]
pub mod stories;
#[cfg(feature = "ssr")]
pub mod text;
