//! Members, through the door.

mod cookies;
mod ending;
mod me;
mod pages;
mod passwords;
mod plans;
mod remind;
mod reset;
mod sessions;
mod sign_in;
mod sign_up;
mod staff;
mod standing;
