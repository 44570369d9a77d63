//! The outcome matrix: store by failure, each cell a verdict with the trace that led to it.

use std::fmt::Write;

use serde::{Deserialize, Serialize};

use super::menu::Failure;
use crate::{
    sessions::verdict::{Outcome, Prediction, Verdict},
    stores::StoreKind,
};

/// The most deeds that a row keeps.
const MOST_DEEDS: usize = 24;
/// The longest text in a row, in characters.
const LONGEST: usize = 240;

/// One experiment: what was done, and what each store then knew.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// What was done.
    pub failure: Failure,
    /// When: milliseconds since 1970, UTC.
    pub at_ms: i64,
    /// Every command and signal with what came of it.
    pub deeds: Vec<(String, String)>,
    /// What each store then knew, in the order of [`StoreKind::ALL`].
    pub verdicts: Vec<Verdict>,
}

impl Row {
    /// The verdict on one store.
    #[must_use]
    pub fn verdict(&self, store: StoreKind) -> Option<&Verdict> {
        self.verdicts.get(store.index())
    }

    /// Keeps what a row is read for, so that a lab's notes stay small.
    pub fn bound(&mut self) {
        self.deeds.truncate(MOST_DEEDS);
        for (text, reply) in &mut self.deeds {
            shorten(text);
            shorten(reply);
        }
        for verdict in &mut self.verdicts {
            verdict.commands.truncate(MOST_DEEDS);
            for (text, reply) in &mut verdict.commands {
                shorten(text);
                shorten(reply);
            }
        }
    }
}

fn shorten(text: &mut String) {
    if let Some((end, _)) = text.char_indices().nth(LONGEST) {
        text.truncate(end);
        text.push('…');
    }
}

/// The words that an export needs.
pub struct Words {
    /// The name of the first column.
    pub failure: &'static str,
    /// What an empty cell says.
    pub not_tried: &'static str,
    /// Before a prediction.
    pub you_said: &'static str,
    /// The name of an entry.
    pub title: fn(Failure) -> &'static str,
    /// The name of a store.
    pub store: fn(StoreKind) -> &'static str,
    /// The name of an outcome.
    pub outcome: fn(Outcome) -> &'static str,
    /// The name of a prediction.
    pub prediction: fn(Prediction) -> &'static str,
}

/// The rows as a table of texts: a heading, then one line for every entry of the menu.
fn table(rows: &[Row], words: &Words) -> Vec<Vec<String>> {
    let mut heading = vec![words.failure.to_owned()];
    heading.extend(StoreKind::ALL.map(|store| (words.store)(store).to_owned()));
    let lines = Failure::ALL.into_iter().map(|failure| {
        let row = rows.iter().find(|row| row.failure == failure);
        let mut line = vec![(words.title)(failure).to_owned()];
        line.extend(
            StoreKind::ALL.map(|store| match row.and_then(|row| row.verdict(store)) {
                None => words.not_tried.to_owned(),
                Some(verdict) => {
                    let outcome = (words.outcome)(verdict.outcome);
                    match verdict.predicted {
                        None => outcome.to_owned(),
                        Some(guess) => format!(
                            "{outcome} ({} {})",
                            words.you_said,
                            (words.prediction)(guess)
                        ),
                    }
                }
            }),
        );
        line
    });
    std::iter::once(heading).chain(lines).collect()
}

/// As CSV (RFC 4180), with the mark by which spreadsheets know that it is UTF-8.
#[must_use]
pub fn csv(rows: &[Row], words: &Words) -> String {
    let mut csv = String::from('\u{feff}');
    for line in table(rows, words) {
        let fields: Vec<String> = line.iter().map(|text| quoted(text)).collect();
        csv += &fields.join(",");
        csv += "\r\n";
    }
    csv
}

fn quoted(text: &str) -> String {
    // A spreadsheet would run what begins like a formula.
    let safe = if text.starts_with(['=', '+', '-', '@']) {
        format!("'{text}")
    } else {
        text.to_owned()
    };
    format!("\"{}\"", safe.replace('"', "\"\""))
}

/// As a table in Markdown.
#[must_use]
pub fn markdown(rows: &[Row], words: &Words) -> String {
    let mut text = String::new();
    for (number, line) in table(rows, words).iter().enumerate() {
        let cells: Vec<String> = line.iter().map(|cell| cell.replace('|', "\\|")).collect();
        let _ = writeln!(text, "| {} |", cells.join(" | "));
        if number == 0 {
            let _ = writeln!(text, "|{}", "---|".repeat(line.len()));
        }
    }
    text
}

