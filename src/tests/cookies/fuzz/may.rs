//! What an honest answer may set.

use session_playground::cookies::state::name_and_value;

/// What one answer may set.
#[derive(Clone, Debug)]
pub enum May {
    Nothing,
    /// One cookie with this name or, if it is moved, with this name and `_2`.
    One(String),
    /// Whatever an experiment sets or sweeps away, or a reset deletes.
    Several,
}

impl May {
    /// What the answer to this form may set.
    pub fn of(route: &str, form: &[(String, String)]) -> Self {
        let field = |name: &str| {
            let found = form.iter().find(|(known, _)| known == name);
            found.map_or("", |(_, value)| value).to_owned()
        };
        match route.split('/').next() {
            Some("set" | "forge") => Self::One(field("name")),
            Some("line") => Self::One(name_and_value(&field("line")).0),
            Some("experiment" | "reset") => Self::Several,
            _ => Self::Nothing,
        }
    }

    /// Whether it may set these lines.
    pub fn allows(&self, lines: &[String]) -> bool {
        match self {
            Self::Nothing => lines.is_empty(),
            Self::One(name) => lines.len() <= 1 && lines.iter().all(|line| names(line, name)),
            Self::Several => true,
        }
    }
}

/// Whether a line sets a cookie of this name, or the one that takes its value over.
fn names(line: &str, name: &str) -> bool {
    let starts = |name: &str| {
        let rest = line.strip_prefix(name);
        rest.is_some_and(|rest| rest.starts_with('='))
    };
    // A line by hand may begin with spaces or have no name at all.
    starts(name) || starts(&format!("{name}_2")) || name_and_value(line).0 == name
}
