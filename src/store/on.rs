//! The one exception to "no house macros".

/// Compiles one text for both dialects, for what diesel cannot say through [`Db`](super::Db): inserts of many rows,
/// upserts, `as_returning()`.
///
/// ```ignore
/// let row = on!(db, |c| insert_into(lab::table).values(&row).on_conflict_do_nothing().execute(c))?;
/// ```
macro_rules! on {
    ($db:expr, |$c:ident| $statement:expr) => {
        match $db {
            $crate::store::Db::Sqlite($c) => $statement,
            $crate::store::Db::Pg($c) => $statement,
        }
    };
}

pub(crate) use on;
