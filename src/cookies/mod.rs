//! The cookie lab: set a cookie, watch what the browser does with it, try to forge it.
//!
//! The form makes an [`cookie_form`]; the [`server_rules`] grammar says what a server should not send; the
//! [`program`] seals the value ([`seal`]) and answers with a real `Set-Cookie`. What a browser must do
//! with that line is written down in [`user_agent`], as a program without a browser; what it did shows in its
//! next [`request`]. [`views`] puts the two side by side, with what the seal says. Tampering is in
//! [`forge`], what came of it in [`outcome`]; ready-made [`experiments`] tell thirteen misconceptions, one
//! more.
//!
//! Everything has a plain URL ([`routes`]), so DevTools and curl see what the page sees. The page is
//! made by the server at every change; [`islands`] fill in what only a browser knows.

#[cfg(feature = "ssr")]
pub mod cookie_form;
#[cfg(feature = "ssr")]
pub mod cookie_parser;
#[cfg(feature = "ssr")]
pub mod experiments;
#[cfg(feature = "ssr")]
pub mod forge;
#[cfg(feature = "ssr")]
pub mod forgery;
pub mod islands;
#[cfg(feature = "ssr")]
pub mod outcome;
#[cfg(feature = "ssr")]
pub mod page;
#[cfg(feature = "ssr")]
pub mod program;
#[cfg(feature = "ssr")]
pub mod readers;
#[cfg(feature = "ssr")]
pub mod request;
#[cfg(feature = "ssr")]
pub mod routes;
#[cfg(feature = "ssr")]
pub mod seal;
#[cfg(feature = "ssr")]
pub mod server_rules;
#[cfg(feature = "ssr")]
pub mod state;
#[cfg(feature = "ssr")]
pub mod text;
#[cfg(feature = "ssr")]
pub mod tower_reader;
#[cfg(feature = "ssr")]
pub mod user_agent;
#[cfg(feature = "ssr")]
pub mod views;
