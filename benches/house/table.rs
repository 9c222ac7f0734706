//! The one table.

use std::time::Duration;

/// What is wanted of a row.
#[derive(Clone, Copy)]
pub enum Target {
    /// The ratio, or the figure, is this or more.
    AtLeast(f64),
    /// The ratio, or the figure, is below this.
    Below(f64),
    /// For information.
    None,
}

/// One line.
pub struct Row {
    what: String,
    measured: String,
    floor: String,
    /// What the target speaks of.
    figure: Option<f64>,
    target: Target,
}

impl Row {
    /// A figure beside its floor, and the ratio of both.
    pub fn ratio(
        what: impl Into<String>,
        (measured, floor): (String, String),
        ratio: f64,
        target: Target,
    ) -> Self {
        Self { what: what.into(), measured, floor, figure: Some(ratio), target }
    }

    /// A figure that stands for itself.
    pub fn figure(what: impl Into<String>, shown: String, figure: f64, target: Target) -> Self {
        Self { what: what.into(), measured: shown, floor: "–".into(), figure: Some(figure), target }
    }

    /// Something that was not measured, and why.
    pub fn absent(what: impl Into<String>, why: impl Into<String>) -> Self {
        let floor = "–".into();
        Self { what: what.into(), measured: why.into(), floor, figure: None, target: Target::None }
    }

    fn cells(&self) -> [String; 6] {
        let (target, met) = match (self.target, self.figure) {
            (Target::AtLeast(least), Some(figure)) => (format!("≥ {least}"), Some(figure >= least)),
            (Target::Below(most), Some(figure)) => (format!("< {most}"), Some(figure < most)),
            _ => ("–".into(), None),
        };
        let met = met.map_or("–", |met| if met { "yes" } else { "**MISSED**" });
        let ratio =
            self.figure.filter(|_| self.floor != "–").map_or("–".into(), |ratio| format!("{ratio:.2}"));
        [self.what.clone(), self.measured.clone(), self.floor.clone(), ratio, target, met.into()]
    }
}

/// All lines.
#[derive(Default)]
pub struct Table(Vec<Row>);

impl Table {
    pub fn add(&mut self, rows: Vec<Row>) {
        self.0.extend(rows);
    }

    /// As markdown.
    pub fn print(&self, took: Duration) {
        let head = ["what", "measured", "floor", "ratio", "target", "ok?"].map(str::to_owned);
        let lines: Vec<[String; 6]> = std::iter::once(head).chain(self.0.iter().map(Row::cells)).collect();
        let widths: [usize; 6] = std::array::from_fn(|cell| {
            lines.iter().map(|line| line[cell].chars().count()).max().unwrap_or(0)
        });
        let print = |line: &[String; 6]| {
            let cells = line.iter().zip(widths).map(|(cell, width)| format!("{cell:width$}"));
            println!("| {} |", cells.collect::<Vec<_>>().join(" | "));
        };
        println!();
        print(&lines[0]);
        println!("|{}|", widths.map(|width| "-".repeat(width + 2)).join("|"));
        lines[1..].iter().for_each(print);
        let missed = lines.iter().filter(|line| line[5].contains("MISSED")).count();
        println!("\n{missed} targets missed; {:.0} s in all.", took.as_secs_f64());
    }
}

/// `12 345 /s`.
pub fn rate(per_second: f64) -> String {
    let whole = format!("{per_second:.0}");
    let mut shown = String::new();
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place).is_multiple_of(3) {
            shown.push('\u{202f}');
        }
        shown.push(digit);
    }
    shown + " /s"
}
