//! The door: reservations, calendars, and the rule book's answer before trying.

mod book;
mod calendars;
mod gates;
mod out;
mod reading;
mod terms;

pub use book::{__path_cancel, __path_make, __path_reschedule, cancel, make, reschedule};
pub use calendars::{__path_calendar, __path_machine_calendar, calendar, machine_calendar};
pub use gates::{__path_ask, ask};
pub use out::ReservationOut;
pub use reading::{__path_affected, __path_list, __path_mine, __path_show, affected, list, mine, show};
pub use terms::{__path_change_machine, __path_change_workshop, change_machine, change_workshop};
