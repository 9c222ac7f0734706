//! What people type in front of a simulated controller, and what scripts hold, a line each.

use super::{core::Happening, weather::Fate};
use crate::kernel::{Locale, words::say};

/// One line of a person or a script.
#[derive(Debug, Clone, PartialEq)]
pub enum Typed {
    /// Something happens to the controller.
    Happen(Happening),
    /// The next requests have this fate, so many of them.
    Fault(Fate, usize),
    /// No faults any more.
    Clear,
    /// Its clock jumps by so many seconds.
    Jump(i64),
    /// The power fails, and comes back.
    Cut,
    /// Nothing happens for so many milliseconds.
    Wait(u64),
    /// The end.
    Quit,
}

/// What can be typed.
#[must_use]
pub fn help(locale: Locale) -> String {
    say(locale, "sim-help", &[])
}

/// Reads a line; nothing where it says nothing that can be understood.
///
/// ```
/// use etabli::simulator::{core::Happening, typed::{Typed, read}, weather::Fate};
/// assert_eq!(read("badge 04a2b3c4"), Some(Typed::Happen(Happening::Badge("04a2b3c4".into()))));
/// let with_pin = Happening::BadgeAndPin("04a2b3c4".into(), "2468".into());
/// assert_eq!(read("badge 04a2b3c4 2468"), Some(Typed::Happen(with_pin)));
/// assert_eq!(read("fault delay 2 800"), Some(Typed::Fault(Fate::Delay(800), 2)));
/// assert_eq!(read("dance"), None);
/// ```
#[must_use]
pub fn read(line: &str) -> Option<Typed> {
    let mut words = line.split_whitespace();
    let (verb, first, second) = (words.next()?, words.next(), words.next());
    Some(match (verb, first) {
        ("badge", Some(uid)) => Typed::Happen(match second {
            Some(pin) => Happening::BadgeAndPin(uid.to_owned(), pin.to_owned()),
            None => Happening::Badge(uid.to_owned()),
        }),
        ("button", None) => Typed::Happen(Happening::Button),
        ("lock", class) => Typed::Happen(Happening::LockOut(class.unwrap_or("defect").to_owned())),
        ("watts", Some(watts)) => Typed::Happen(Happening::Watts(watts.parse().ok()?)),
        ("fault", Some("clear")) => Typed::Clear,
        ("fault", Some(name)) => {
            let number = words.next().and_then(|word| word.parse().ok());
            let times = second.and_then(|word| word.parse().ok()).unwrap_or(1);
            Typed::Fault(Fate::typed(name, number)?, times)
        }
        ("jump", Some(seconds)) => Typed::Jump(seconds.parse().ok()?),
        ("cut", None) => Typed::Cut,
        ("wait", Some(millis)) => Typed::Wait(millis.parse().ok()?),
        ("quit", None) => Typed::Quit,
        _ => return None,
    })
}