/// As a picture.
#[must_use]
pub fn svg(rows: &[Row], words: &Words) -> String {
    const LINE: usize = 30;
    const FIRST: usize = 430;
    const COLUMN: usize = 190;
    let table = table(rows, words);
    let (width, height) = (FIRST + 4 * COLUMN + 20, LINE * table.len() + 30);
    let mut picture = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" \
         font-family=\"sans-serif\" font-size=\"14\"><rect width=\"100%\" height=\"100%\" fill=\"#fffdf9\"/>"
    );
    for (number, line) in table.iter().enumerate() {
        let y = 30 + number * LINE;
        for (column, cell) in line.iter().enumerate() {
            let x = if column == 0 {
                15
            } else {
                FIRST + (column - 1) * COLUMN
            };
            let weight = if number == 0 { "bold" } else { "normal" };
            let colour = colour(rows, number, column);
            let _ = write!(
                picture,
                "<text x=\"{x}\" y=\"{y}\" font-weight=\"{weight}\" fill=\"{colour}\">{}</text>",
                escaped(cell)
            );
        }
        let y = y + 10;
        let _ = write!(
            picture,
            "<path d=\"M15 {y}H{}\" stroke=\"#ddd3c0\"/>",
            width - 15
        );
    }
    picture + "</svg>"
}

fn colour(rows: &[Row], line: usize, column: usize) -> &'static str {
    let outcome = || {
        let failure = Failure::ALL.get(line.checked_sub(1)?)?;
        let row = rows.iter().find(|row| row.failure == *failure)?;
        Some(row.verdicts.get(column.checked_sub(1)?)?.outcome)
    };
    match outcome() {
        Some(Outcome::Kept) => "#0a6b47",
        Some(Outcome::Lost) => "#a3231b",
        Some(Outcome::Expired) => "#7a4a00",
        Some(Outcome::Refused) => "#7a2a7e",
        Some(Outcome::Unknown) => "#5f5748",
        None if line == 0 || column == 0 => "#211d16",
        None => "#8a8272",
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sessions::verdict::{Answer, Step};

    fn words() -> Words {
        Words {
            failure: "failure",
            not_tried: "-",
            you_said: "you said",
            title: |_| "a \"title\", with | and <",
            store: StoreKind::name,
            outcome: Outcome::name,
            prediction: Prediction::name,
        }
    }

    fn row() -> Row {
        let verdict = |outcome| Verdict {
            outcome,
            predicted: Some(Prediction::Kept),
            cookie: None,
            commands: vec![("x".repeat(1000), String::new())],
            answer: Answer::Missing,
            step: Step::Store,
            status: 200,
            before: None,
            at_ms: 0,
        };
        Row {
            failure: Failure::Restart,
            at_ms: 0,
            deeds: vec![(String::new(), "y".repeat(1000)); 100],
            verdicts: vec![
                verdict(Outcome::Lost),
                verdict(Outcome::Kept),
                verdict(Outcome::Kept),
                verdict(Outcome::Refused),
            ],
        }
    }

    #[test]
    fn every_export_has_a_line_for_every_entry() {
        let rows = [row()];
        let csv = csv(&rows, &words());
        assert_eq!(csv.lines().count(), 1 + Failure::ALL.len());
        let first = csv.lines().nth(1).unwrap();
        assert_eq!(
            first,
            "\"a \"\"title\"\", with | and <\",\"lost (you said kept)\",\"kept (you said kept)\",\"kept (you said kept)\",\"refused (you said kept)\""
        );
        assert!(csv.lines().nth(2).unwrap().contains("\"'-\""));
        let markdown = markdown(&rows, &words());
        assert_eq!(markdown.lines().count(), 2 + Failure::ALL.len());
        assert!(markdown.contains("with \\| and"));
        let svg = svg(&rows, &words());
        assert!(svg.contains("and &lt;") && svg.contains("refused") && svg.ends_with("</svg>"));
    }

    #[test]
    fn a_row_is_bounded() {
        let mut row = row();
        row.bound();
        assert_eq!(row.deeds.len(), MOST_DEEDS);
        assert!(row.deeds[0].1.chars().count() <= LONGEST + 1);
        assert!(row.verdicts[0].commands[0].0.chars().count() <= LONGEST + 1);
    }
}
