//! Reservations through HTTP.

mod asking;
mod booking;
mod calendars;
mod cancelling;
mod mine;
mod moving;
mod racing;
mod reminding;
mod staff;
