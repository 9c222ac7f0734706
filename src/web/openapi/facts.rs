//! The facts that stand beside a code in a refusal, by name: what programs may lean on.

use utoipa::openapi::{
    RefOr,
    schema::{Array, KnownFormat, Object, ObjectBuilder, Schema, SchemaFormat, Type},
};

/// What a fact is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A word or a sentence.
    Text,
    /// A whole number.
    Number,
    /// An instant.
    Moment,
    /// An instant or a date, as the case has it.
    Time,
    /// A calendar date.
    Date,
    /// Periods.
    Periods,
}

/// Every fact of the house. `tests/tidy` sees to it that no refusal has one that is not here.
pub const FACTS: &[(&str, Kind, &str)] = &[
    ("alternatives", Kind::Periods, "Free periods near the one asked for"),
    ("birth_date", Kind::Text, "`unknown`: the age cannot be told"),
    ("capacity", Kind::Number, "How many people the workshop holds"),
    ("charter_version", Kind::Number, "The version of the house rules in force"),
    ("class", Kind::Text, "Why the machine is locked"),
    ("from", Kind::Moment, "Since when"),
    ("gate", Kind::Text, "Which gate may not be let pass"),
    ("grid_minutes", Kind::Number, "Periods start and end on multiples of this"),
    ("header", Kind::Text, "The first header that is missing or cannot be read"),
    ("horizon_days", Kind::Number, "How many days ahead may be booked"),
    ("kind", Kind::Text, "What stands in the way: `reservation`, `training_session`, `maintenance`…"),
    ("limit_minutes", Kind::Number, "Minutes a week that the plan allows"),
    ("limit_reservations", Kind::Number, "Reservations ahead that the plan allows"),
    ("machine", Kind::Text, "The slug of the machine"),
    ("machine_name", Kind::Text, "The name of the machine"),
    ("max_minutes", Kind::Number, "The longest period"),
    ("min_age", Kind::Number, "The least age, in years"),
    ("min_minutes", Kind::Number, "The shortest period"),
    ("notice_minutes", Kind::Number, "How long before the start it must be said"),
    ("on", Kind::Date, "The day in question"),
    ("pin", Kind::Text, "What became of the PIN"),
    ("reason", Kind::Text, "What staff wrote"),
    ("risk_class", Kind::Number, "The risk class of the machine"),
    ("since", Kind::Time, "Since when: an instant, or the first day"),
    ("state", Kind::Text, "The state of the machine"),
    ("supervision", Kind::Text, "Who must be there"),
    ("time", Kind::Text, "The clock of the server, in seconds since 1970"),
    ("to", Kind::Moment, "Until when"),
    ("training", Kind::Text, "The slug of the training"),
    ("training_name", Kind::Text, "The name of the training"),
    ("until", Kind::Moment, "Until when"),
    ("used_minutes", Kind::Number, "Minutes of the week already booked"),
    ("workshop", Kind::Text, "The name of the workshop"),
];

/// Writes every fact into the schema of something that carries them.
pub(super) fn give(carrier: &mut Object) {
    for (name, kind, words) in FACTS {
        carrier.properties.entry((*name).to_owned()).or_insert_with(|| RefOr::T(schema(*kind, words)));
    }
}

fn schema(kind: Kind, words: &str) -> Schema {
    let text = || ObjectBuilder::new().schema_type(Type::String);
    let format = |known| Some(SchemaFormat::KnownFormat(known));
    let object = match kind {
        Kind::Text | Kind::Time => text(),
        Kind::Number => ObjectBuilder::new().schema_type(Type::Integer).format(format(KnownFormat::Int64)),
        Kind::Moment => text().format(format(KnownFormat::DateTime)),
        Kind::Date => text().format(format(KnownFormat::Date)),
        Kind::Periods => {
            let moment = || text().format(format(KnownFormat::DateTime)).build();
            let period = ObjectBuilder::new()
                .property("starts_at", moment())
                .required("starts_at")
                .property("ends_at", moment())
                .required("ends_at")
                .build();
            let mut periods = Array::new(period);
            periods.description = Some(words.to_owned());
            return Schema::Array(periods);
        }
    };
    Schema::Object(object.description(Some(words)).build())
}
