//! The session lab: log in once, restart the server, see which store still knows you.
//!
//! A lab has two servers behind a balancer ([`fleet`]); each runs the same little web application
//! ([`site`]) four times, once per store. Every request to it is an [`exchange`] that is written on the [`tape`] together with the
//! commands that its store really sent. A restart drops the server and builds it again; then the same
//! cookies are sent once more and each lane gets its [`verdict`].
//!
//! Students reach the site by plain routes ([`routes`]); the page's buttons are server functions
//! ([`api`]) that dispatch the same requests from inside ([`control`]). What the page shows is one
//! [`snapshot`], read from the tape and from the stores themselves ([`inspector`]).

pub mod api;
pub mod button;
pub mod control;
pub mod cookie_rules;
pub mod curl;
pub mod exchange;
pub mod fleet;
pub mod inspector;
pub mod lab;
pub mod ledger;
pub mod notebook;
pub mod page;
pub mod refusal;
pub mod routes;
pub mod settings;
pub mod site;
pub mod snapshot;
pub mod tape;
pub mod taped_store;
pub mod text;
pub mod verdict;
