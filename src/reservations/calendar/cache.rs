//! Calendars already written out, kept while nothing they depend on has changed.

use std::sync::{Arc, LazyLock};

use actix_web::web::Bytes;
use quick_cache::{Weighter, sync::Cache};

use crate::web::etag::Tag;

/// A calendar as it goes over the wire.
#[derive(Debug, Clone)]
pub struct Written {
    /// The version of everything it depends on.
    pub tag: Tag,
    /// The JSON.
    pub body: Bytes,
}

/// How many bytes of calendars are kept at most.
const BYTES: u64 = 8 * 1024 * 1024;

#[derive(Clone)]
struct Size;

impl Weighter<Arc<str>, Bytes> for Size {
    fn weight(&self, key: &Arc<str>, body: &Bytes) -> u64 {
        u64::try_from(key.len() + body.len() + 64).unwrap_or(u64::MAX)
    }
}

static KEPT: LazyLock<Cache<Arc<str>, Bytes, Size>> =
    LazyLock::new(|| Cache::with_weighter(512, BYTES, Size));

/// The body of this version, if it is kept. A tag names one version of one question, so an old body is never asked for
/// again and makes room by itself.
pub fn find(tag: &Tag) -> Option<Written> {
    let body = KEPT.get(tag.as_str())?;
    Some(Written { tag: tag.clone(), body })
}

/// Keeps the body of this version.
pub fn keep(tag: Tag, body: Bytes) -> Written {
    KEPT.insert(tag.as_str().into(), body.clone());
    Written { tag, body }
}
