//! One table of the file: every key asked for is known, whatever is left over is a mistake.

use std::ops::RangeInclusive;

use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use super::{
    desk::{Desk, Kind},
    value::{Readable, Slug, Title},
};
use crate::kernel::{Name, Value, words::Values};

/// A table being read.
pub struct Sheet<'d> {
    /// Where mistakes go.
    pub desk: &'d Desk,
    table: &'d DeTable<'d>,
    line: usize,
    asked: Vec<&'static str>,
}

impl<'d> Sheet<'d> {
    /// The whole document.
    pub fn whole(desk: &'d Desk, table: &'d DeTable<'d>) -> Self {
        Self { desk, table, line: 1, asked: Vec::new() }
    }

    /// The value of a key, if there is one of the right kind.
    pub fn may<T: Readable>(&mut self, key: &'static str) -> Option<T> {
        let (line, value) = self.ask(key)?;
        let read = T::read(value.get_ref());
        if read.is_none() {
            self.desk.mark(line, T::EXPECTED, vec![("key", key.into())]);
        }
        read
    }

    /// The value of a key that has to be there.
    pub fn must<T: Readable>(&mut self, key: &'static str) -> Option<T> {
        if !self.has(key) {
            self.missing(key);
        }
        self.may(key)
    }

    /// A number that has to be there, in a range.
    pub fn number(&mut self, key: &'static str, range: RangeInclusive<i32>) -> Option<i32> {
        if !self.has(key) {
            self.missing(key);
        }
        self.may_number(key, range)
    }

    /// A number in a range, if there is one.
    pub fn may_number(&mut self, key: &'static str, range: RangeInclusive<i32>) -> Option<i32> {
        let number: i32 = self.may(key)?;
        if range.contains(&number) {
            return Some(number);
        }
        let (least, most) = (Value::Count((*range.start()).into()), Value::Count((*range.end()).into()));
        self.wrong(key, "range", vec![("least", least), ("most", most)]);
        None
    }

    /// The slug of this thing, which nothing else of its kind may have.
    pub fn slug(&mut self, kind: Kind) -> Option<String> {
        let Slug(slug) = self.must("slug")?;
        self.desk.remember(kind, &slug, self.line_of("slug"));
        Some(slug)
    }

    /// A name in both languages: `{ fr = "…", en = "…" }`, or one text for both.
    pub fn name(&mut self, key: &'static str) -> Option<Name> {
        if self.table.get(key).is_some_and(|value| value.get_ref().is_table()) {
            return self.must_table(key, both_languages);
        }
        let Title(text) = self.must(key)?;
        Some(Name { fr: text.clone(), en: text })
    }

    /// A table that has to be there.
    pub fn must_table<T>(
        &mut self,
        key: &'static str,
        read: impl Fn(&mut Sheet<'_>) -> Option<T>,
    ) -> Option<T> {
        if !self.has(key) {
            self.missing(key);
        }
        self.may_table(key, read)
    }

    /// A table, if there is one.
    pub fn may_table<T>(
        &mut self,
        key: &'static str,
        read: impl Fn(&mut Sheet<'_>) -> Option<T>,
    ) -> Option<T> {
        let (line, value) = self.ask(key)?;
        self.opened(key, line, value, read)
    }

    /// Every table under `[[key]]`; those with a mistake are left out.
    pub fn tables<T>(&mut self, key: &'static str, read: impl Fn(&mut Sheet<'_>) -> Option<T>) -> Vec<T> {
        let Some((line, value)) = self.ask(key) else { return Vec::new() };
        let DeValue::Array(tables) = value.get_ref() else {
            self.desk.mark(line, "expected-tables", vec![("key", key.into())]);
            return Vec::new();
        };
        let line = |table: &Spanned<DeValue<'_>>| self.desk.line(table.span().start);
        tables.iter().filter_map(|table| self.opened(key, line(table), table, &read)).collect()
    }

    /// Whether the key is there.
    pub fn has(&self, key: &str) -> bool {
        self.table.contains_key(key)
    }

    /// The line of a key; of the table's head where it is not there.
    pub fn line_of(&self, key: &str) -> usize {
        self.table.get_key_value(key).map_or(self.line, |(key, _)| self.desk.line(key.span().start))
    }

    /// Something is wrong with the value of a key; `key` is added to the values of the sentence.
    pub fn wrong(&self, key: &'static str, code: &'static str, mut values: Values) {
        values.push(("key", key.into()));
        self.desk.mark(self.line_of(key), code, values);
    }

    /// Nothing else will be asked: what nobody asked for is a mistake.
    pub fn close(&self) {
        for key in self.table.keys().filter(|key| !self.asked.contains(&key.get_ref().as_ref())) {
            let known = self.asked.join(", ");
            let values = vec![("key", key.get_ref().as_ref().into()), ("known", known.into())];
            self.desk.mark(self.desk.line(key.span().start), "unknown-key", values);
        }
    }

    fn ask(&mut self, key: &'static str) -> Option<(usize, &'d Spanned<DeValue<'d>>)> {
        self.asked.push(key);
        Some((self.line_of(key), self.table.get(key)?))
    }

    fn opened<T>(
        &self,
        key: &'static str,
        line: usize,
        value: &'d Spanned<DeValue<'d>>,
        read: impl Fn(&mut Sheet<'_>) -> Option<T>,
    ) -> Option<T> {
        let DeValue::Table(table) = value.get_ref() else {
            self.desk.mark(line, "expected-table", vec![("key", key.into())]);
            return None;
        };
        let mut sheet = Sheet { desk: self.desk, table, line, asked: Vec::new() };
        let read = read(&mut sheet);
        sheet.close();
        read
    }

    fn missing(&self, key: &'static str) {
        self.desk.mark(self.line, "missing", vec![("key", key.into())]);
    }
}

fn both_languages(sheet: &mut Sheet<'_>) -> Option<Name> {
    let (fr, en) = (sheet.must("fr"), sheet.must("en"));
    let (Title(fr), Title(en)) = (fr?, en?);
    Some(Name { fr, en })
}
