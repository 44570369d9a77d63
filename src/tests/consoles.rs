//! The consoles: what they print, what they mean, and that nobody gets out of their lab.

mod fuzz_mongo;
mod mongo_lines;
mod mongo_meaning;
mod mongo_prints;
mod mongo_walls;
mod student;
