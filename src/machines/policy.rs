//! How a machine is switched on and off: what its power asks of people, and what it does when nobody answers.

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr};

use crate::kernel::{FieldError, Value};

/// What the power of a machine asks and promises.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct PowerPolicy {
    /// Whether one needs a reservation.
    pub reservation: Need,
    /// How badly it can hurt, 0 (a lamp) to 4 (a saw). From 2 on a badge alone is not enough.
    #[schema(minimum = 0, maximum = 4)]
    pub risk_class: i32,
    /// After so many minutes without its member a reservation gives its place back, 1 to 1440.
    #[schema(minimum = 1, maximum = 1440)]
    pub no_show_minutes: i32,
    /// The longest session, in minutes, up to 10 080 (a week).
    #[schema(minimum = 1, maximum = 10_080)]
    pub max_session_minutes: i32,
    /// Minutes before and after a reservation that count as part of it while nobody else wants them, 0 to 240.
    #[schema(minimum = 0, maximum = 240)]
    pub grace_minutes: i32,
    /// What a running machine does when its controller hears nothing from the server.
    pub link_loss_running: WhileRunning,
    /// For how many minutes, where it continues for a while.
    #[schema(minimum = 0, maximum = 1440)]
    pub link_loss_minutes: i32,
    /// Whether it may be started then; `deny` from risk class 2 on, and where somebody has to stand by.
    pub link_loss_start: NewStart,
    /// Who has to stand by.
    pub supervision: Supervision,
    /// Under so many watts it stands idle.
    #[schema(minimum = 1, maximum = 100_000)]
    pub idle_watts: Option<i32>,
    /// After so many idle minutes the session is over.
    #[schema(minimum = 1, maximum = 1440)]
    pub idle_minutes: Option<i32>,
    /// After so many hours of use it wants to be looked after.
    #[schema(minimum = 1, maximum = 100_000)]
    pub service_hours: Option<i32>,
}

/// Whether one needs a reservation to switch a machine on.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema, EnumString, IntoStaticStr,
)]
#[schema(as = ReservationNeed)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Need {
    /// Whoever may use it may come by while nobody else's reservation is near.
    WalkIn,
    /// Only with a reservation for now.
    ReservationRequired,
}

/// What a running machine does without its server.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema, EnumString, IntoStaticStr,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum WhileRunning {
    /// It goes on until it stands idle: saws, mills and lathes are never cut under load.
    ContinueUntilIdle,
    /// It goes on for some minutes.
    ContinueFor,
    /// It stops at once.
    Stop,
}

/// Whether a machine may be started without its server.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema, EnumString, IntoStaticStr,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum NewStart {
    /// By nobody.
    Deny,
    /// By who stands on the signed list.
    AllowList,
    /// By staff on the signed list.
    StaffOnly,
}

/// Who has to stand by when a machine is switched on.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema, EnumString, IntoStaticStr,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Supervision {
    /// Nobody.
    None,
    /// A trainer of what the machine requires, or staff.
    Trainer,
    /// A second person who may use it.
    Buddy,
}

impl Default for PowerPolicy {
    /// The careful one: only with a reservation, never cut under load, never started without the server.
    fn default() -> Self {
        Self {
            reservation: Need::ReservationRequired,
            risk_class: 1,
            no_show_minutes: 15,
            max_session_minutes: 480,
            grace_minutes: 10,
            link_loss_running: WhileRunning::ContinueUntilIdle,
            link_loss_minutes: 0,
            link_loss_start: NewStart::Deny,
            supervision: Supervision::None,
            idle_watts: None,
            idle_minutes: None,
            service_hours: None,
        }
    }
}

impl PowerPolicy {
    /// Whether a badge alone is not enough: a UID can be copied.
    #[must_use]
    pub const fn wants_second_factor(&self) -> bool {
        self.risk_class >= 2
    }

    /// Whether it may be started without the server: a list knows badges, and no second factor and nobody who stands by.
    ///
    /// ```
    /// use etabli::machines::{PowerPolicy, policy::{NewStart, Supervision}};
    /// let lamp = PowerPolicy { link_loss_start: NewStart::AllowList, ..PowerPolicy::default() };
    /// assert_eq!(lamp.without_server(), NewStart::AllowList);
    /// let saw = PowerPolicy { risk_class: 2, ..lamp.clone() };
    /// assert_eq!((saw.without_server(), saw.mistakes()[0].path.as_str()), (NewStart::Deny, "link_loss_start"));
    /// let lathe = PowerPolicy { supervision: Supervision::Trainer, ..lamp };
    /// assert_eq!((lathe.without_server(), lathe.mistakes().len()), (NewStart::Deny, 1));
    /// ```
    #[must_use]
    pub fn without_server(&self) -> NewStart {
        if self.wants_second_factor() || self.supervision != Supervision::None {
            return NewStart::Deny;
        }
        self.link_loss_start
    }

    /// What counts as part of a reservation, before and after it.
    #[must_use]
    pub fn grace(&self) -> TimeDelta {
        TimeDelta::minutes(self.grace_minutes.into())
    }

    /// The longest session.
    #[must_use]
    pub fn longest(&self) -> TimeDelta {
        TimeDelta::minutes(self.max_session_minutes.into())
    }

    /// How long a reservation waits for its member.
    #[must_use]
    pub fn patience(&self) -> TimeDelta {
        TimeDelta::minutes(self.no_show_minutes.into())
    }

    /// What is wrong with it: the database would refuse it too, but without a sentence.
    ///
    /// ```
    /// use etabli::machines::PowerPolicy;
    /// assert!(PowerPolicy::default().mistakes().is_empty());
    /// let half = PowerPolicy { idle_watts: Some(20), ..PowerPolicy::default() };
    /// assert_eq!(half.mistakes()[0].path, "idle_minutes");
    /// ```
    #[must_use]
    pub fn mistakes(&self) -> Vec<FieldError> {
        let ranges = [
            ("risk_class", Some(self.risk_class), 0, 4),
            ("no_show_minutes", Some(self.no_show_minutes), 1, 1440),
            ("max_session_minutes", Some(self.max_session_minutes), 1, 10_080),
            ("grace_minutes", Some(self.grace_minutes), 0, 240),
            ("link_loss_minutes", Some(self.link_loss_minutes), 0, 1440),
            ("idle_watts", self.idle_watts, 1, 100_000),
            ("idle_minutes", self.idle_minutes, 1, 1440),
            ("service_hours", self.service_hours, 1, 100_000),
        ];
        let outside = ranges
            .into_iter()
            .filter(|(_, value, least, most)| value.is_some_and(|value| !(*least..=*most).contains(&value)));
        let mut mistakes: Vec<FieldError> = outside
            .map(|(name, _, least, most): (_, _, i32, i32)| FieldError {
                path: name.to_owned(),
                code: "range",
                values: vec![("min", Value::Count(least.into())), ("max", Value::Count(most.into()))],
            })
            .collect();
        match (self.idle_watts, self.idle_minutes) {
            (Some(_), None) => mistakes.push(FieldError::new("idle_minutes", "idle_by_halves")),
            (None, Some(_)) => mistakes.push(FieldError::new("idle_watts", "idle_by_halves")),
            (Some(_), Some(_)) | (None, None) => {}
        }
        if self.without_server() != self.link_loss_start {
            mistakes.push(FieldError::new("link_loss_start", "start_needs_server"));
        }
        mistakes
    }
}
