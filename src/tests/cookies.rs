//! The cookie lab, from the form to the forgery, through `app()` with a jar that follows the rule.

mod agreement;
mod experiments;
mod forging;
mod fuzz;
mod isolation;
mod programs;
mod replaying;
mod setting;
mod snippets;
mod visitor;
