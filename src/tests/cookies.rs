//! The cookie lab, from the form to the forgery, through `app()` with a jar that follows the rule.

mod door;
mod eviction;
mod experiments;
mod forging;
mod fuzz;
mod isolation;
mod room;
mod setting;
mod snippets;
mod variations;
mod visitor;
