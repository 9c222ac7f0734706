//! [`Id`] and [`Instant`] as columns of both databases.
//!
//! The kernel knows no database, so the derives stand here, on proxies (`foreign_derive`). The SQL types have fixed
//! object ids and a `QueryId`: PostgreSQL is not asked for its types, and prepared statements are cached by the type
//! of the query.

use std::io::Write;

use chrono::DateTime;
use diesel::{
    deserialize::{self, FromSql, FromSqlRow},
    expression::AsExpression,
    pg::{Pg, PgValue},
    query_builder::QueryId,
    serialize::{self, IsNull, Output, ToSql},
    sql_types::{BigInt, Binary, HasSqlType, SqlType},
    sqlite::Sqlite,
};
use uuid::Uuid;

use super::{MultiBackend, db::MultiRawValue};
use crate::kernel::{Id, Instant};

/// The SQL type of [`Id`]: `uuid` on PostgreSQL, a BLOB of 16 bytes on SQLite.
#[derive(Debug, Clone, Copy, Default, SqlType, QueryId)]
#[diesel(postgres_type(oid = 2950, array_oid = 2951))]
#[diesel(sqlite_type(name = "Binary"))]
pub struct SqlId;

/// The SQL type of [`Instant`]: `timestamptz` on PostgreSQL, INTEGER microseconds since 1970 on SQLite.
#[derive(Debug, Clone, Copy, Default, SqlType, QueryId)]
#[diesel(postgres_type(oid = 1184, array_oid = 1185))]
#[diesel(sqlite_type(name = "Long"))]
pub struct SqlInstant;

#[derive(AsExpression, FromSqlRow)]
#[diesel(foreign_derive)]
#[diesel(sql_type = SqlId)]
#[expect(dead_code, reason = "carries the derives to the kernel's type")]
struct IdProxy<Of: 'static>(Id<Of>);

#[derive(AsExpression, FromSqlRow)]
#[diesel(foreign_derive)]
#[diesel(sql_type = SqlInstant)]
#[expect(dead_code, reason = "carries the derives to the kernel's type")]
struct InstantProxy(Instant);

/// PostgreSQL counts microseconds from the start of the year 2000: this many after 1970.
const POSTGRES_EPOCH: i64 = 946_684_800_000_000;

impl HasSqlType<SqlId> for MultiBackend {
    fn metadata(lookup: &mut Self::MetadataLookup) -> Self::TypeMetadata {
        Self::lookup_sql_type::<SqlId>(lookup)
    }
}

impl HasSqlType<SqlInstant> for MultiBackend {
    fn metadata(lookup: &mut Self::MetadataLookup) -> Self::TypeMetadata {
        Self::lookup_sql_type::<SqlInstant>(lookup)
    }
}

impl<Of> ToSql<SqlId, Pg> for Id<Of> {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        out.write_all(self.uuid().as_bytes())?;
        Ok(IsNull::No)
    }
}

impl<Of> ToSql<SqlId, Sqlite> for Id<Of> {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Sqlite>) -> serialize::Result {
        out.set_value(self.uuid().as_bytes().to_vec());
        Ok(IsNull::No)
    }
}

impl<Of: 'static> ToSql<SqlId, MultiBackend> for Id<Of> {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, MultiBackend>) -> serialize::Result {
        out.set_value((SqlId, self));
        Ok(IsNull::No)
    }
}

impl<Of> FromSql<SqlId, Pg> for Id<Of> {
    fn from_sql(value: PgValue<'_>) -> deserialize::Result<Self> {
        Ok(Self::from_uuid(Uuid::from_slice(value.as_bytes())?))
    }
}

impl<Of> FromSql<SqlId, Sqlite> for Id<Of> {
    fn from_sql(value: <Sqlite as diesel::backend::Backend>::RawValue<'_>) -> deserialize::Result<Self> {
        let bytes = <Vec<u8> as FromSql<Binary, Sqlite>>::from_sql(value)?;
        Ok(Self::from_uuid(Uuid::from_slice(&bytes)?))
    }
}

impl<Of> FromSql<SqlId, MultiBackend> for Id<Of> {
    fn from_sql(value: MultiRawValue<'_>) -> deserialize::Result<Self> {
        value.from_sql::<Self, SqlId>()
    }
}

impl ToSql<SqlInstant, Pg> for Instant {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        let micros =
            self.micros().checked_sub(POSTGRES_EPOCH).ok_or("an instant before what PostgreSQL can store")?;
        out.write_all(&micros.to_be_bytes())?;
        Ok(IsNull::No)
    }
}

impl ToSql<SqlInstant, Sqlite> for Instant {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Sqlite>) -> serialize::Result {
        out.set_value(self.micros());
        Ok(IsNull::No)
    }
}

/// What is stored is read, however far it lies.
fn kept(micros: i64) -> Option<Instant> {
    DateTime::from_timestamp_micros(micros).map(Instant::from_utc)
}

impl ToSql<SqlInstant, MultiBackend> for Instant {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, MultiBackend>) -> serialize::Result {
        out.set_value((SqlInstant, self));
        Ok(IsNull::No)
    }
}

impl FromSql<SqlInstant, Pg> for Instant {
    fn from_sql(value: PgValue<'_>) -> deserialize::Result<Self> {
        let micros = <i64 as FromSql<BigInt, Pg>>::from_sql(value)?;
        let instant = micros.checked_add(POSTGRES_EPOCH).and_then(kept);
        Ok(instant.ok_or("a timestamp out of range")?)
    }
}

impl FromSql<SqlInstant, Sqlite> for Instant {
    fn from_sql(value: <Sqlite as diesel::backend::Backend>::RawValue<'_>) -> deserialize::Result<Self> {
        let micros = <i64 as FromSql<BigInt, Sqlite>>::from_sql(value)?;
        Ok(kept(micros).ok_or("microseconds out of range")?)
    }
}

impl FromSql<SqlInstant, MultiBackend> for Instant {
    fn from_sql(value: MultiRawValue<'_>) -> deserialize::Result<Self> {
        value.from_sql::<Self, SqlInstant>()
    }
}
