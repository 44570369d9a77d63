//! The failure lab: two servers, and every honest way a session dies.
//!
//! An entry of the [`menu`] is a real act ([`acts`]): a process gets a signal, a file is unlinked, a
//! key is deleted. Then the same cookies are sent once more, each store gets its verdict, and the
//! verdicts fill the [`matrix`]. What is where at this moment is read from the stores themselves
//! ([`look`]). Students reach it all by plain forms ([`routes`]), so it works without JavaScript.

pub mod acts;
pub mod look;
pub mod matrix;
pub mod menu;
pub mod page;
pub mod routes;
pub mod state;
pub mod text;
