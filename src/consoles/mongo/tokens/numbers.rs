//! Numbers in every notation that JavaScript has.

use super::{Cut, Token, begins_name};

/// Cuts a number that begins at `at`.
pub(super) fn number(line: &[char], at: usize) -> Cut {
    let cut = match (line[at], line.get(at + 1)) {
        ('0', Some('x' | 'X')) => in_radix(line, at, 16),
        ('0', Some('o' | 'O')) => in_radix(line, at, 8),
        ('0', Some('b' | 'B')) => in_radix(line, at, 2),
        ('0', Some('0'..='9')) => legacy(line, at),
        _ => decimal(line, at),
    };
    match (&cut.0, line.get(cut.1)) {
        (Token::Number(_), Some('n')) => (Token::Other, cut.1),
        (Token::Number(_), Some(c)) if begins_name(*c) => {
            (bad("Identifier directly after number.", cut.1), cut.1)
        }
        _ => cut,
    }
}

fn bad(words: &str, at: usize) -> Token {
    Token::Bad(words.to_owned(), at)
}

/// The digits from `at` on, and where they end; an underscore may stand between two of them.
fn digits(line: &[char], at: usize, radix: u32) -> Result<(String, usize), Cut> {
    let mut text = String::new();
    let mut end = at;
    while let Some(c) = line.get(end) {
        let between = |at: Option<usize>| {
            at.and_then(|at| line.get(at))
                .is_some_and(|c| c.is_digit(radix))
        };
        if c.is_digit(radix) {
            text.push(*c);
        } else if *c == '_' && !(between(end.checked_sub(1)) && between(Some(end + 1))) {
            return Err((
                bad(
                    "A numeric separator is only allowed between two digits.",
                    end,
                ),
                end,
            ));
        } else if *c != '_' {
            break;
        }
        end += 1;
    }
    Ok((text, end))
}

fn in_radix(line: &[char], at: usize, radix: u32) -> Cut {
    let (text, end) = match digits(line, at + 2, radix) {
        Ok(found) => found,
        Err(cut) => return cut,
    };
    if text.is_empty() {
        return (
            bad(&format!("Expected number in radix {radix}."), at + 2),
            at + 2,
        );
    }
    if line.get(end).is_some_and(char::is_ascii_digit) {
        return (bad(&format!("Expected number in radix {radix}."), end), end);
    }
    (Token::Number(value(&text, radix)), end)
}

/// `017` is octal as in old JavaScript, and `018` is not.
fn legacy(line: &[char], at: usize) -> Cut {
    let length = line[at..].iter().take_while(|c| c.is_ascii_digit()).count();
    let text: String = line[at..at + length].iter().collect();
    let radix = if text.contains(['8', '9']) { 10 } else { 8 };
    (Token::Number(value(&text, radix)), at + length)
}

fn value(text: &str, radix: u32) -> f64 {
    if radix == 10 {
        return text.parse().unwrap_or(f64::NAN);
    }
    // Exact for what a person types: beyond 2^53 the last digits are rounded more than once.
    let digits = text.chars().filter_map(|c| c.to_digit(radix));
    digits.fold(0.0, |sum, digit| sum * f64::from(radix) + f64::from(digit))
}

fn decimal(line: &[char], at: usize) -> Cut {
    decimal_text(line, at).map_or_else(
        |cut| cut,
        |(text, end)| (Token::Number(text.parse().unwrap_or(f64::NAN)), end),
    )
}

fn decimal_text(line: &[char], at: usize) -> Result<(String, usize), Cut> {
    let (mut text, mut end) = digits(line, at, 10)?;
    if line.get(end) == Some(&'.') {
        let (fraction, after) = digits(line, end + 1, 10)?;
        text = format!("{text}.{fraction}0");
        end = after;
    }
    if matches!(line.get(end), Some('e' | 'E')) {
        let sign = line.get(end + 1).filter(|c| matches!(c, '+' | '-'));
        let from = end + 1 + usize::from(sign.is_some());
        let (exponent, after) = digits(line, from, 10)?;
        if exponent.is_empty() {
            let words = "Floating-point numbers require a valid exponent after the 'e'.";
            return Err((bad(words, at), at));
        }
        text.push('e');
        text.extend(sign);
        text.push_str(&exponent);
        end = after;
    }
    Ok((text, end))
}
