//! The cookie lab, from the form to the forgery, through `app()` with a jar that follows the rule.

mod experiments;
mod forging;
mod fuzz;
mod isolation;
mod programs;
mod setting;
mod snippets;
mod visitor;
