//! Arrays, objects, and chains of names and calls.

use super::{Chain, Flaw, Parser, Shape, Step, is_keyword};
use crate::consoles::mongo::tokens::Token;

impl Parser {
    /// A name, which is the next word, and the steps that follow it.
    pub(super) fn chain(&mut self, head: String) -> Result<Chain, Flaw> {
        let start = self.peek().start;
        self.at += 1;
        let mut chain = Chain {
            head,
            steps: Vec::new(),
            ends: vec![self.end_before()],
            start,
        };
        loop {
            let step = if self.takes(".") {
                match self.peek().token.clone() {
                    Token::Name(name) => {
                        self.at += 1;
                        Step::Member(name)
                    }
                    _ => return Err(self.unexpected()),
                }
            } else if self.takes("(") {
                Step::Call(self.deeper(Self::arguments)?)
            } else if self.takes("[") {
                match (self.peek().token.clone(), self.words.get(self.at + 1)) {
                    (Token::Text(name), Some(next)) if next.token == Token::Mark("]") => {
                        self.at += 2;
                        Step::Member(name)
                    }
                    _ => return Err(self.computed()),
                }
            } else {
                return Ok(chain);
            };
            chain.steps.push(step);
            chain.ends.push(self.end_before());
        }
    }

    /// `[…]` that is not a plain string: reads on, for a mistake inside of it.
    fn computed(&mut self) -> Flaw {
        match self.value() {
            Err(flaw) => flaw,
            Ok(_) if self.is_mark("]") => Flaw::NotALine,
            Ok(_) => {
                self.flaw(|at| Flaw::Syntax("Unexpected token, expected \"]\"".to_owned(), at))
            }
        }
    }

    /// Arguments, up to and with the closing bracket.
    fn arguments(&mut self) -> Result<Vec<Shape>, Flaw> {
        let mut arguments = Vec::new();
        while !self.takes(")") {
            if self.is_mark("...") {
                return Err(Flaw::NotALine);
            }
            arguments.push(self.value()?);
            if !self.takes(",") && !self.is_mark(")") {
                return Err(self.comma_expected());
            }
        }
        Ok(arguments)
    }

    pub(super) fn array(&mut self) -> Result<Shape, Flaw> {
        self.at += 1;
        let mut items = Vec::new();
        while !self.takes("]") {
            if self.is_mark("...") {
                return Err(Flaw::NotALine);
            }
            if self.takes(",") {
                items.push(None);
                continue;
            }
            items.push(Some(self.value()?));
            if !self.takes(",") && !self.is_mark("]") {
                return Err(self.comma_expected());
            }
        }
        self.no_steps(Shape::Array(items))
    }

    pub(super) fn object(&mut self) -> Result<Shape, Flaw> {
        self.at += 1;
        let mut fields: Vec<(String, Shape)> = Vec::new();
        let mut has_prototype = false;
        while !self.takes("}") {
            let key_at = self.peek().start;
            let (key, value) = self.field()?;
            if key == "__proto__" && has_prototype {
                return Err(Flaw::Syntax(
                    "Redefinition of __proto__ property.".to_owned(),
                    key_at,
                ));
            }
            has_prototype |= key == "__proto__";
            fields.push((key, value));
            if !self.takes(",") && !self.is_mark("}") {
                return Err(self.comma_expected());
            }
        }
        self.no_steps(Shape::Object(fields))
    }

    fn field(&mut self) -> Result<(String, Shape), Flaw> {
        let word = self.peek().clone();
        let (key, is_name) = match word.token {
            Token::Name(name) => (name, true),
            Token::Text(text) => (text, false),
            Token::Number(number) => (super::super::print::number(number), false),
            Token::Mark("[" | "..." | "*") => return Err(Flaw::NotALine),
            _ => return Err(self.unexpected()),
        };
        self.at += 1;
        if self.takes(":") {
            return Ok((key, self.value()?));
        }
        match self.peek().token {
            Token::Mark("(" | "=") => Err(Flaw::NotALine),
            // `get x() {}` and the like.
            Token::Name(_) | Token::Text(_)
                if matches!(key.as_str(), "get" | "set" | "async") && is_name =>
            {
                Err(Flaw::NotALine)
            }
            Token::Mark("," | "}") if is_name && !is_keyword(&key) => {
                let chain = Chain {
                    head: key.clone(),
                    steps: Vec::new(),
                    ends: vec![word.end],
                    start: word.start,
                };
                Ok((key, Shape::Chain(chain)))
            }
            _ if is_name && !is_keyword(&key) => {
                Err(self.flaw(|at| Flaw::Syntax("Unexpected token, expected \",\"".to_owned(), at)))
            }
            _ => Err(self.unexpected()),
        }
    }
}
