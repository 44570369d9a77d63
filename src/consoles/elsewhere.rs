//! What the labs sent to the same servers meanwhile, as the lines one would type for it.
//!
//! It is read from the tape, where each command was recorded when it was sent.

mod shell_line;

use super::bench::{Tool, Typed};
use crate::sessions::{
    lab::SessionLab,
    tape::{Entry, What},
};

/// How many lines a console shows.
pub const MOST_SHOWN: usize = 60;

/// A line of a console's screen.
#[derive(Clone, Debug, PartialEq)]
pub enum Line {
    /// The student typed it.
    Typed(Typed),
    /// A site of the lab sent it.
    Sent {
        /// When: milliseconds since 1970, UTC.
        at_ms: i64,
        /// The line.
        line: String,
        /// The reply, in short.
        reply: String,
        /// Whether it failed.
        failed: bool,
    },
}

impl Line {
    const fn at_ms(&self) -> i64 {
        match self {
            Self::Typed(typed) => typed.at_ms,
            Self::Sent { at_ms, .. } => *at_ms,
        }
    }
}

/// The newest lines of a console, oldest first: what was typed, and what the labs sent since it was cleared.
pub fn screen(
    tool: Tool,
    typed: impl IntoIterator<Item = Typed>,
    sessions: &SessionLab,
    cleared_ms: i64,
) -> Vec<Line> {
    let mut lines: Vec<Line> = typed
        .into_iter()
        .filter(|typed| typed.tool == tool)
        .map(Line::Typed)
        .collect();
    {
        let tape = sessions.notebook.tape();
        let sent = tape.after(0).filter(|entry| entry.at_ms > cleared_ms);
        lines.extend(sent.filter_map(|entry| sent_by_a_site(tool, entry)));
    }
    lines.sort_by_key(Line::at_ms);
    let surplus = lines.len().saturating_sub(MOST_SHOWN);
    lines.drain(..surplus);
    lines
}

fn sent_by_a_site(tool: Tool, entry: &Entry) -> Option<Line> {
    let What::Command {
        text,
        reply,
        failed,
    } = &entry.what
    else {
        return None;
    };
    (entry.lane == Some(tool.store())).then(|| Line::Sent {
        at_ms: entry.at_ms,
        line: match tool {
            Tool::Redis => text.clone(),
            Tool::Mongo => shell_line::of(text),
        },
        reply: reply.clone(),
        failed: *failed,
    })
}
