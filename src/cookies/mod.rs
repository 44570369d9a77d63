//! The cookie lab: what a browser does with a `Set-Cookie` line ([`jar`]), and how values are sealed and forged.

#[cfg(feature = "ssr")]
pub mod cookie_parser;
#[cfg(feature = "ssr")]
pub mod forgery;
pub mod jar;
#[cfg(feature = "ssr")]
pub mod seal;
#[cfg(feature = "ssr")]
pub mod tower_reader;
