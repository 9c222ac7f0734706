//! Where mistakes are collected while a file is read.

use std::{cell::RefCell, collections::HashMap};

use crate::{
    blueprint::{mistake::Mistake, model::LabFile},
    kernel::{Value, words::Values},
};

/// What has a slug that nothing else of its kind may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A plan.
    Plan,
    /// A training.
    Training,
    /// A workshop.
    Workshop,
    /// A machine, in whatever workshop.
    Machine,
}

/// The text being read, and what is wrong with it.
pub struct Desk {
    /// Where each line starts, in bytes.
    starts: Vec<usize>,
    mistakes: RefCell<Vec<Mistake>>,
    slugs: RefCell<HashMap<(Kind, String), usize>>,
}

impl Desk {
    /// An empty desk for a text.
    pub fn over(text: &str) -> Self {
        let after_breaks = text.match_indices('\n').map(|(at, _)| at + 1);
        Self {
            starts: std::iter::once(0).chain(after_breaks).collect(),
            mistakes: RefCell::default(),
            slugs: RefCell::default(),
        }
    }

    /// The line of a byte, counted from 1.
    pub fn line(&self, at: usize) -> usize {
        self.starts.partition_point(|start| *start <= at)
    }

    /// Writes a mistake down.
    pub fn mark(&self, line: usize, code: &'static str, values: Values) {
        self.mistakes.borrow_mut().push(Mistake { line, code, values });
    }

    /// Writes down what the TOML parser says.
    pub fn syntax(&self, error: &toml::de::Error) {
        let line = self.line(error.span().map_or(0, |span| span.start));
        self.mark(line, "syntax", vec![("message", error.message().into())]);
    }

    /// Remembers a slug; one that is there already is a mistake.
    pub fn remember(&self, kind: Kind, slug: &str, line: usize) {
        let before = self.slugs.borrow().get(&(kind, slug.to_owned())).copied();
        match before {
            Some(before) => {
                self.mark(line, "duplicate", vec![("slug", slug.into()), ("line", count(before))]);
            }
            None => drop(self.slugs.borrow_mut().insert((kind, slug.to_owned()), line)),
        }
    }

    /// Whether the file has, so far, a thing of this kind and slug.
    pub fn knows(&self, kind: Kind, slug: &str) -> bool {
        self.slugs.borrow().contains_key(&(kind, slug.to_owned()))
    }

    /// The lab, if nothing was wrong; else everything that was, by line.
    pub fn clear(self, lab: Option<LabFile>) -> Result<LabFile, Vec<Mistake>> {
        let mut mistakes = self.mistakes.into_inner();
        mistakes.sort_by_key(|mistake| mistake.line);
        match lab {
            Some(lab) if mistakes.is_empty() => Ok(lab),
            Some(_) | None => Err(mistakes),
        }
    }
}

/// A number as a sentence speaks of it.
pub fn count(number: usize) -> Value {
    Value::Count(i64::try_from(number).unwrap_or(i64::MAX))
}
