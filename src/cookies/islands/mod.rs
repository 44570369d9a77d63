//! What of the cookie lab only a browser can fill in: what a script sees in `document.cookie`, what
//! `cookieStore` says, and the script of the experiment that steals.

mod cookie_store;
mod script;
mod theft;

#[cfg(feature = "hydrate")]
mod browser;
#[cfg(not(feature = "hydrate"))]
#[path = "on_server.rs"]
mod browser;

pub use cookie_store::{CookieStore, Stored};
pub use script::{CookieWatch, ScriptView, Seen};
pub use theft::Theft;
