//! A field of a merge patch (RFC 7396).

use std::fmt::{self, Formatter};

use serde::{
    Deserialize, Deserializer,
    de::{Error, Visitor, value::UnitDeserializer},
};

/// What serde says of a `null` that clears nothing; the door gives it its code.
pub const NOT_NULL: &str = "null where a value is needed";

/// A field of a change: absent, it keeps what is there. A [`Patch<T>`] refuses `null` by name; a [`Patch<Option<T>>`]
/// takes it, and it clears. The field carries `#[serde(default)]`.
///
/// ```
/// use etabli::kernel::Patch;
/// #[derive(serde::Deserialize)]
/// struct Change { #[serde(default)] seats: Patch<u8>, #[serde(default)] place: Patch<Option<String>> }
/// let change: Change = serde_json::from_str(r#"{"place":null}"#).unwrap();
/// assert_eq!((change.seats, change.place), (Patch::Absent, Patch::Set(None)));
/// assert!(serde_json::from_str::<Change>(r#"{"seats":null}"#).is_err());
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Patch<T> {
    /// Not spoken of.
    #[default]
    Absent,
    /// To be this from now on.
    Set(T),
}

impl<T> Patch<T> {
    /// What it is to be, if the change speaks of it.
    pub const fn get(&self) -> Option<&T> {
        match self {
            Self::Absent => None,
            Self::Set(value) => Some(value),
        }
    }

    /// The same, taken out.
    pub fn into_option(self) -> Option<T> {
        match self {
            Self::Absent => None,
            Self::Set(value) => Some(value),
        }
    }

    /// Whether the change speaks of it.
    pub const fn is_set(&self) -> bool {
        matches!(self, Self::Set(_))
    }

    /// Writes it where it belongs; what the change does not speak of stays.
    pub fn apply(self, place: &mut T) {
        if let Self::Set(value) = self {
            *place = value;
        }
    }
}

impl<T> Patch<Option<T>> {
    /// The value to set, where the change neither keeps nor clears.
    pub const fn value(&self) -> Option<&T> {
        match self {
            Self::Set(Some(value)) => Some(value),
            Self::Set(None) | Self::Absent => None,
        }
    }
}

impl<T> From<Option<T>> for Patch<T> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Absent, Self::Set)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Patch<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Field<T>(std::marker::PhantomData<T>);

        impl<'de, T: Deserialize<'de>> Visitor<'de> for Field<T> {
            type Value = T;

            fn expecting(&self, f: &mut Formatter<'_>) -> fmt::Result {
                f.write_str("a value")
            }

            fn visit_none<E: Error>(self) -> Result<T, E> {
                T::deserialize(UnitDeserializer::<E>::new()).map_err(|_| E::custom(NOT_NULL))
            }

            fn visit_unit<E: Error>(self) -> Result<T, E> {
                self.visit_none()
            }

            fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
                T::deserialize(deserializer)
            }
        }

        deserializer.deserialize_option(Field(std::marker::PhantomData)).map(Self::Set)
    }
}
