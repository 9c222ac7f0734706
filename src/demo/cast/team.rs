//! Those who run the lab, and those whom the program names at its start.

use super::{Person, SOMEBODY, Standing};
use crate::people::{Audience, Role};

/// The promised accounts and the rest of the team.
pub const TEAM: &[Person] = &[
    Person {
        login: "admin",
        name: "Agnès Delattre",
        age: 47,
        roles: &[Role::Admin],
        membership: Standing::In("autonome"),
        ..SOMEBODY
    },
    Person {
        login: "staff",
        name: "Karim Benali",
        age: 38,
        roles: &[Role::Staff],
        membership: Standing::In("autonome"),
        trainings: &[
            "securite-metal",
            "securite-bois",
            "impression-3d",
            "decoupe-laser",
            "tour-metal",
            "cnc-bois",
        ],
        ..SOMEBODY
    },
    Person {
        login: "helene.marchand",
        name: "Hélène Marchand",
        age: 29,
        commune: "Salency",
        roles: &[Role::Staff],
        membership: Standing::In("autonome"),
        trainings: &["securite-bois", "impression-3d", "brodeuse", "decoupe-laser", "resine"],
        ..SOMEBODY
    },
    Person {
        login: "trainer",
        name: "Thierry Lemaire",
        age: 55,
        commune: "Chiry-Ourscamp",
        roles: &[Role::Trainer],
        membership: Standing::In("autonome"),
        trainings: &[
            "securite-metal",
            "securite-bois",
            "tour-metal",
            "fraiseuse-cnc",
            "scie-panneau",
            "cnc-bois",
        ],
        ..SOMEBODY
    },
    Person {
        login: "nadia.rousseau",
        name: "Nadia Rousseau",
        age: 41,
        roles: &[Role::Trainer],
        membership: Standing::In("autonome"),
        trainings: &["securite-bois", "impression-3d", "brodeuse", "decoupe-laser", "resine"],
        ..SOMEBODY
    },
    Person {
        login: "leader",
        name: "Fatou Diallo",
        age: 44,
        audience: Audience::QpvResident,
        roles: &[Role::Leader],
        membership: Standing::In("solidaire"),
        trainings: &["securite-bois", "impression-3d", "brodeuse"],
        ..SOMEBODY
    },
    Person {
        login: "mehdi.saidi",
        name: "Mehdi Saïdi",
        age: 33,
        audience: Audience::QpvResident,
        roles: &[Role::Leader],
        membership: Standing::In("solidaire"),
        trainings: &["securite-bois", "decoupe-laser"],
        ..SOMEBODY
    },
    Person {
        login: "rosa.pereira",
        name: "Rosa Pereira",
        age: 58,
        audience: Audience::Other,
        commune: "Guiscard",
        roles: &[Role::Leader],
        membership: Standing::In("solidaire"),
        trainings: &["impression-3d"],
        ..SOMEBODY
    },
    Person {
        login: "maker",
        name: "Camille Durand",
        age: 34,
        trainings: &["securite-bois", "decoupe-laser"],
        ..SOMEBODY
    },
    Person { login: "novice", name: "Noé Lefebvre", age: 26, audience: Audience::JobSeeker, ..SOMEBODY },
    Person {
        login: "lapsed",
        name: "Laurence Petit",
        age: 52,
        audience: Audience::Artisan,
        commune: "Carlepont",
        membership: Standing::Out("maker"),
        trainings: &["securite-bois", "decoupe-laser"],
        ..SOMEBODY
    },
    Person { login: "minor", name: "Milo Garnier", age: 15, audience: Audience::Student, ..SOMEBODY },
];
