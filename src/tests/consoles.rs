//! The consoles: what they print is what the real tools print, and no line leaves its lab.

mod fuzz_redis;
mod redis;
mod lines;
