//! The keys of a lab: a new one seals, old ones open for a while, and none ever comes back by chance.

use super::{FIRST_KEY, Page};

/// How many keys count at once.
const MOST_KEYS: usize = 3;
/// How many keys that counted once are remembered.
const MOST_RETIRED: usize = 12;

impl Page {
    /// A new key seals; the old ones still open, or are retired.
    pub fn rotate_keys(&mut self, keep: bool) {
        self.keys_made = self.keys_made.max(1) + 1;
        let fresh = format!("{FIRST_KEY} {}", self.keys_made);
        let old = std::mem::replace(&mut self.keys, vec![fresh]);
        if keep {
            self.keys.extend(old);
            let too_many = self.keys.split_off(self.keys.len().min(MOST_KEYS));
            self.retire(too_many);
        } else {
            self.retire(old);
        }
    }

    /// The first key alone counts again.
    pub fn restore_first_key(&mut self) {
        let old = std::mem::replace(&mut self.keys, vec![FIRST_KEY.to_owned()]);
        self.retire(old);
    }

    fn retire(&mut self, keys: Vec<String>) {
        self.retired.splice(0..0, keys);
        self.retired.retain(|key| !self.keys.contains(key));
        self.retired.truncate(MOST_RETIRED);
    }
}
