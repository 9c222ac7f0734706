use std::{
    sync::{
        Arc, Barrier, Mutex,
        atomic::{AtomicBool, AtomicUsize, Ordering},
        mpsc,
    },
    time::Duration,
};

use diesel::{RunQueryDsl, connection::SimpleConnection, sql_query};
use futures_util::future::join_all;

use super::{
    Place,
    marks::{list, make},
};
use crate::{
    kernel::{Code, Error, Result},
    store::{Db, Dialect, Store, StoreOptions},
};

/// Keeps the writer busy until the sender is used or dropped, so that the writes meanwhile form one group.
pub(super) async fn hold(store: &Store) -> (mpsc::Sender<()>, tokio::task::JoinHandle<Result<()>>) {
    let (release, wait) = mpsc::channel::<()>();
    let (begun, running) = tokio::sync::oneshot::channel();
    let (wait, begun) = (Mutex::new(wait), Mutex::new(Some(begun)));
    let store = store.clone();
    let job = tokio::spawn(async move {
        store
            .write(move |_| {
                if let Some(begun) = begun.lock().unwrap().take() {
                    begun.send(()).unwrap();
                }
                let _released_or_dropped = wait.lock().unwrap().recv();
                Ok(())
            })
            .await
    });
    running.await.unwrap();
    (release, job)
}

fn options() -> StoreOptions {
    StoreOptions { postgres_threads: 4, ..StoreOptions::default() }
}

async fn troubled(store: &Store, number: i32) -> Result<i32> {
    store
        .write(move |db| {
            make(db, number)?;
            assert!(number != 77, "a job that panics");
            if number % 7 == 1 {
                return Err(Error::refused(Code::QuotaExceeded));
            }
            if number % 7 == 2 {
                make(db, number)?;
            }
            Ok(number)
        })
        .await
}

#[tokio::test]
async fn failing_and_panicking_writes_harm_no_other() {
    for place in Place::all() {
        let store = place.store(&options());
        let (release, held) = hold(&store).await;
        let answers = join_all((0..200).map(|number| troubled(&store, number)));
        let (answers, ()) = tokio::join!(answers, async move { release.send(()).unwrap() });
        held.await.unwrap().unwrap();
        let mut kept = Vec::new();
        for (number, answer) in (0..).zip(answers) {
            match answer {
                Ok(made) => kept.push(made),
                Err(Error::Refused(why)) => assert!(number % 7 == 1 && why[0].code == Code::QuotaExceeded),
                Err(error) => assert!(number == 77 || number % 7 == 2, "{number}: {error:?}"),
            }
        }
        assert_eq!(kept.len(), 200 - 29 - 29 - 1);
        assert_eq!(store.read(list).await.unwrap(), kept);
    }
}

#[tokio::test]
async fn writes_that_wait_together_are_committed_together() {
    let place = Place::sqlite();
    let store = place.store(&options());
    let outside = Arc::new(Mutex::new(Db::open(&place.url).unwrap()));
    let (release, _held) = hold(&store).await;
    let writes = join_all((0..50).map(|number| {
        let outside = outside.clone();
        store.write(move |db| {
            make(db, number)?;
            list(&mut outside.lock().unwrap())
        })
    }));
    let (seen_outside, ()) = tokio::join!(writes, async move { release.send(()).unwrap() });
    assert!(seen_outside.into_iter().all(|seen| seen.unwrap().is_empty()));
    assert_eq!(list(&mut outside.lock().unwrap()).unwrap().len(), 50);
}

#[tokio::test]
async fn a_constraint_checked_at_the_commit_fails_only_the_write_that_broke_it() {
    for place in Place::all() {
        let store = place.store(&options());
        Db::open(&place.url)
            .unwrap()
            .batch_execute(
                "CREATE TABLE tag (number INTEGER NOT NULL REFERENCES mark (number) DEFERRABLE INITIALLY DEFERRED)",
            )
            .unwrap();
        let (release, _held) = hold(&store).await;
        let writes = join_all((0..20).map(|number| {
            store.write(move |db| {
                sql_query(format!("INSERT INTO tag VALUES ({number})")).execute(db)?;
                if number == 5 { Ok(()) } else { make(db, number) }
            })
        }));
        let (answers, ()) = tokio::join!(writes, async move { release.send(()).unwrap() });
        let failed: Vec<usize> =
            answers.iter().enumerate().filter(|(_, answer)| answer.is_err()).map(|(at, _)| at).collect();
        assert_eq!(failed, [5]);
        assert_eq!(store.read(list).await.unwrap().len(), 19);
    }
}

#[tokio::test]
async fn an_error_swallowed_by_the_closure_is_never_answered_as_success_without_its_rows() {
    for place in Place::all() {
        let store = place.store(&options());
        let swallowed = |db: &mut Db| {
            make(db, 1)?;
            drop(make(db, 1));
            Ok(())
        };
        let answered = store.write(swallowed).await.is_ok();
        assert_eq!(answered, store.read(list).await.unwrap() == [1]);
        assert_eq!(answered, store.dialect() == Dialect::Sqlite);
        let in_savepoint = |db: &mut Db| {
            make(db, 2)?;
            assert!(db.savepoint(|db| make(db, 2)).is_err());
            make(db, 3)
        };
        store.write(in_savepoint).await.unwrap();
        assert!(store.read(list).await.unwrap().ends_with(&[2, 3]));
    }
}

#[tokio::test]
async fn a_write_that_nobody_waits_for_any_more_does_not_begin() {
    for place in Place::all() {
        let store = place.store(&StoreOptions { postgres_threads: 1, ..options() });
        let (release, held) = hold(&store).await;
        let impatient = tokio::time::timeout(Duration::from_millis(20), store.write(|db| make(db, 1))).await;
        assert!(impatient.is_err());
        release.send(()).unwrap();
        held.await.unwrap().unwrap();
        store.write(|db| make(db, 2)).await.unwrap();
        assert_eq!(store.read(list).await.unwrap(), [2]);
    }
}

#[tokio::test]
async fn two_writes_in_each_others_way_both_succeed() {
    for place in Place::all() {
        let store = place.store(&options());
        for number in [1, 2] {
            store.write(move |db| make(db, number)).await.unwrap();
        }
        let (meeting, meet) = (Arc::new(Barrier::new(2)), store.dialect() == Dialect::Postgres);
        let runs = Arc::new(AtomicUsize::new(0));
        let crossing = |first: i32, second: i32| {
            let (meeting, runs, once) = (meeting.clone(), runs.clone(), AtomicBool::new(meet));
            store.write(move |db| {
                runs.fetch_add(1, Ordering::Relaxed);
                for number in [first, second] {
                    sql_query(format!("UPDATE mark SET number = number WHERE number = {number}"))
                        .execute(db)?;
                    if once.swap(false, Ordering::Relaxed) {
                        meeting.wait();
                    }
                }
                Ok(())
            })
        };
        let (one, other) = tokio::join!(crossing(1, 2), crossing(2, 1));
        one.unwrap();
        other.unwrap();
        assert_eq!(runs.load(Ordering::Relaxed), if meet { 3 } else { 2 });
    }
}

#[tokio::test]
async fn statements_are_counted_without_their_transactions() {
    for place in Place::all() {
        let store = place.store(&StoreOptions { count_statements: true, ..options() });
        let before = store.statements();
        store.write(|db| db.savepoint(|db| make(db, 1))).await.unwrap();
        store.read(list).await.unwrap();
        assert_eq!(store.statements() - before, 2);
    }
}
