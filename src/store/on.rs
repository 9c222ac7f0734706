//! The one exception to "no house macros".

/// Compiles one text for both dialects, for what diesel cannot say through [`Db`](super::Db): inserts of many rows,
/// upserts, `as_returning()`; and for what every booking or every reader asks: through `Db`, diesel writes the text of a
/// statement anew each time, two or three times over, before it finds that it has prepared it already.
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
