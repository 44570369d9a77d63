//! Session Playground: see what a cookie is, what a session is, and which store still knows you.
//!
//! # Layout
//!
//! | module | what is there |
//! |---|---|
//! | [`cookies`] | **the cookie lab**: form, rule of the browser, seals, forgery, experiments, page |
//! | [`sessions`] | **the session lab**: site, two servers, settings, tape, verdict, page |
//! | [`failures`] | **the failure lab**: menu, acts, matrix, clocks, inspectors, page |
//! | [`consoles`] | **the consoles**: redis-cli and mongosh on the student's own records |
//! | [`live`] | what moves in a page that the server makes: forms, news, clocks |
//! | [`pages`], [`frame`], [`shell`] | the table of pages, what stands around each, and the HTML around all |
//! | [`server`] | the one table of HTTP routes and the one list of layers, in order |
//! | [`sandbox`] | one student's state: identity, registry, limits, cleaning |
//! | [`stores`] | memory, file, Redis and MongoDB, each as a store of sessions |
//! | [`engines`] | the processes behind Redis and MongoDB: found or started, watched, ended |
//! | [`recorder`] | how a store tells what it really did |
//! | [`store_kind`] | the four stores by name |
//! | [`error`] | what a student can cause, one code each |
//! | [`i18n`] | the languages; the words stand with their labs |
//! | [`config`] | the only file that asks for the environment, the clock or randomness |
//!
//! # Who uses whom
//!
//! There is no circle. An arrow that is missing here, or not needed any more, fails `src/tests/sources.rs`.
//!
//! ```text
//! server -> shell, cookies, sessions, failures, consoles, pages, sandbox, engines, error, i18n, config
//! shell -> cookies, sessions, failures, consoles, frame, pages, i18n
//! failures -> sessions, live, pages, sandbox, stores, engines, error, i18n, config
//! consoles -> sessions, live, pages, sandbox, stores, engines, error, i18n, config
//! cookies -> sessions, live, pages, sandbox, error, i18n, config
//! sessions -> live, sandbox, stores, engines, recorder, error, i18n, config
//! sandbox -> stores, error, config
//! stores -> engines, recorder, error, store_kind, config
//! engines -> recorder, error, store_kind, config
//! live -> i18n
//! frame -> pages, i18n
//! pages -> i18n
//! error -> store_kind, i18n
//! store_kind -> i18n
//! ```
//!
//! The crate is built twice: with the feature `ssr` it is the server, with `hydrate` it is the wasm
//! that wakes the islands of a page in the browser. Modules marked `cfg(feature = "ssr")` never reach the browser.

#[cfg(feature = "ssr")]
pub mod config;
pub mod consoles;
pub mod cookies;
#[cfg(feature = "ssr")]
pub mod engines;
#[cfg(feature = "ssr")]
pub mod error;
#[cfg(feature = "ssr")]
pub mod failures;
#[cfg(feature = "ssr")]
pub mod frame;
#[cfg(feature = "ssr")]
pub mod i18n;
pub mod live;
#[cfg(feature = "ssr")]
pub mod pages;
#[cfg(feature = "ssr")]
pub mod recorder;
#[cfg(feature = "ssr")]
pub mod sandbox;
#[cfg(feature = "ssr")]
pub mod server;
#[cfg(feature = "ssr")]
pub mod sessions;
#[cfg(feature = "ssr")]
pub mod shell;
#[cfg(feature = "ssr")]
pub mod store_kind;
#[cfg(feature = "ssr")]
pub mod stores;

#[cfg(feature = "hydrate")]
mod hydrate;
