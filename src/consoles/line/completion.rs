//! What Tab puts there, and the arguments of the command that stands there.

/// The lines that begin with what stands there: commands with what comes `after` them, else names for its last
/// word.
pub fn continuations(line: &str, words: &[String], after: &str, names: &[String]) -> Vec<String> {
    if line.trim().is_empty() {
        return Vec::new();
    }
    let begun = line.to_lowercase();
    let commands = words
        .iter()
        .filter(|word| word.len() > line.len() && word.to_lowercase().starts_with(&begun));
    let commands: Vec<String> = commands.map(|word| format!("{word}{after}")).collect();
    if !commands.is_empty() {
        return commands;
    }
    let start = line
        .rfind([' ', '\'', '"', '(', '{'])
        .map_or(0, |before| before + 1);
    let (before, word) = line.split_at(start);
    if word.is_empty() {
        return Vec::new();
    }
    let names = names
        .iter()
        .filter(|name| name.len() > word.len() && name.starts_with(word));
    names.map(|name| format!("{before}{name}")).collect()
}

/// The command that stands there with its arguments; empty if none is known.
pub fn what_follows(line: &str, words: &[String], hints: &[String]) -> String {
    let line = line.to_lowercase();
    let stands_there = |word: &str| {
        let rest = line.strip_prefix(&word.to_lowercase());
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(' ') || word.ends_with('('))
    };
    let known = words
        .iter()
        .zip(hints)
        .filter(|(word, _)| stands_there(word));
    known
        .max_by_key(|(word, _)| word.len())
        .map_or_else(String::new, |(word, hint)| format!("{word} {hint}"))
}

#[cfg(test)]
mod tests {
    use super::{continuations, what_follows};

    fn owned(words: &[&str]) -> Vec<String> {
        words.iter().map(|word| (*word).to_owned()).collect()
    }

    #[test]
    fn commands_come_before_names() {
        let (words, names) = (
            owned(&["GET", "GETDEL", "TTL"]),
            owned(&["sess:ab", "sess:cd"]),
        );
        assert_eq!(
            continuations("ge", &words, " ", &names),
            ["GET ", "GETDEL "]
        );
        assert_eq!(
            continuations("GET se", &words, " ", &names),
            ["GET sess:ab", "GET sess:cd"]
        );
        assert_eq!(
            continuations("GET ", &words, " ", &names),
            Vec::<String>::new()
        );
        assert_eq!(continuations("", &words, " ", &names), Vec::<String>::new());
    }

    #[test]
    fn the_longest_command_says_its_arguments() {
        let (words, hints) = (
            owned(&["CONFIG", "CONFIG GET", "db.find("]),
            owned(&["sub", "name", "filter"]),
        );
        assert_eq!(
            what_follows("config get x", &words, &hints),
            "CONFIG GET name"
        );
        assert_eq!(what_follows("configure", &words, &hints), "");
        assert_eq!(what_follows("db.find({", &words, &hints), "db.find( filter");
    }
}
