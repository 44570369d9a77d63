//! What a lab remembers of its consoles: the lines, and what was answered.

use std::collections::VecDeque;

use serde::{Deserialize, Serialize};

use super::answer::Answer;
use crate::{
    config,
    error::LabError,
    sandbox::{Sandbox, notes::Notes},
    stores::StoreKind,
};

/// The most lines that a lab remembers.
pub const MOST_LINES: usize = 100;
/// The most bytes of lines and answers that a lab remembers.
pub const MOST_BYTES: usize = 32 * 1024;
/// The most bytes of one answer that are remembered, and shown on the page.
pub const LONGEST: usize = 16 * 1024;

/// Which console.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Tool {
    /// redis-cli.
    Redis,
    /// mongosh.
    Mongo,
}

impl Tool {
    /// Both, in the order of the page.
    pub const ALL: [Self; 2] = [Self::Redis, Self::Mongo];

    /// The name in URLs and ids: `redis` or `mongo`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Redis => "redis",
            Self::Mongo => "mongo",
        }
    }

    /// The console that a URL names, if there is one.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|tool| tool.name() == name)
    }

    /// The program that students know.
    #[must_use]
    pub const fn program(self) -> &'static str {
        match self {
            Self::Redis => "redis-cli",
            Self::Mongo => "mongosh",
        }
    }

    /// Whose records it looks into.
    #[must_use]
    pub const fn store(self) -> StoreKind {
        match self {
            Self::Redis => StoreKind::Redis,
            Self::Mongo => StoreKind::Mongo,
        }
    }
}

/// What came of a line.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Came {
    /// The tool's answer.
    Answer(Answer),
    /// The server could not be asked.
    Refused(LabError),
}

/// A line that was typed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Typed {
    /// Its number: grows by one, never repeats.
    pub number: u64,
    /// When: milliseconds since 1970, UTC.
    pub at_ms: i64,
    /// Where.
    pub tool: Tool,
    /// The line.
    pub line: String,
    /// What came of it.
    pub came: Came,
    /// How many lines of the answer were too much to remember.
    #[serde(default)]
    pub left_out: usize,
}

impl Typed {
    fn bytes(&self) -> usize {
        let printed = match &self.came {
            Came::Answer(answer) => answer.printed.len(),
            Came::Refused(_) => 0,
        };
        self.line.len() + printed
    }
}

/// One page of notes.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Page {
    /// The lines, oldest first.
    pub typed: VecDeque<Typed>,
    /// The number of the last line.
    pub last: u64,
    /// When each console was cleared last: milliseconds since 1970, UTC.
    pub cleared_ms: [i64; 2],
}

impl Page {
    /// Enters a line, and forgets the oldest ones if there are too many.
    pub fn enter(&mut self, tool: Tool, line: String, mut came: Came) {
        let left_out = match &mut came {
            Came::Answer(answer) => cut(&mut answer.printed),
            Came::Refused(_) => 0,
        };
        self.last += 1;
        self.typed.push_back(Typed {
            number: self.last,
            at_ms: config::now_ms(),
            tool,
            line,
            came,
            left_out,
        });
        let mut bytes: usize = self.typed.iter().map(Typed::bytes).sum();
        while self.typed.len() > MOST_LINES || bytes > MOST_BYTES {
            let Some(oldest) = self.typed.pop_front() else {
                break;
            };
            bytes -= oldest.bytes();
        }
    }

    /// Clears one console.
    pub fn clear(&mut self, tool: Tool) {
        self.typed.retain(|typed| typed.tool != tool);
        self.cleared_ms[tool as usize] = config::now_ms();
    }
}

/// Cuts a long answer at the end of a line, and says how many lines that leaves out.
fn cut(printed: &mut String) -> usize {
    if printed.len() <= LONGEST {
        return 0;
    }
    let mut end = LONGEST;
    while !printed.is_char_boundary(end) {
        end -= 1;
    }
    let end = printed[..end].rfind('\n').unwrap_or(end);
    let left_out = printed[end..].trim_start_matches('\n').lines().count();
    printed.truncate(end);
    left_out
}

/// The consoles of one student.
pub struct ConsoleLab {
    /// What the lab remembers.
    pub notes: Notes<Page>,
    /// One line after the other in each console: held while one is answered.
    turns: [tokio::sync::Mutex<()>; 2],
}

impl ConsoleLab {
    /// Opens the notes of a lab, or an empty page.
    #[must_use]
    pub fn open(sandbox: Sandbox) -> Self {
        Self {
            notes: Notes::open(sandbox, "consoles.json"),
            turns: Default::default(),
        }
    }

    /// Whether nothing has been typed yet.
    pub fn is_untouched(&self) -> bool {
        self.notes.page().last == 0
    }

    /// Waits until it is this line's turn.
    pub async fn turn(&self, tool: Tool) -> tokio::sync::MutexGuard<'_, ()> {
        self.turns[tool as usize].lock().await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(printed: &str) -> Came {
        Came::Answer(Answer {
            printed: printed.to_owned(),
            failed: false,
            meaning: None,
        })
    }

    #[test]
    fn the_oldest_lines_are_forgotten_and_long_answers_cut_at_a_line() {
        let mut page = Page::default();
        for number in 0..150 {
            page.enter(Tool::Redis, format!("GET {number}"), said("(nil)"));
        }
        assert_eq!(page.typed.len(), MOST_LINES);
        assert_eq!(page.typed[0].line, "GET 50");
        page.enter(Tool::Redis, "INFO".to_owned(), said(&"ñ:1\n".repeat(9000)));
        let typed = page.typed.back().cloned().unwrap();
        let Came::Answer(answer) = typed.came else {
            panic!("an answer");
        };
        assert!(answer.printed.len() <= LONGEST && answer.printed.ends_with("ñ:1"));
        assert_eq!(answer.printed.lines().count() + typed.left_out, 9000);
        for _ in 0..9 {
            page.enter(Tool::Mongo, "x".to_owned(), said(&"y".repeat(LONGEST)));
        }
        let bytes: usize = page.typed.iter().map(Typed::bytes).sum();
        assert!(bytes <= MOST_BYTES, "{bytes}");
        page.clear(Tool::Mongo);
        assert!(page.typed.iter().all(|typed| typed.tool == Tool::Redis));
    }
}
