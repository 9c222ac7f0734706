//! Who does what.

use std::collections::HashMap;

use diesel::{insert_into, prelude::*};

use crate::{
    kernel::{MemberId, Result},
    people::model::{Role, Roles},
    store::{Db, schema::member_role},
};

/// The roles of these members; those who have none are absent.
pub fn of(db: &mut Db, members: &[MemberId]) -> Result<HashMap<MemberId, Roles>> {
    let rows: Vec<(MemberId, String)> = member_role::table
        .filter(member_role::member_id.eq_any(members))
        .select((member_role::member_id, member_role::role))
        .load(db)?;
    let mut roles: HashMap<MemberId, Roles> = HashMap::new();
    for (member, role) in rows {
        roles.entry(member).or_default().add(super::parse(&role, "role")?);
    }
    Ok(roles)
}

/// Gives a member exactly these roles.
pub fn set(db: &mut Db, member: MemberId, roles: &Roles) -> Result<()> {
    diesel::delete(member_role::table.filter(member_role::member_id.eq(member))).execute(db)?;
    for role in roles.iter() {
        let role: &str = role.into();
        insert_into(member_role::table)
            .values((member_role::member_id.eq(member), member_role::role.eq(role)))
            .execute(db)?;
    }
    Ok(())
}

/// Everybody who is admin, in the order in which rows are locked.
pub fn admins(db: &mut Db) -> Result<Vec<MemberId>> {
    let admin: &str = Role::Admin.into();
    Ok(member_role::table
        .filter(member_role::role.eq(admin))
        .order(member_role::member_id)
        .select(member_role::member_id)
        .load(db)?)
}
