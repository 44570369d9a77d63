//! The cookie lab: set a cookie, watch what the browser does with it, try to forge it.
//!
//! The form makes an [`order`]; the [`producer`] grammar says what a server should not send; the
//! [`program`] seals the value ([`seal`]) and answers with a real `Set-Cookie`. What a browser must do
//! with that line is written down in [`jar`], as a program without a browser; what it did shows in its
//! next [`request`]. [`views`] puts the two side by side, with what the seal says. Tampering is in
//! [`forge`], what came of it in [`aftermath`]; ready-made [`experiments`] tell nine misconceptions and
//! more.
//!
//! Everything has a plain URL ([`exhibits`]), so DevTools and curl see what the page sees. The page is
//! made by the server at every change; in the browser a small part (`crate::awake`) sends the forms, swaps
//! in what changed, and lets the clocks run.

#[cfg(feature = "ssr")]
pub mod aftermath;
#[cfg(feature = "ssr")]
pub mod bench;
#[cfg(feature = "ssr")]
pub mod cookie_parser;
#[cfg(feature = "ssr")]
pub mod exhibits;
#[cfg(feature = "ssr")]
pub mod experiments;
#[cfg(feature = "ssr")]
pub mod forge;
#[cfg(feature = "ssr")]
pub mod forgery;
pub mod jar;
#[cfg(feature = "ssr")]
pub mod order;
#[cfg(feature = "ssr")]
pub mod page;
#[cfg(feature = "ssr")]
pub mod producer;
#[cfg(feature = "ssr")]
pub mod program;
#[cfg(feature = "ssr")]
pub mod request;
#[cfg(feature = "ssr")]
pub mod seal;
#[cfg(feature = "ssr")]
pub mod tower_reader;
#[cfg(feature = "ssr")]
pub mod views;
#[cfg(feature = "ssr")]
pub mod worlds;
