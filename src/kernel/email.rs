//! Where letters go.

use std::{borrow::Cow, fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{KnownFormat, ObjectBuilder, RefOr, Schema, SchemaFormat, Type},
};

/// A valid e-mail address (RFC 5321, at most 254 bytes), in lower case: two spellings of one mailbox are one member.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EmailAddress(String);

/// Why a text is not an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("expected an e-mail address such as ada@example.org")]
pub struct NotAnAddress;

impl EmailAddress {
    /// Where a house nobody gave an address to writes from.
    #[must_use]
    pub fn of_this_machine() -> Self {
        Self("etabli@localhost".to_owned())
    }

    /// The address as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What stands after the `@`.
    #[must_use]
    pub fn domain(&self) -> &str {
        self.0.rsplit_once('@').map_or("", |(_, domain)| domain)
    }
}

impl FromStr for EmailAddress {
    type Err = NotAnAddress;

    fn from_str(text: &str) -> Result<Self, NotAnAddress> {
        // Lower case first: some letters grow by it, and what is kept must read as an address again.
        let text = text.trim().to_lowercase();
        let plain = text.len() <= 254 && !text.chars().any(|c| c.is_control() || "<>\"(),".contains(c));
        if plain && email_address::EmailAddress::is_valid(&text) { Ok(Self(text)) } else { Err(NotAnAddress) }
    }
}

/// Shows where the mailbox is and not whose it is: addresses stay out of logs.
impl fmt::Debug for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "…@{}", self.domain())
    }
}

impl Serialize for EmailAddress {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for EmailAddress {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Cow::<str>::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

impl PartialSchema for EmailAddress {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .format(Some(SchemaFormat::KnownFormat(KnownFormat::Email)))
            .max_length(Some(254))
            .into()
    }
}

impl ToSchema for EmailAddress {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("EmailAddress")
    }
}

#[cfg(test)]
mod tests {
    use super::EmailAddress;

    #[test]
    fn spellings_of_one_mailbox_are_one_address() {
        let one: EmailAddress = " Ada@Example.ORG ".parse().unwrap();
        assert_eq!(one.as_str(), "ada@example.org");
        assert_eq!(format!("{one:?}"), "…@example.org");
    }

    #[test]
    fn what_was_taken_once_is_taken_again() {
        let long = format!("{}@example.org", "Ⱥ".repeat(32));
        assert!(long.parse::<EmailAddress>().is_err(), "96 bytes before the @ in lower case");
        let kept: EmailAddress = format!("{}@example.org", "Ⱥ".repeat(21)).parse().unwrap();
        assert_eq!(kept.as_str().parse::<EmailAddress>().unwrap(), kept);
    }

    #[test]
    fn what_is_no_address_is_refused() {
        for text in ["", "ada", "ada@", "@example.org", "a b@example.org", "ada@example.org\r\nBcc: x@y.z"] {
            assert!(text.parse::<EmailAddress>().is_err(), "{text}");
        }
    }
}
