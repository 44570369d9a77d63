//! The cookie lab: set a cookie, watch what the browser does with it, try to forge it.
//!
//! The form makes an [`cookie_form`]; the [`server_rules`] grammar says what a server should not send; the
//! [`program`] seals the value ([`seal`]) and answers with a real `Set-Cookie`. What a browser must do
//! with that line is written down in [`user_agent`], as a program without a browser; what it did shows in its
//! next [`request`]. [`views`] puts the two side by side, with what the seal says. Tampering is in
//! [`forge`], what came of it in [`outcome`]; ready-made [`experiments`] tell nine misconceptions and
//! more.
//!
//! Everything has a plain URL ([`routes`]), so DevTools and curl see what the page sees. The page is
//! made by the server at every change; in the browser a small part (`crate::awake`) sends the forms, swaps
//! in what changed, and lets the clocks run.

pub mod cookie_form;
pub mod cookie_parser;
pub mod experiments;
pub mod forge;
pub mod forgery;
pub mod outcome;
pub mod page;
pub mod program;
pub mod readers;
pub mod request;
pub mod routes;
pub mod seal;
pub mod server_rules;
pub mod state;
pub mod text;
pub mod tower_reader;
pub mod user_agent;
pub mod views;
