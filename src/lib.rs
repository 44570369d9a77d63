//! Session Playground: see what a cookie is, what a session is, and which store still knows you.
//!
//! # Layout
//!
//! | module | what is there |
//! |---|---|
//! | [`pages`] | the HTML shell, the page frame, and the one table of pages |
//! | [`server`] | the one table of HTTP routes and the one list of layers, in order |
//! | [`config`] | the only file that asks for the environment, the clock or randomness |
//! | [`error`] | what a student can cause, one code each |
//! | [`sandbox`] | the sandbox: identity, registry, limits, cleaning |
//! | [`cookies`] | **the cookie lab**: form, rule of the browser, seals, forgery, experiments, page |
//! | [`sessions`] | **the session lab**: site, two servers, settings, tape, verdict, page |
//! | [`failures`] | **the failure lab**: menu, acts, matrix, clocks, inspectors, page |
//! | [`consoles`] | **the consoles**: redis-cli and mongosh on the lab's own records |
//! | [`stores`] | memory, file, Redis and MongoDB, and the engines behind them |
//! | `awake` | what moves in a page that the server makes: forms, parts, clocks |
//! | [`i18n`] | both languages, complete |
//! | [`handover`] | what the server hands to the page |
//!
//! Who may use whom: `app → {cookies, {failures, consoles} → sessions} → labs → stores → config`; [`i18n`], [`error`] and [`handover`] only describe.
//!
//! The crate is built twice: with the feature `ssr` it is the server, with `hydrate` it is the wasm
//! that wakes up the page in the browser. Modules marked `cfg(feature = "ssr")` never reach the browser.

#[cfg(feature = "hydrate")]
pub mod awake;
#[cfg(feature = "ssr")]
pub mod config;
#[cfg(feature = "ssr")]
pub mod consoles;
#[cfg(feature = "ssr")]
pub mod cookies;
pub mod engines;
pub mod error;
#[cfg(feature = "ssr")]
pub mod failures;
pub mod frame;
pub mod handover;
pub mod i18n;
pub mod pages;
#[cfg(feature = "ssr")]
pub mod recorder;
#[cfg(feature = "ssr")]
pub mod sandbox;
#[cfg(feature = "ssr")]
pub mod server;
pub mod sessions;
#[cfg(feature = "ssr")]
pub mod shell;
pub mod stores;

#[cfg(feature = "hydrate")]
mod wake;
