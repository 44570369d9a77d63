//! The lines that were typed before, with the arrow keys.

/// Where in the history the field is.
#[derive(Clone, Debug, Default)]
pub struct History {
    /// How far back, and what stood in the field before; `None`: it is not in the history.
    back: Option<(usize, String)>,
}

impl History {
    /// What stands in the field after one step: `lines` are the lines so far, oldest first, and `line` is what
    /// stands there now.
    pub fn step(&mut self, mut lines: Vec<String>, line: String, older: bool) -> String {
        lines.dedup();
        let (back, draft) = self.back.take().unwrap_or((0, line));
        let back = if older {
            (back + 1).min(lines.len())
        } else {
            back.saturating_sub(1)
        };
        let put = match back {
            0 => draft.clone(),
            _ => lines[lines.len() - back].clone(),
        };
        self.back = Some((back, draft));
        put
    }

    /// Something else was typed.
    pub fn end(&mut self) {
        self.back = None;
    }
}

#[cfg(test)]
mod tests {
    use super::History;

    #[test]
    fn the_arrows_go_back_and_return_to_what_was_being_typed() {
        let lines = || ["GET a", "TTL a", "TTL a"].map(str::to_owned).to_vec();
        let mut history = History::default();
        let mut step = |line: &str, older| history.step(lines(), line.to_owned(), older);
        assert_eq!(step("KE", true), "TTL a");
        assert_eq!(step("TTL a", true), "GET a");
        assert_eq!(step("GET a", true), "GET a");
        assert_eq!(step("GET a", false), "TTL a");
        assert_eq!(step("TTL a", false), "KE");
        assert_eq!(step("KE", false), "KE");
    }
}
