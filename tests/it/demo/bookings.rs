//! Every booking obeys the rule book.

use diesel::{ExpressionMethods, QueryDsl, RunQueryDsl};
use etabli::{
    gates::{self, Proposal, facts::Purpose},
    kernel::{Id, Instant, MachineId, MemberId, Period, ReservationId, Result},
    machines,
    store::{
        Db,
        schema::{claim, reservation, training_session_machine},
    },
};

use crate::world::World;

/// Identifier, machine, member, start, end, asked at.
type Row = (ReservationId, MachineId, MemberId, Instant, Instant, Instant);

fn confirmed(db: &mut Db) -> Result<Vec<Row>> {
    let columns = (
        reservation::id,
        reservation::machine_id,
        reservation::member_id,
        reservation::starts_at,
        reservation::ends_at,
        reservation::created_at,
    );
    Ok(reservation::table.filter(reservation::state.eq("confirmed")).select(columns).load(db)?)
}

/// What the gates say to a booking that is there already, seen from an instant.
fn refusals(db: &mut Db, row: &Row, now: Instant) -> Result<Vec<String>> {
    let (id, machine, member, starts_at, ends_at, _) = *row;
    let period = Period::new(starts_at, ends_at).unwrap();
    let proposal = Proposal { period, replaces: Some(id.uuid()), keeps_start: true, overrides: Vec::new() };
    let machine = machines::get(db, &machine.to_string())?;
    let slug = machine.slug.clone();
    let facts = gates::gather(db, &proposal, (machine, member), Purpose::Tell, now)?;
    let refused = gates::review(&proposal, &facts, now).err().unwrap_or_default();
    Ok(refused.into_iter().map(|refusal| format!("{slug} {period:?}: {:?}", refusal.code)).collect())
}

#[actix_web::test]
async fn every_booking_passes_the_gates() {
    let world = World::start();
    world.demonstrate().await;
    let now = world.app.now();
    let ask = move |db: &mut Db| {
        let rows = confirmed(db)?;
        let ahead = rows.iter().filter(|row| row.4 > now).count();
        let mut refused = Vec::new();
        for row in &rows {
            // A use that is over was asked for in its time.
            let then = if row.4 > now { now } else { row.5 };
            refused.extend(refusals(db, row, then)?);
        }
        Ok((rows.len(), ahead, refused))
    };
    let (all, ahead, refused) = world.app.store.read(ask).await.unwrap();
    assert!(all > 100 && ahead > 50, "{ahead} of {all}");
    assert_eq!(refused, Vec::<String>::new());
}

#[actix_web::test]
async fn no_two_uses_meet_and_each_holds_its_machine() {
    let world = World::start();
    world.demonstrate().await;
    let read = |db: &mut Db| {
        let claims: Vec<(MachineId, Instant, Instant, Id<uuid::Uuid>)> = claim::table
            .order((claim::machine_id, claim::starts_at))
            .select((claim::machine_id, claim::starts_at, claim::ends_at, claim::holder_id))
            .load(db)?;
        let taught: Vec<(Id<uuid::Uuid>, MachineId)> = training_session_machine::table
            .select((training_session_machine::session_id, training_session_machine::machine_id))
            .load(db)?;
        Ok((claims, confirmed(db)?, taught))
    };
    let (claims, confirmed, taught) = world.app.store.read(read).await.unwrap();
    assert_eq!(claims.len(), confirmed.len() + taught.len());
    assert!(taught.len() > 4, "sessions ahead use machines");
    let held = |holder, machine| claims.iter().any(|claim| (claim.3.uuid(), claim.0) == (holder, machine));
    assert!(confirmed.iter().all(|row| held(row.0.uuid(), row.1)));
    assert!(taught.iter().all(|(session, machine)| held(session.uuid(), *machine)));
    for pair in claims.windows(2) {
        assert!(pair[0].0 != pair[1].0 || pair[0].2 <= pair[1].1, "{pair:?}");
    }
}
