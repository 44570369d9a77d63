//! The consoles: what they print is what the real tools print, and no line leaves its lab.

mod fuzz_mongo;
mod fuzz_redis;
mod lines;
mod mongo_lines;
mod mongo_meaning;
mod mongo_prints;
mod mongo_walls;
mod redis;
mod student;
