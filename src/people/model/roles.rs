//! What a member does in the lab besides making things.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

/// One role; a maker is a member with none.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    utoipa::ToSchema,
    EnumString,
    IntoStaticStr,
    VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Role {
    /// Books group sessions for an organisation.
    Leader,
    /// Gives safety trainings.
    Trainer,
    /// Runs the lab from day to day.
    Staff,
    /// Decides who does what, and reads the journal.
    Admin,
}

/// The roles of one member; they add up.
///
/// ```
/// use etabli::people::{Role, Roles};
/// let admin = Roles::from_iter([Role::Admin]);
/// assert!(admin.is_staff() && admin.is_trainer() && !admin.has(Role::Leader));
/// assert!(!Roles::default().is_staff());
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Roles(BTreeSet<Role>);

impl Roles {
    /// Whether exactly this role was given.
    #[must_use]
    pub fn has(&self, role: Role) -> bool {
        self.0.contains(&role)
    }

    /// Whether the member may do what staff do: staff, and admins.
    #[must_use]
    pub fn is_staff(&self) -> bool {
        self.has(Role::Staff) || self.is_admin()
    }

    /// Whether the member may do what trainers do: trainers, and staff, who stand in for them.
    #[must_use]
    pub fn is_trainer(&self) -> bool {
        self.has(Role::Trainer) || self.is_staff()
    }

    /// Whether the member may give and take roles.
    #[must_use]
    pub fn is_admin(&self) -> bool {
        self.has(Role::Admin)
    }

    /// The roles given, in a fixed order.
    pub fn iter(&self) -> impl Iterator<Item = Role> {
        self.0.iter().copied()
    }

    /// Gives one more role.
    pub fn add(&mut self, role: Role) {
        self.0.insert(role);
    }
}

impl FromIterator<Role> for Roles {
    fn from_iter<I: IntoIterator<Item = Role>>(roles: I) -> Self {
        Self(roles.into_iter().collect())
    }
}
