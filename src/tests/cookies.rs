//! The cookie lab, from the form to the forgery, through `app()` with a jar that follows the rule.

mod agreement;
mod door;
mod eviction;
mod experiments;
mod forging;
mod fuzz;
mod isolation;
mod programs;
mod replaying;
mod room;
mod setting;
mod snippets;
mod variations;
mod visitor;
