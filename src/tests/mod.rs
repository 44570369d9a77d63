//! Everything that is tested from outside the crate, against real engines.
//!
//! | module | what is shown |
//! |---|---|
//! | `consoles` | the consoles print what the real tools print, and nobody gets out of their lab |
//! | `contract` | the same rules hold in all four stores |
//! | `engines` | managed and external engines come, go and leave nothing behind |
//! | `own_redis` | a lab's own Redis: its student may crash it, fill it, and not leave it |
//! | `stories` | what students do, from the first request to the verdict |
//! | `safety` | what keeps a class safe |
//! | `cookies` | the cookie lab, from the form to the forgery, and anything at all thrown at it |
//! | `consoles` | what a console prints is what the real tool prints, and no line leaves its lab |
//! | `failures` | every entry of the failure menu is a real act with the right verdict, in one lab only |
//! | `forgeries` | no forged cookie is accepted and no honest one refused |
//! | `evidence` | the tape and the drawing agree with Redis's and MongoDB's own clients |
//! | `program` | the real binary: killed, stopped, misconfigured |
//! | `load` | a large class at once |
//! | `sources` | who uses whom, and where the page in the browser is touched |
#![cfg(test)]

mod browser;
mod classroom;
mod consoles;
mod contract;
mod cookies;
mod engine_fixture;
mod engines;
mod evidence;
mod failures;
mod forgeries;
mod load;
mod own_redis;
mod program;
mod safety;
mod sources;
mod stories;
