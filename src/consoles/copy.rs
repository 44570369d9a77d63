//! A line of a console as a command for one's own terminal.

use super::bench::Tool;

/// The command. `address`: the tool's own options that lead to the server; without them it asks the
/// port that the tool takes by itself.
#[must_use]
pub fn command(tool: Tool, line: &str, address: Option<&str>) -> String {
    let line = line.trim();
    let space = if address.is_some() { " " } else { "" };
    let address = address.unwrap_or_default();
    match tool {
        // Between plain characters a shell and redis-cli agree on what a word is.
        Tool::Redis if line.chars().all(is_plain) => format!("redis-cli{space}{address} {line}"),
        // Else redis-cli reads the line itself, with its own rules for quotes.
        Tool::Redis => format!(
            "printf '%s\\n' {} | redis-cli{space}{address} --no-raw",
            quoted(line)
        ),
        Tool::Mongo => format!(
            "mongosh session_playground{space}{address} --quiet --eval {}",
            quoted(line)
        ),
    }
}

const fn is_plain(c: char) -> bool {
    c.is_ascii_alphanumeric()
        || matches!(c, ' ' | ':' | '-' | '_' | '.' | ',' | '/' | '@' | '%' | '+')
}

/// In single quotes, where a shell takes everything literally but the quote itself.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shell_takes_nothing_for_its_own() {
        let redis = |line| command(Tool::Redis, line, Some("-s /tmp/x.sock"));
        assert_eq!(
            redis("TTL sess:a-b"),
            "redis-cli -s /tmp/x.sock TTL sess:a-b"
        );
        assert_eq!(
            redis("KEYS *"),
            r"printf '%s\n' 'KEYS *' | redis-cli -s /tmp/x.sock --no-raw"
        );
        assert_eq!(command(Tool::Redis, "PING", None), "redis-cli PING");
        assert_eq!(
            command(
                Tool::Mongo,
                "db.sessions.findOne({ _id: 'x' })",
                Some("--port 1")
            ),
            r"mongosh session_playground --port 1 --quiet --eval 'db.sessions.findOne({ _id: '\''x'\'' })'"
        );
    }
}
