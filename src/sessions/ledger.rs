//! What the lab itself knows of its sessions: which ids it gave out, whose they were, until when.
//!
//! The stores hold the sessions; the ledger only remembers that they existed. From it the drawing
//! knows where to look, the verdict can tell "lost" from "never known", the limit can be held, and
//! cleaning finds every key and document of a lab without searching a whole database.

use serde::{Deserialize, Serialize};

use crate::stores::StoreKind;

/// The most sessions that a lab may keep in one store.
pub const MOST_SESSIONS: usize = 12;
/// The most dead sessions that are remembered.
const MOST_GRAVES: usize = 4;

/// A session as the lab last saw it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Known {
    /// The session's id, as in the cookie.
    pub id: String,
    /// Who was logged in.
    pub user: Option<String>,
    /// Visits counted.
    pub visits: u32,
    /// When its time is over: milliseconds since 1970, UTC.
    pub expires_ms: i64,
}

/// A session that died with the memory it lived in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grave {
    /// The session as it was last seen.
    pub session: Known,
    /// The server whose memory it lived in: `A` or `B`.
    pub server: String,
    /// The boot of that server.
    pub boot: u32,
    /// When the death was recorded: milliseconds since 1970, UTC.
    pub at_ms: i64,
    /// `true`: the whole program had stopped, and the time is that of its next start.
    pub program: bool,
}

/// The end of a server's memory.
pub struct Death<'a> {
    /// The server: `A` or `B`.
    pub server: &'a str,
    /// Its boot.
    pub boot: u32,
    /// When: milliseconds since 1970, UTC.
    pub at_ms: i64,
    /// Whether the whole program had stopped.
    pub program: bool,
    /// The ids that the memory held; `None` for all that are known.
    pub ids: Option<&'a [String]>,
}

/// Which sessions a lab has given out, store by store.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ledger {
    alive: [Vec<Known>; 4],
    graves: Vec<Grave>,
}

impl Ledger {
    /// The sessions of one store whose time is not known to be over, oldest first.
    #[must_use]
    pub fn alive(&self, store: StoreKind) -> &[Known] {
        &self.alive[store.index()]
    }

    /// The memory's dead, newest last.
    #[must_use]
    pub fn graves(&self) -> &[Grave] {
        &self.graves
    }

    /// Whether one more session would be too many; sessions whose time is over do not count.
    #[must_use]
    pub fn is_full(&mut self, store: StoreKind, now_ms: i64) -> bool {
        let alive = &mut self.alive[store.index()];
        if alive.len() >= MOST_SESSIONS {
            alive.retain(|known| known.expires_ms > now_ms);
        }
        alive.len() >= MOST_SESSIONS
    }

    /// Notes a session that was created or saved. `true` if it is new.
    pub fn note(&mut self, store: StoreKind, session: Known) -> bool {
        let alive = &mut self.alive[store.index()];
        if let Some(known) = alive.iter_mut().find(|known| known.id == session.id) {
            *known = session;
            false
        } else {
            alive.push(session);
            true
        }
    }

    /// Moves the end of a session `by_ms` milliseconds earlier.
    pub fn move_ahead(&mut self, store: StoreKind, id: &str, by_ms: i64) {
        let alive = self.alive[store.index()].iter_mut();
        for known in alive.filter(|known| known.id == id) {
            known.expires_ms -= by_ms;
        }
    }

    /// Strikes a session that was deleted on purpose. `true` if it was there.
    pub fn strike(&mut self, store: StoreKind, id: &str) -> bool {
        let alive = &mut self.alive[store.index()];
        let before = alive.len();
        alive.retain(|known| known.id != id);
        alive.len() < before
    }

    /// Moves the sessions that died with a server's memory to the graves; gives back how many were alive.
    pub fn bury(&mut self, death: &Death<'_>) -> u32 {
        let memory = &mut self.alive[StoreKind::Memory.index()];
        let (dead, left): (Vec<_>, Vec<_>) = std::mem::take(memory)
            .into_iter()
            .partition(|known| death.ids.is_none_or(|ids| ids.contains(&known.id)));
        *memory = left;
        let alive = dead
            .into_iter()
            .filter(|known| known.expires_ms > death.at_ms);
        let before = self.graves.len();
        self.graves.extend(alive.map(|session| Grave {
            session,
            server: death.server.to_owned(),
            boot: death.boot,
            at_ms: death.at_ms,
            program: death.program,
        }));
        let count = self.graves.len() - before;
        let surplus = self.graves.len().saturating_sub(MOST_GRAVES);
        self.graves.drain(..surplus);
        u32::try_from(count).unwrap_or(u32::MAX)
    }

    /// What the lab knows of the session with this id, alive or dead.
    #[must_use]
    pub fn find(&self, store: StoreKind, id: &str) -> Option<&Known> {
        let buried = self
            .graves
            .iter()
            .map(|grave| &grave.session)
            .filter(|_| store == StoreKind::Memory);
        self.alive[store.index()]
            .iter()
            .chain(buried)
            .find(|known| known.id == id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn death(boot: u32, at_ms: i64) -> Death<'static> {
        Death {
            server: "A",
            boot,
            at_ms,
            program: false,
            ids: None,
        }
    }

    #[test]
    fn only_what_that_server_held_dies_with_it() {
        let mut ledger = Ledger::default();
        ledger.note(StoreKind::Memory, known("a", 100));
        ledger.note(StoreKind::Memory, known("b", 100));
        let held = ["b".to_owned()];
        let count = ledger.bury(&Death {
            server: "B",
            ids: Some(&held),
            ..death(1, 10)
        });
        assert_eq!(count, 1);
        assert_eq!(ledger.alive(StoreKind::Memory)[0].id, "a");
        assert_eq!(ledger.graves()[0].server, "B");
    }

    fn known(id: &str, expires_ms: i64) -> Known {
        Known {
            id: id.to_owned(),
            user: None,
            visits: 0,
            expires_ms,
        }
    }

    #[test]
    fn a_restart_buries_memory_and_nothing_else() {
        let mut ledger = Ledger::default();
        ledger.note(StoreKind::Memory, known("m", 100));
        ledger.note(StoreKind::Memory, known("over", 5));
        ledger.note(StoreKind::File, known("f", 100));
        assert_eq!(ledger.bury(&death(1, 10)), 1);
        assert!(ledger.alive(StoreKind::Memory).is_empty());
        assert_eq!(ledger.alive(StoreKind::File).len(), 1);
        assert_eq!(ledger.find(StoreKind::Memory, "m").unwrap().id, "m");
        assert!(ledger.find(StoreKind::File, "m").is_none());
    }

    #[test]
    fn the_limit_does_not_count_what_is_over() {
        let mut ledger = Ledger::default();
        for n in 0..MOST_SESSIONS {
            assert!(!ledger.is_full(StoreKind::Redis, 0));
            ledger.note(
                StoreKind::Redis,
                known(&n.to_string(), 10 + i64::try_from(n).unwrap()),
            );
        }
        assert!(ledger.is_full(StoreKind::Redis, 0));
        assert!(!ledger.is_full(StoreKind::Redis, 10));
    }

    #[test]
    fn graves_are_bounded() {
        let mut ledger = Ledger::default();
        for boot in 0..20 {
            ledger.note(StoreKind::Memory, known(&boot.to_string(), 100));
            ledger.bury(&death(boot, 1));
        }
        assert_eq!(ledger.graves().len(), MOST_GRAVES);
        assert_eq!(ledger.graves().last().unwrap().boot, 19);
    }
}
