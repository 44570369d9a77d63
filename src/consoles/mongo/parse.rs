//! From words to the shape of a line: a chain of names and calls with literals inside.
//!
//! This is the part of JavaScript's grammar that the shell lines of a course need. What is no
//! JavaScript at all is answered in the words of Babel, mongosh's parser, with its drawing of the
//! place. What is JavaScript but more than a shell line (a function, an assignment) is not refused as
//! a mistake: it is only not read here. Nothing is ever run. Depth and length are bounded, so that no
//! line can exhaust the stack.

mod literals;

use super::tokens::{Token, Word, words};

/// How deep a line may nest: 32 lists or objects, two steps each. As many operators it may have.
const MOST_DEPTH: usize = 64;

/// The shape of a value or of a chain.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// A number.
    Number(f64),
    /// A string.
    Text(String),
    /// `/pattern/flags`.
    Regex(String, String),
    /// `[…]`; a hole is `None`.
    Array(Vec<Option<Shape>>),
    /// `{…}` in the order in which it was typed.
    Object(Vec<(String, Shape)>),
    /// A name and what follows it: `db.sessions.find(…)`, `ISODate(…)`, `true`.
    Chain(Chain),
    /// `new` before a chain.
    New(Chain),
    /// `-`, `+` or `!` before a value.
    Sign(&'static str, Box<Shape>),
    /// Two values with `+`, `-`, `*`, `/` or `%` between them.
    Sum(Box<Shape>, &'static str, Box<Shape>),
}

/// A name and the steps that follow it.
#[derive(Clone, Debug, PartialEq)]
pub struct Chain {
    /// The name.
    pub head: String,
    /// The steps, from left to right.
    pub steps: Vec<Step>,
    /// Where each part ends in the line, in characters, the head first; for the words of an error.
    pub ends: Vec<usize>,
    /// Where it begins.
    pub start: usize,
}

/// A step of a chain.
#[derive(Clone, Debug, PartialEq)]
pub enum Step {
    /// `.name` or `['name']`.
    Member(String),
    /// `(…)`.
    Call(Vec<Shape>),
}

/// Why a line has no shape.
#[derive(Clone, Debug, PartialEq)]
pub enum Flaw {
    /// It is no JavaScript: Babel's words, and the character that Babel points at.
    Syntax(String, usize),
    /// It goes on: mongosh would wait for the next line.
    Unfinished,
    /// It nests deeper than is read here.
    TooDeep,
    /// It may be JavaScript, but it is no shell line.
    NotALine,
}

/// Reads one statement; `None` if there is none.
///
/// # Errors
/// A [`Flaw`].
pub fn statement(line: &[char]) -> Result<Option<Shape>, Flaw> {
    let mut parser = Parser {
        words: words(line),
        at: 0,
        depth: 0,
        operators: 0,
    };
    while parser.takes(";") {}
    if parser.peek().token == Token::End {
        return Ok(None);
    }
    if parser.is_mark("{") {
        // At the beginning of a statement it opens a block, unless mongosh finds that it does not.
        return Err(Flaw::NotALine);
    }
    let shape = parser.value()?;
    let ended = parser.end_before();
    if !parser.takes(";") && parser.peek().token != Token::End {
        return Err(
            parser.unexpected_after_value(|_| Flaw::Syntax("Missing semicolon.".to_owned(), ended))
        );
    }
    while parser.takes(";") {}
    match parser.peek().token {
        Token::End => Ok(Some(shape)),
        // Another statement.
        _ => Err(Flaw::NotALine),
    }
}

struct Parser {
    words: Vec<Word>,
    at: usize,
    depth: usize,
    operators: usize,
}

/// Words that are no names; `undefined`, `NaN` and `Infinity` are names.
const KEYWORDS: [&str; 39] = [
    "await",
    "break",
    "case",
    "catch",
    "class",
    "const",
    "continue",
    "debugger",
    "default",
    "delete",
    "do",
    "else",
    "export",
    "extends",
    "finally",
    "for",
    "function",
    "if",
    "import",
    "in",
    "instanceof",
    "let",
    "new",
    "return",
    "static",
    "super",
    "switch",
    "this",
    "throw",
    "try",
    "typeof",
    "var",
    "void",
    "while",
    "with",
    "yield",
    "async",
    "enum",
    "of",
];

impl Parser {
    fn peek(&self) -> &Word {
        // There is always one more word than was taken: the last one is never taken.
        &self.words[self.at.min(self.words.len() - 1)]
    }

    fn is_mark(&self, mark: &str) -> bool {
        matches!(self.peek().token, Token::Mark(found) if found == mark)
    }

    fn takes(&mut self, mark: &str) -> bool {
        let is = self.is_mark(mark);
        self.at += usize::from(is);
        is
    }

    /// Where the word before the next one has ended.
    fn end_before(&self) -> usize {
        self.at
            .checked_sub(1)
            .map_or(0, |before| self.words[before].end)
    }

    /// What is wrong if the next word may not stand here at all.
    fn unexpected(&self) -> Flaw {
        self.flaw(|at| Flaw::Syntax("Unexpected token".to_owned(), at))
    }

    /// What is wrong if a comma or the end of the list has to stand here.
    fn comma_expected(&self) -> Flaw {
        self.unexpected_after_value(|at| {
            Flaw::Syntax("Unexpected token, expected \",\"".to_owned(), at)
        })
    }

    fn flaw(&self, otherwise: impl Fn(usize) -> Flaw) -> Flaw {
        let word = self.peek();
        match &word.token {
            Token::Other => Flaw::NotALine,
            Token::Bad(words, at) => Flaw::Syntax(words.clone(), *at),
            Token::End | Token::Open => Flaw::Unfinished,
            _ => otherwise(word.start),
        }
    }

    /// As [`Parser::unexpected`], after a value: what goes on with an operator is JavaScript.
    fn unexpected_after_value(&self, otherwise: impl Fn(usize) -> Flaw) -> Flaw {
        let goes_on = match &self.peek().token {
            Token::Mark(mark) => !matches!(
                *mark,
                "{" | "}" | ")" | "]" | ":" | ";" | "," | "..." | "!" | "~" | "`"
            ),
            Token::Name(name) => matches!(name.as_str(), "in" | "instanceof"),
            _ => false,
        };
        // A template after a value is a call of it.
        if goes_on || self.is_mark("`") {
            return Flaw::NotALine;
        }
        self.flaw(otherwise)
    }

    /// One level deeper.
    fn deeper<T>(&mut self, read: impl FnOnce(&mut Self) -> Result<T, Flaw>) -> Result<T, Flaw> {
        if self.depth == MOST_DEPTH {
            return Err(Flaw::TooDeep);
        }
        self.depth += 1;
        let shape = read(self);
        self.depth -= 1;
        shape
    }

    fn value(&mut self) -> Result<Shape, Flaw> {
        self.deeper(|parser| parser.sum(0))
    }

    /// Values with arithmetic between them; `*`, `/` and `%` bind before `+` and `-`.
    fn sum(&mut self, binding: u8) -> Result<Shape, Flaw> {
        let mut left = self.signed()?;
        while let Token::Mark(mark @ ("+" | "-" | "*" | "/" | "%")) = self.peek().token {
            let binds = if matches!(mark, "+" | "-") { 1 } else { 2 };
            if binds <= binding {
                break;
            }
            self.operators += 1;
            if self.operators > MOST_DEPTH {
                return Err(Flaw::TooDeep);
            }
            self.at += 1;
            let right = self.deeper(|parser| parser.sum(binds))?;
            left = Shape::Sum(Box::new(left), mark, Box::new(right));
        }
        Ok(left)
    }

    fn signed(&mut self) -> Result<Shape, Flaw> {
        if let Token::Mark(mark @ ("-" | "+" | "!")) = self.peek().token {
            self.at += 1;
            let value = self.deeper(Self::signed)?;
            return Ok(Shape::Sign(mark, Box::new(value)));
        }
        self.single()
    }

    fn single(&mut self) -> Result<Shape, Flaw> {
        let word = self.peek().clone();
        match word.token {
            Token::Number(number) => {
                self.at += 1;
                self.no_steps(Shape::Number(number))
            }
            Token::Text(text) => {
                self.at += 1;
                self.no_steps(Shape::Text(text))
            }
            Token::Regex(pattern, flags) => {
                self.at += 1;
                self.no_steps(Shape::Regex(pattern, flags))
            }
            Token::Name(name) if name == "new" => {
                self.at += 1;
                match self.peek().token.clone() {
                    Token::Name(name) if !is_keyword(&name) => Ok(Shape::New(self.chain(name)?)),
                    Token::Name(_) => Err(Flaw::NotALine),
                    _ => Err(self.unexpected()),
                }
            }
            Token::Name(name) if is_keyword(&name) => Err(Flaw::NotALine),
            Token::Name(name) => self.chain(name).map(Shape::Chain),
            Token::Mark("[") => self.deeper(Self::array),
            Token::Mark("{") => self.deeper(Self::object),
            Token::Mark("(") => self.in_brackets(),
            Token::Mark("`" | "~" | "++" | "--" | "<") => Err(Flaw::NotALine),
            _ => Err(self.unexpected()),
        }
    }

    /// A value in brackets, unless it is the list of a function's arguments.
    fn in_brackets(&mut self) -> Result<Shape, Flaw> {
        self.at += 1;
        if self.is_mark(")") || self.is_mark("...") {
            return Err(Flaw::NotALine);
        }
        let shape = self.value()?;
        if !self.takes(")") {
            return Err(self.comma_expected());
        }
        self.no_steps(shape)
    }

    /// A literal with steps behind it is JavaScript, and no shell line.
    fn no_steps(&self, shape: Shape) -> Result<Shape, Flaw> {
        match self.peek().token {
            Token::Mark("." | "(" | "[" | "?.") => Err(Flaw::NotALine),
            _ => Ok(shape),
        }
    }
}

fn is_keyword(name: &str) -> bool {
    KEYWORDS.contains(&name)
}
