//! More than six items of an array are put in columns.

use mongodb::bson::Bson;

use super::{COMPACT, WIDTH};

/// Between two items: a comma and a blank.
const SEPARATOR: usize = 2;
/// A character is about so many times as high as wide, and a square should come of it.
const HEIGHT: f64 = 2.5;

/// The rows, or the entries as they were if columns would not look well.
pub(super) fn grouped(entries: Vec<String>, items: &[Bson], indentation: usize) -> Vec<String> {
    let widths: Vec<usize> = entries.iter().map(|entry| width(entry)).collect();
    let total: usize = widths.iter().map(|width| width + SEPARATOR).sum();
    let widest = widths.iter().max().copied().unwrap_or_default();
    let column = widest + SEPARATOR;
    let similar = total > 5 * column || widest <= 6;
    if column * 3 + indentation >= WIDTH || !similar {
        return entries;
    }
    let columns = count(column, total, entries.len(), indentation);
    if columns <= 1 {
        return entries;
    }
    let lines: Vec<usize> = (0..columns)
        .map(|at| {
            widths
                .iter()
                .skip(at)
                .step_by(columns)
                .max()
                .copied()
                .unwrap_or_default()
                + SEPARATOR
        })
        .collect();
    let numbers = items.iter().all(is_number);
    let rows = entries.chunks(columns).zip(widths.chunks(columns));
    rows.map(|(row, widths)| line(row, widths, &lines, numbers))
        .collect()
}

fn line(row: &[String], widths: &[usize], lines: &[usize], numbers: bool) -> String {
    let last = row.len() - 1;
    let mut text = String::new();
    for (at, entry) in row.iter().enumerate() {
        let room = if at == last {
            lines[at] - SEPARATOR
        } else {
            lines[at]
        };
        let comma = if at == last { "" } else { ", " };
        let blanks = " ".repeat(room.saturating_sub(widths[at] + comma.len()));
        // Numbers stand at the right of their column, anything else at the left.
        let (before, after) = if numbers {
            (blanks.as_str(), "")
        } else {
            ("", blanks.as_str())
        };
        let after = if at == last { "" } else { after };
        text.push_str(before);
        text.push_str(entry);
        text.push_str(comma);
        text.push_str(after);
    }
    text
}

/// Whether JavaScript has it as a number.
const fn is_number(item: &Bson) -> bool {
    matches!(item, Bson::Int32(_) | Bson::Double(_))
}

/// How many columns: a square, within the line, and not more than twelve.
fn count(column: usize, total: usize, entries: usize, indentation: usize) -> usize {
    let [column_f, total_f, entries_f] = [column, total, entries].map(float);
    let bias = (column_f - total_f / entries_f).sqrt();
    let biased = (column_f - 3.0 - bias).max(1.0);
    let square = ((HEIGHT * biased * entries_f).sqrt() / biased).round();
    let square = (1..=15)
        .rev()
        .find(|count| float(*count) <= square)
        .unwrap_or_default();
    square
        .min((WIDTH - indentation) / column)
        .min(COMPACT * 4)
        .min(15)
}

/// Exact: an array of a line or of a document has far less than 2^32 items.
fn float(number: usize) -> f64 {
    u32::try_from(number).map_or(f64::MAX, f64::from)
}

/// How many columns of a terminal a text takes.
fn width(text: &str) -> usize {
    text.chars().map(width_of).sum()
}

/// Wide are the scripts of East Asia and most emoji; what combines with the character before has none.
fn width_of(c: char) -> usize {
    match u32::from(c) {
        0..=0x1f
        | 0x7f..=0x9f
        | 0x300..=0x36f
        | 0x200b..=0x200f
        | 0x20d0..=0x20ff
        | 0xfe00..=0xfe0f
        | 0xfe20..=0xfe2f => 0,
        0x1100..=0x115f
        | 0x2329
        | 0x232a
        | 0x2e80..=0x303e
        | 0x3041..=0x33ff
        | 0x3400..=0x4dbf
        | 0x4e00..=0xa4c6
        | 0xa960..=0xa97c
        | 0xac00..=0xd7a3
        | 0xf900..=0xfaff
        | 0xfe30..=0xfe6b
        | 0xff01..=0xff60
        | 0xffe0..=0xffe6
        | 0x1_f300..=0x1_f64f
        | 0x1_f680..=0x1_f6ff
        | 0x1_f900..=0x1_f9ff
        | 0x2_0000..=0x3_fffd => 2,
        _ => 1,
    }
}
