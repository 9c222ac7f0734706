//! `[[opening]]`: the week.

use std::cell::RefCell;

use super::{
    desk::count,
    sheet::Sheet,
    value::{Days, Wall},
};
use crate::{
    kernel::Value,
    lab::{OpeningSpan, rules::clash},
};

/// Spans with the lines they stand on.
type Written = Vec<(OpeningSpan, usize)>;

/// Reads the weekly hours. Two spans of the same sort must not meet; a staffed one may lie inside an unstaffed one.
pub fn read(whole: &mut Sheet<'_>) -> Vec<OpeningSpan> {
    let written = RefCell::new(Written::new());
    let spans = whole.tables("opening", |sheet| {
        let spans = opening(sheet)?;
        let line = sheet.line_of("days");
        for span in &spans {
            meeting(sheet, span, &written.borrow());
            written.borrow_mut().push((*span, line));
        }
        Some(spans)
    });
    let mut spans = spans.concat();
    spans.sort_unstable();
    spans
}

fn opening(sheet: &mut Sheet<'_>) -> Option<Vec<OpeningSpan>> {
    let days = sheet.must("days");
    let (opens, closes) = (sheet.must("opens"), sheet.must("closes"));
    let staffed = sheet.must("staffed");
    let (valid_from, valid_to) = (sheet.may("valid_from"), sheet.may("valid_to"));
    let (Days(days), Wall(opens), Wall(closes)) = (days?, opens?, closes?);
    if closes <= opens {
        sheet.wrong("closes", "ends-before-start", vec![]);
        return None;
    }
    if let (Some(from), Some(to)) = (valid_from, valid_to)
        && to < from
    {
        sheet.wrong("valid_to", "ends-before-start", vec![]);
        return None;
    }
    let staffed = staffed?;
    let span = |weekday| OpeningSpan { weekday, opens, closes, staffed, valid_from, valid_to };
    Some(days.into_iter().map(span).collect())
}

fn meeting(sheet: &Sheet<'_>, span: &OpeningSpan, written: &Written) {
    if let Some((other, line)) = written.iter().find(|(other, _)| clash(span, other)) {
        let both = (span.opens.max(other.opens), span.closes.min(other.closes));
        let values = vec![("line", count(*line)), ("from", wall(both.0)), ("to", wall(both.1))];
        sheet.wrong("days", "hours-overlap", values);
    }
}

fn wall(minute: u16) -> Value {
    Value::Text(format!("{:02}:{:02}", minute / 60, minute % 60))
}
