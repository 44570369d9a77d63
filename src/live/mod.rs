//! What moves in a page, for every lab alike.
//!
//! A page is HTML that the server renders from Leptos components; it works as it is, with plain links and
//! forms. Once the wasm has arrived, small islands do what only a browser can: [`clock`] lets times run in
//! the room's own time zone, [`copy`] copies, [`page`] listens. News comes in one way only: a form is sent, or
//! the page is asked for again, and what the server answers is merged into the page that is open. Nodes that
//! did not change stay the same nodes, so focus, selection, half-typed text and opened details stay too.
//!
//! Nothing here knows a lab. What a lab's own islands need of the page is in [`browser`].

#[cfg(feature = "hydrate")]
pub mod browser;
#[cfg(not(feature = "hydrate"))]
#[path = "on_server.rs"]
pub mod browser;
pub mod clock;
pub mod copy;
pub mod given;
pub mod marks;
#[cfg(feature = "ssr")]
pub mod notices;
pub mod page;
