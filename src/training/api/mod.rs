//! JSON: [`trainings`], [`results`], [`certifications`]; what they answer in [`out`].

pub mod certifications;
pub mod out;
pub mod results;
pub mod trainings;

use serde::Deserialize;

use super::{model::Training, store};
use crate::{
    kernel::{Code, Error, PageRequest, Result},
    people::{self, Contact},
    store::Db,
    web::{Check, page_request},
};

/// Which page of a list.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PageIn {
    /// How many things at most, 1 to 200; 50 if absent.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u16>,
    /// The mark of the page before.
    after: Option<String>,
}

impl Check for PageIn {}

impl PageIn {
    /// The page that is meant.
    pub fn page(&self) -> Result<PageRequest> {
        page_request(self.limit, self.after.as_deref())
    }
}

/// The training a path names.
pub fn training_at(db: &mut Db, which: &str) -> Result<Training> {
    store::trainings::find(db, which)?.ok_or_else(|| Error::refused(Code::NotFound))
}

/// The training a field names.
pub fn training_in(db: &mut Db, which: &str, path: &str) -> Result<Training> {
    store::trainings::find(db, which)?.ok_or_else(|| Error::field(path, "unknown_training"))
}

/// The member a field names.
pub fn member_in(db: &mut Db, who: &str, path: &str) -> Result<Contact> {
    people::find(db, who)?.ok_or_else(|| Error::field(path, "unknown_member"))
}
