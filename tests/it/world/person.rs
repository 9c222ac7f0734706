//! Members of a world, signed in.

use std::ops::Deref;

use etabli::{
    kernel::{Locale, MemberId},
    people::{self, Details, NewMember, Password, Role},
};
use serde_json::json;

use super::{Visitor, World};

/// The password of everybody.
pub const PASSWORD: &str = "correct horse battery staple";

/// A member who is signed in; asks what a [`Visitor`] asks.
pub struct Person<'w> {
    pub id: MemberId,
    pub email: String,
    visitor: Visitor<'w>,
}

impl<'w> Deref for Person<'w> {
    type Target = Visitor<'w>;

    fn deref(&self) -> &Visitor<'w> {
        &self.visitor
    }
}

impl World {
    /// A maker who reads French, with a confirmed address.
    pub async fn member(&self, name: &str) -> Person<'_> {
        self.person(name, &[], |_| {}).await
    }

    /// Somebody of the staff.
    pub async fn staff(&self) -> Person<'_> {
        self.person("staff", &[Role::Staff], |_| {}).await
    }

    /// Somebody with roles, who may differ from the usual.
    pub async fn person(&self, name: &str, roles: &[Role], differ: impl Fn(&mut NewMember)) -> Person<'_> {
        let email = format!("{name}@example.org");
        let details = Details {
            display_name: name.to_owned(),
            locale: Locale::Fr,
            birth_date: Some("1990-05-17".parse().unwrap()),
            commune: None,
            audience: None,
        };
        let mut new = NewMember::new(email.parse().unwrap(), details);
        new.roles = roles.iter().copied().collect();
        new.password_hash = Some(self.app.passwords.hash(&Password::new(PASSWORD)).await.unwrap());
        differ(&mut new);
        let now = self.app.now();
        let id = self.app.store.write(move |db| people::add(db, &new, now)).await.unwrap();
        let signed_in =
            self.stranger().post("sessions", json!({ "email": email, "password": PASSWORD })).await;
        let token = signed_in.expect(201)["token"].as_str().unwrap().to_owned();
        Person { id, email, visitor: self.bearer(&token) }
    }
}
