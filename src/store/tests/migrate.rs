use std::thread;

use super::Place;
use crate::store::{Db, migrate, pending, revert_all};

#[test]
fn several_instances_may_migrate_at_once() {
    for place in Place::all() {
        thread::scope(|scope| {
            let starting =
                (0..6).map(|_| scope.spawn(|| migrate(&mut Db::open(&place.url)?))).collect::<Vec<_>>();
            for instance in starting {
                instance.join().unwrap().unwrap();
            }
        });
        assert!(!pending(&mut Db::open(&place.url).unwrap()).unwrap());
    }
}

#[test]
fn migrations_can_be_taken_down_and_run_again() {
    for place in Place::all() {
        let mut db = Db::open(&place.url).unwrap();
        assert!(pending(&mut db).unwrap());
        migrate(&mut db).unwrap();
        revert_all(&mut db).unwrap();
        assert!(pending(&mut db).unwrap());
        migrate(&mut db).unwrap();
        assert!(!pending(&mut db).unwrap());
    }
}
