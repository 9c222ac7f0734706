//! Calendars already written out, kept while nothing they depend on has changed, up to so many bytes.

use std::{fmt, sync::Arc};

use actix_web::web::Bytes;
use quick_cache::{
    DefaultHashBuilder, OptionsBuilder, Weighter,
    sync::{Cache, DefaultLifecycle},
};

use super::{
    asked::Which,
    versions::{Read, Versions},
};
use crate::{
    store::{Moment, Store},
    web::etag::Tag,
};

/// A calendar as it goes over the wire.
#[derive(Debug, Clone)]
pub struct Written {
    /// The version of everything it depends on.
    pub tag: Tag,
    /// The JSON.
    pub body: Bytes,
}

/// What is remembered of calendars: never more than so many bytes, whatever is asked. Cheap to clone.
#[derive(Clone)]
pub struct Kept {
    bodies: Arc<Cache<Arc<str>, Bytes, Size>>,
    versions: Arc<Cache<Key, Arc<Read>, Size>>,
}

/// A question about one of the stores of this process.
type Key = (u64, Which);

/// Of so many bytes one goes to the answers to "which versions?", which are short and few.
const SHARE: u64 = 16;

/// What an entry costs beside what it holds: its places in the tables, the counters of what is shared.
const ENTRY: usize = 160;

#[derive(Clone)]
struct Size;

impl Weighter<Arc<str>, Bytes> for Size {
    fn weight(&self, key: &Arc<str>, body: &Bytes) -> u64 {
        u64::try_from(key.len() + body.len() + ENTRY).unwrap_or(u64::MAX)
    }
}

impl Weighter<Key, Arc<Read>> for Size {
    fn weight(&self, (_, which): &Key, read: &Arc<Read>) -> u64 {
        u64::try_from(which.length() + read.versions.length() + ENTRY).unwrap_or(u64::MAX)
    }
}

impl Kept {
    /// Remembers up to so many bytes.
    #[must_use]
    pub fn of_bytes(bytes: u64) -> Self {
        let share = bytes / SHARE;
        Self { bodies: Arc::new(bounded(bytes - share)), versions: Arc::new(bounded(share)) }
    }

    /// The body of this version, if it is kept. A tag names one version of one question, so an old body is never asked
    /// for again and makes room by itself.
    #[must_use]
    pub fn find(&self, tag: &Tag) -> Option<Written> {
        let body = self.bodies.get(tag.as_str())?;
        Some(Written { tag: tag.clone(), body })
    }

    /// Keeps the body of this version.
    #[must_use]
    pub fn keep(&self, tag: Tag, body: Vec<u8>) -> Written {
        // Only what is weighed is kept: a vector that grew may hold twice its length.
        let body = Bytes::from(body.into_boxed_slice());
        self.bodies.insert(tag.as_str().into(), body.clone());
        Written { tag, body }
    }

    /// The versions read a moment ago, if nothing was written since.
    #[must_use]
    pub fn recent(&self, store: &Store, which: &Which) -> Option<Arc<Read>> {
        self.versions.get(&(store.number(), which.clone())).filter(|read| store.lasts(&read.moment))
    }

    /// Keeps what was read of a store after this moment.
    pub fn remember(&self, store: u64, which: Which, moment: Option<Moment>, versions: Versions) {
        if let Some(moment) = moment {
            self.versions.insert((store, which), Arc::new(Read { moment, versions }));
        }
    }
}

/// One shard: a cache in several would let no entry be larger than one of them.
fn bounded<K: Eq + std::hash::Hash, V: Clone>(bytes: u64) -> Cache<K, V, Size>
where
    Size: Weighter<K, V>,
{
    let mut options = OptionsBuilder::new();
    options.shards(1).estimated_items_capacity(128).weight_capacity(bytes);
    match options.build() {
        Ok(options) => {
            Cache::with_options(options, Size, DefaultHashBuilder::default(), DefaultLifecycle::default())
        }
        Err(_) => Cache::with_weighter(128, bytes, Size),
    }
}

impl fmt::Debug for Kept {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Kept").field("bytes", &self.bodies.weight()).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::Kept;
    use crate::web::etag::tag;

    #[test]
    fn no_more_bytes_are_kept_than_allowed_and_a_large_answer_is() {
        let kept = Kept::of_bytes(1 << 20);
        for number in 0..1000 {
            let _ = kept.keep(tag(&[&number]), vec![b'x'; 10_000]);
        }
        let weight = kept.bodies.weight();
        assert!(weight > 500_000 && weight <= 1 << 20, "{weight}");
        let large = kept.keep(tag(&[&"large"]), vec![b'x'; 900_000]);
        assert!(kept.find(&large.tag).is_some(), "an answer may take most of the room");
    }
}
