//! Strings and regular expressions.

use super::{Cut, Token, continues_name};

/// What stands for half of a character in JavaScript and is no character here.
const HALF: char = char::REPLACEMENT_CHARACTER;

/// Cuts a string whose quote stands at `at`.
pub(super) fn string(line: &[char], at: usize) -> Cut {
    let quote = line[at];
    let mut text = String::new();
    let mut next = at + 1;
    loop {
        match line.get(next) {
            None => {
                return (
                    Token::Bad("Unterminated string constant.".to_owned(), at),
                    at,
                );
            }
            Some('\\') => match escape(line, next + 1) {
                Ok((c, end)) => {
                    text.extend(c);
                    next = end;
                }
                Err(words_at) => return words_at,
            },
            Some(c) if *c == quote => return (Token::Text(text), next + 1),
            Some(c) => {
                text.push(*c);
                next += 1;
            }
        }
    }
}

/// What the escape means whose letter stands at `at`, and where it ends.
fn escape(line: &[char], at: usize) -> Result<(Option<char>, usize), Cut> {
    let Some(letter) = line.get(at) else {
        return Ok((None, at));
    };
    let plain = match letter {
        'n' => '\n',
        't' => '\t',
        'r' => '\r',
        'b' => '\u{8}',
        'f' => '\u{c}',
        'v' => '\u{b}',
        '0'..='7' => return Ok(octal(line, at)),
        'x' => return hex(line, at + 1, 2),
        'u' if line.get(at + 1) == Some(&'{') => return braced(line, at + 2),
        'u' => return unicode(line, at + 1),
        other => *other,
    };
    Ok((Some(plain), at + 1))
}

/// `\0`, and the octal escapes of old JavaScript.
fn octal(line: &[char], at: usize) -> (Option<char>, usize) {
    let most = if matches!(line[at], '0'..='3') { 3 } else { 2 };
    let digits = line[at..].iter().take(most).map_while(|c| c.to_digit(8));
    let (code, length) = digits.fold((0, 0), |(code, length), digit| {
        (code * 8 + digit, length + 1)
    });
    (char::from_u32(code), at + length)
}

fn bad_escape(at: usize) -> Cut {
    (
        Token::Bad("Bad character escape sequence.".to_owned(), at),
        at,
    )
}

fn code(line: &[char], at: usize, length: usize) -> Option<u32> {
    let digits = line.get(at..at + length)?;
    digits
        .iter()
        .try_fold(0, |code, c| Some(code * 16 + c.to_digit(16)?))
}

fn hex(line: &[char], at: usize, length: usize) -> Result<(Option<char>, usize), Cut> {
    let code = code(line, at, length).ok_or_else(|| bad_escape(at))?;
    Ok((Some(char::from_u32(code).unwrap_or(HALF)), at + length))
}

/// `\uXXXX`, and two of them for one character beyond the first plane.
fn unicode(line: &[char], at: usize) -> Result<(Option<char>, usize), Cut> {
    let first = code(line, at, 4).ok_or_else(|| bad_escape(at))?;
    if matches!(first, 0xd800..=0xdbff)
        && line.get(at + 4..at + 6) == Some(&['\\', 'u'])
        && let Some(second @ 0xdc00..=0xdfff) = code(line, at + 6, 4)
    {
        let whole = 0x1_0000 + ((first - 0xd800) << 10) + (second - 0xdc00);
        return Ok((char::from_u32(whole), at + 10));
    }
    Ok((Some(char::from_u32(first).unwrap_or(HALF)), at + 4))
}

fn braced(line: &[char], at: usize) -> Result<(Option<char>, usize), Cut> {
    let length = line[at.min(line.len())..]
        .iter()
        .take_while(|c| c.is_ascii_hexdigit())
        .count();
    let closed = line.get(at + length) == Some(&'}');
    let code = code(line, at, length.min(7)).filter(|_| length > 0 && closed);
    match code {
        Some(code) if length < 7 && code <= 0x0010_ffff => {
            Ok((Some(char::from_u32(code).unwrap_or(HALF)), at + length + 1))
        }
        _ => Err(bad_escape(at)),
    }
}

/// Cuts a regular expression whose slash stands at `at`.
pub(super) fn regex(line: &[char], at: usize) -> Cut {
    let (mut next, mut in_class) = (at + 1, false);
    loop {
        match line.get(next) {
            None => {
                return (
                    Token::Bad("Unterminated regular expression.".to_owned(), at),
                    at,
                );
            }
            Some('\\') => next += 1,
            Some('[') => in_class = true,
            Some(']') => in_class = false,
            Some('/') if !in_class => break,
            Some(_) => {}
        }
        next += 1;
    }
    let pattern = line[at + 1..next].iter().collect();
    let flags: String = line[next + 1..]
        .iter()
        .take_while(|c| continues_name(**c))
        .collect();
    let end = next + 1 + flags.chars().count();
    match flags.chars().position(|c| !"dgimsuvy".contains(c)) {
        Some(wrong) => {
            let at = next + 1 + wrong + 1;
            (
                Token::Bad("Invalid regular expression flag.".to_owned(), at),
                at,
            )
        }
        None => (Token::Regex(pattern, flags), end),
    }
}
