//! Look inside: redis-cli and a MongoDB shell on one's own sessions.
//!
//! A line that a student types is taken apart as the real tool does it, sent to the real server, and
//! the reply is printed byte for byte as the real tool prints it ([`redis`], [`mongo`]). What would
//! reach another lab is never sent. Beside the answer stands what it means for a session. What the
//! other labs send to the same two servers appears here too ([`elsewhere`]), and [`stories`] are
//! lines worth trying.

pub mod answer;
pub mod bench;
pub mod copy;
pub mod elsewhere;
pub mod exhibits;
pub mod mongo;
pub mod page;
pub mod redis;
pub mod stories;
pub mod text;
