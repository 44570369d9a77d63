//! Who needs the machine for themselves, and who must not be disturbed.

use tokio::sync::{RwLock, RwLockReadGuard, RwLockWriteGuard};

/// Held by a test in which the clock is a witness: meanwhile the class of two hundred waits outside.
pub type Quiet = RwLockReadGuard<'static, ()>;

static NOISE: RwLock<()> = RwLock::const_new(());

/// Begins a test in which the clock is a witness.
pub async fn quiet() -> Quiet {
    NOISE.read().await
}

/// The same for a test without a runtime: one that computes a lot, beside which a class would look slow.
pub fn quietly() -> Quiet {
    NOISE.blocking_read()
}

/// Begins a test that takes the whole machine.
pub async fn noisy() -> RwLockWriteGuard<'static, ()> {
    NOISE.write().await
}
