//! Long lists, a page at a time.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::Serialize;

use super::{Error, Result};

/// One page of a list and, where there is more, the mark to ask the next one with.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct Page<T> {
    /// The things on this page.
    pub items: Vec<T>,
    /// Pass it as `after` to read on; absent on the last page.
    pub next: Option<String>,
}

/// Which page is asked for: so many things after a mark.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PageRequest {
    /// How many things at most, 1 to [`PageRequest::MOST`].
    pub limit: u16,
    /// The sorting key of the last thing already read.
    pub after: Option<String>,
}

impl PageRequest {
    /// The largest page.
    pub const MOST: u16 = 200;
    /// The page of somebody who asks for no size.
    pub const USUAL: u16 = 50;

    /// How many rows to read: one more than wanted tells whether there is a next page.
    #[must_use]
    pub fn rows(&self) -> i64 {
        i64::from(self.limit) + 1
    }

    /// The sorting key of the last thing already read, in the terms of the list; a mark of another list is a wrong
    /// field.
    pub fn last_read<T>(&self, read: impl FnOnce(&str) -> Option<T>) -> Result<Option<T>> {
        let key =
            self.after.as_deref().map(|key| read(key).ok_or_else(|| Error::field("after", "invalid_value")));
        key.transpose()
    }

    /// Cuts what was read with [`PageRequest::rows`] to a page; `key` names the sorting key of a thing.
    #[must_use]
    pub fn page<T>(&self, mut items: Vec<T>, key: impl Fn(&T) -> String) -> Page<T> {
        let limit = usize::from(self.limit);
        let more = items.len() > limit;
        items.truncate(limit);
        let next = items.last().filter(|_| more).map(|last| mark(&key(last)));
        Page { items, next }
    }
}

impl<T> Page<T> {
    /// The same page of other things.
    #[must_use]
    pub fn map<U>(self, change: impl FnMut(T) -> U) -> Page<U> {
        Page { items: self.items.into_iter().map(change).collect(), next: self.next }
    }
}

/// Wraps a sorting key so that nobody leans on what is inside.
#[must_use]
pub fn mark(key: &str) -> String {
    URL_SAFE_NO_PAD.encode(key)
}

/// The sorting key inside a mark; nothing when it is not one of ours.
#[must_use]
pub fn unmark(mark: &str) -> Option<String> {
    String::from_utf8(URL_SAFE_NO_PAD.decode(mark).ok()?).ok()
}
