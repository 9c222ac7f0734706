use diesel::connection::SimpleConnection;
use futures_util::future::join_all;

use super::{
    Place,
    marks::{list, make},
};
use crate::{
    kernel::{Code, Error, Result},
    store::{Db, StoreOptions, conflict::relieved},
};

fn options() -> StoreOptions {
    StoreOptions { readers: 1, postgres_threads: 1, ..StoreOptions::default() }
}

#[tokio::test]
async fn a_reader_that_panicked_or_left_a_transaction_open_reads_again() {
    for place in Place::all() {
        let store = place.store(&options());
        let panicking = |_: &mut Db| -> Result<()> { panic!("a read that panics") };
        assert_eq!(store.read(panicking).await.unwrap_err().code(), Code::InternalError);
        let careless = |db: &mut Db| -> Result<()> {
            db.enter()?;
            Err(Error::refused(Code::NotFound))
        };
        assert_eq!(store.read(careless).await.unwrap_err().code(), Code::NotFound);
        store.write(|db| make(db, 1)).await.unwrap();
        assert_eq!(store.read(list).await.unwrap(), [1]);
    }
}

#[tokio::test]
async fn a_write_does_not_notice_that_its_connection_was_cut_before() {
    let Some(place) = Place::postgres() else { return };
    let store = place.store(&StoreOptions { postgres_threads: 3, ..options() });
    let cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
               WHERE datname = current_database() AND pid <> pg_backend_pid()";
    join_all((0..9).map(|_| store.read(list))).await;
    Db::open(&place.url).unwrap().batch_execute(cut).unwrap();
    let answers = join_all((0..9).map(|number| store.write(move |db| make(db, number)))).await;
    assert!(answers.into_iter().all(|answer| answer.is_ok()));
}

#[tokio::test]
async fn a_read_writes_nothing_on_sqlite() {
    let place = Place::sqlite();
    let store = place.store(&options());
    store.read(|db| make(db, 1)).await.unwrap_err();
    assert!(store.read(list).await.unwrap().is_empty());
}

#[test]
fn waiting_too_long_for_another_writer_is_an_overload_and_no_fault() {
    for place in Place::all() {
        drop(place.store(&options()));
        let (mut one, mut other) = (Db::open(&place.url).unwrap(), Db::open(&place.url).unwrap());
        let impatient = match &other {
            Db::Sqlite(_) => "PRAGMA busy_timeout = 20",
            Db::Pg(_) => "SET lock_timeout = '20ms'",
        };
        other.batch_execute(impatient).unwrap();
        one.begin().unwrap();
        make(&mut one, 1).unwrap();
        let refused = relieved(other.write(|db| make(db, 1)).unwrap_err());
        assert_eq!(refused.code(), Code::Overloaded);
        one.commit().unwrap();
        assert_eq!(list(&mut other).unwrap(), [1]);
    }
}
