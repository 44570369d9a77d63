//! The words of a line, as JavaScript cuts it.
//!
//! mongosh reads what is typed with Babel, a parser of JavaScript, and prints Babel's complaints. So
//! the cutting follows JavaScript's own rules (strings with their escapes, numbers in every notation,
//! regular expressions, comments), and what cannot be cut keeps Babel's words. A word that is wrong is
//! a [`Token::Bad`] in its place: an earlier mistake of grammar is told before it, as Babel does.

mod numbers;
mod strings;

/// One word.
#[derive(Clone, Debug, PartialEq)]
pub enum Token {
    /// A name or a keyword.
    Name(String),
    /// A number; JavaScript has only one kind.
    Number(f64),
    /// A string, its escapes resolved.
    Text(String),
    /// `/pattern/flags`.
    Regex(String, String),
    /// Punctuation.
    Mark(&'static str),
    /// What is no word, in Babel's words, and where Babel points at.
    Bad(String, usize),
    /// JavaScript, but nothing that is read here.
    Other,
    /// Where Babel would wait for another line.
    Open,
    /// The end of the line.
    End,
}

/// A word and where it stands, in characters.
#[derive(Clone, Debug, PartialEq)]
pub struct Word {
    /// The word.
    pub token: Token,
    /// Where it begins.
    pub start: usize,
    /// Where it has ended.
    pub end: usize,
}

/// Longer ones first: the first that fits is taken.
const MARKS: [&str; 34] = [
    "...", "===", "!==", "**", "=>", "==", "!=", "<=", ">=", "&&", "||", "??", "?.", "++", "--",
    "{", "}", "(", ")", "[", "]", ",", ":", ";", ".", "=", "+", "-", "*", "%", "<", ">", "!", "?",
];
/// Rarer ones.
const RARE: [&str; 6] = ["/", "&", "|", "^", "~", "`"];

/// What a cut gives: a token and where it ends.
type Cut = (Token, usize);

/// Cuts a line; the last word is [`Token::End`], or where it cannot go on.
#[must_use]
pub fn words(line: &[char]) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut at = 0;
    loop {
        let (start, closed) = after_blanks(line, at);
        let (token, end) = if !closed {
            (Token::Open, start)
        } else if start == line.len() {
            (Token::End, start)
        } else {
            word(line, start, may_be_regex(words.last()))
        };
        let last = matches!(
            token,
            Token::End | Token::Open | Token::Other | Token::Bad(..)
        );
        words.push(Word { token, start, end });
        if last {
            return words;
        }
        at = end;
    }
}

/// Skips blanks and comments; `false` if a comment does not end.
fn after_blanks(line: &[char], mut at: usize) -> (usize, bool) {
    loop {
        match (line.get(at), line.get(at + 1)) {
            (Some(blank), _) if blank.is_whitespace() || *blank == '\u{feff}' => at += 1,
            (Some('/'), Some('/')) => at = line.len(),
            (Some('/'), Some('*')) => {
                let rest = &line[at + 2..];
                let Some(end) = rest.windows(2).position(|two| two == ['*', '/']) else {
                    return (line.len(), false);
                };
                at += end + 4;
            }
            _ => return (at, true),
        }
    }
}

/// A slash divides after a value and begins a regular expression anywhere else.
fn may_be_regex(before: Option<&Word>) -> bool {
    match before.map(|word| &word.token) {
        None => true,
        Some(Token::Mark(mark)) => !matches!(*mark, ")" | "]" | "}"),
        Some(_) => false,
    }
}

fn word(line: &[char], at: usize, regex: bool) -> Cut {
    let first = line[at];
    match first {
        '\'' | '"' => strings::string(line, at),
        '0'..='9' => numbers::number(line, at),
        '.' if line.get(at + 1).is_some_and(char::is_ascii_digit) => numbers::number(line, at),
        '/' if regex => strings::regex(line, at),
        '#' => match line.get(at + 1) {
            Some(digit) if digit.is_ascii_digit() => {
                let words = "Unexpected digit after hash token.";
                (Token::Bad(words.to_owned(), at), at)
            }
            Some(name) if begins_name(*name) => (Token::Other, at + 1),
            _ => (Token::Bad("Unexpected token".to_owned(), at), at),
        },
        // Babel knows decorators, and only here it is told not to.
        '@' => (Token::Other, at + 1),
        _ if begins_name(first) => {
            let length = line[at..]
                .iter()
                .take_while(|c| continues_name(**c))
                .count();
            (
                Token::Name(line[at..at + length].iter().collect()),
                at + length,
            )
        }
        _ => {
            let marks = MARKS.iter().chain(&RARE);
            let mut fits = marks.filter(|mark| starts_with(&line[at..], mark));
            match fits.next() {
                Some(mark) => (Token::Mark(mark), at + mark.len()),
                None => (
                    Token::Bad(format!("Unexpected character '{first}'."), at),
                    at,
                ),
            }
        }
    }
}

fn starts_with(line: &[char], mark: &str) -> bool {
    let mut line = line.iter();
    mark.chars().all(|c| line.next() == Some(&c))
}

/// Whether a name may begin with this character.
#[must_use]
pub fn begins_name(c: char) -> bool {
    c.is_alphabetic() || c == '_' || c == '$'
}

/// Whether a name may go on with this character.
#[must_use]
pub fn continues_name(c: char) -> bool {
    begins_name(c) || c.is_alphanumeric()
}
