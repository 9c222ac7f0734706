use chrono::TimeDelta;
use diesel::{ExpressionMethods, QueryResult, RunQueryDsl, insert_into, sql_query};

use super::Place;
use crate::{
    kernel::{Id, Instant},
    store::{
        Conflict, Db, Row, conflict, lock, migrate,
        schema::{claim, workshop},
    },
};

fn make_workshop(db: &mut Db, id: Id<()>, slug: &str) -> QueryResult<usize> {
    use workshop as w;
    let names = (w::name_fr.eq("Bois"), w::name_en.eq("Wood"));
    let sizes = (w::area_m2.eq(40), w::capacity.eq(6), w::position.eq(1), w::version.eq(1));
    insert_into(w::table).values((w::id.eq(id), w::slug.eq(slug), names, sizes)).execute(db)
}

fn make_claim(db: &mut Db, machine: Id<()>, starts: Instant) -> QueryResult<usize> {
    use claim as c;
    let ends = starts + TimeDelta::hours(1);
    let period = (c::starts_at.eq(starts), c::ends_at.eq(ends), c::use_ends_at.eq(ends));
    let holder = (c::kind.eq("maintenance"), c::holder_id.eq(Id::<()>::new()), c::people.eq(0));
    insert_into(c::table)
        .values((c::id.eq(Id::<()>::new()), c::machine_id.eq(machine), period, holder))
        .execute(db)
}

fn said(db: &mut Db, work: impl FnOnce(&mut Db) -> QueryResult<usize>) -> Option<Conflict> {
    db.savepoint(work).err().as_ref().and_then(conflict)
}

#[test]
fn both_databases_say_the_same() {
    for place in Place::all() {
        let mut db = Db::open(&place.url).unwrap();
        migrate(&mut db).unwrap();
        let wood = Id::new();
        make_workshop(&mut db, wood, "wood").unwrap();
        let twice = said(&mut db, |db| make_workshop(db, Id::new(), "wood")).unwrap();
        assert!(matches!(twice, Conflict::Duplicate(_)) && twice.is_about("slug"), "{twice:?}");
        let now: Instant = "2026-11-24T09:00:00Z".parse().unwrap();
        assert_eq!(said(&mut db, |db| make_claim(db, Id::new(), now)), Some(Conflict::Missing));
        let machine = Id::new();
        make_machine(&mut db, machine, wood);
        make_claim(&mut db, machine, now).unwrap();
        make_claim(&mut db, machine, now + TimeDelta::hours(1)).unwrap();
        let overlap = Some(Conflict::Overlap("claim_overlap".to_owned()));
        assert_eq!(said(&mut db, |db| make_claim(db, machine, now + TimeDelta::minutes(30))), overlap);
        assert_eq!(said(&mut db, |db| sql_query("SELECT nonsense").execute(db)), None);
    }
}

#[test]
fn every_row_that_can_be_locked_is_there() {
    for place in Place::all() {
        let mut db = Db::open(&place.url).unwrap();
        migrate(&mut db).unwrap();
        db.write(|db| {
            [Row::Member, Row::Workshop, Row::Machine, Row::TrainingSession, Row::Lab]
                .into_iter()
                .try_for_each(|row| lock(db, row, Id::<()>::new().uuid()))
        })
        .unwrap();
    }
}

fn make_machine(db: &mut Db, id: Id<()>, workshop: Id<()>) {
    use crate::store::schema::machine as m;
    let names = (m::slug.eq("saw"), m::name_fr.eq("Scie"), m::name_en.eq("Saw"), m::position.eq(1));
    let minutes =
        (m::grid_minutes.eq(15), m::min_minutes.eq(15), m::max_minutes.eq(240), m::notice_minutes.eq(0));
    let bounds = (m::horizon_days.eq(30), m::cancel_minutes.eq(0), m::buffer_minutes.eq(0));
    let state = (m::state.eq("in_service"), m::supervised.eq(false), m::unattended.eq(false));
    let versions = (m::calendar_version.eq(1), m::version.eq(1));
    insert_into(m::table)
        .values((m::id.eq(id), m::workshop_id.eq(workshop), names, minutes, bounds, state, versions))
        .execute(db)
        .unwrap();
}
