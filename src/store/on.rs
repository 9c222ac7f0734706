//! The one exception to "no house macros".

/// Compiles one text for both dialects, for what diesel cannot say through [`Db`](super::Db): inserts of many rows,
/// upserts, `as_returning()`.
///
/// ```ignore
/// let row = on!(db, |c| insert_into(lab::table).values(&row).on_conflict_do_nothing().execute(c))?;
/// ```
#[allow(unused_macros, reason = "the rooms come one by one")]
macro_rules! on {
    ($db:expr, |$c:ident| $statement:expr) => {
        match $db {
            $crate::store::Db::Sqlite($c) => $statement,
            $crate::store::Db::Pg($c) => $statement,
        }
    };
}

#[allow(unused_imports, reason = "the rooms come one by one")]
pub(crate) use on;
