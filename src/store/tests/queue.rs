use std::sync::{Mutex, mpsc};

use futures_util::future::join_all;

use super::{
    Place,
    marks::{list, make},
    writes::hold,
};
use crate::{
    kernel::{Code, Error},
    store::{Db, StoreOptions},
};

#[tokio::test]
async fn whoever_finds_the_queue_full_is_refused_at_once() {
    for place in Place::all() {
        let store = place.store(&StoreOptions { queue: 2, postgres_threads: 1, ..StoreOptions::default() });
        let (release, held) = hold(&store).await;
        let writes = join_all((0..5).map(|number| store.write(move |db| make(db, number))));
        let (answers, ()) = tokio::join!(writes, async move { release.send(()).unwrap() });
        held.await.unwrap().unwrap();
        assert!(answers[..2].iter().all(Result::is_ok));
        for answer in &answers[2..] {
            let Err(Error::Refused(why)) = answer else { panic!("{answer:?}") };
            assert_eq!((why[0].code, why[0].retry_after), (Code::Overloaded, Some(1)));
        }
        assert_eq!(store.read(list).await.unwrap(), [0, 1]);
    }
}

#[tokio::test]
async fn whoever_writes_first_passes_those_who_wait() {
    for place in Place::all() {
        let store = place.store(&StoreOptions { postgres_threads: 1, ..StoreOptions::default() });
        let (release, held) = hold(&store).await;
        let seen = |number: i32| {
            move |db: &mut Db| {
                make(db, number)?;
                list(db)
            }
        };
        let waiting = join_all((1..4).map(|number| store.write(seen(number))));
        let first = store.write_first(seen(9));
        let (waited, first, ()) = tokio::join!(waiting, first, async move { release.send(()).unwrap() });
        held.await.unwrap().unwrap();
        assert_eq!(first.unwrap(), [9]);
        assert!(waited.into_iter().all(|seen| seen.unwrap().contains(&9)));
    }
}

#[tokio::test]
async fn whoever_writes_first_does_not_wait_for_the_whole_group() {
    let place = Place::sqlite();
    let store = place.store(&StoreOptions::default());
    let (release, held) = hold(&store).await;
    let (begun, is_begun) = tokio::sync::oneshot::channel::<()>();
    let (pressed, is_pressed) = mpsc::channel::<()>();
    let (begun, is_pressed) = (Mutex::new(Some(begun)), Mutex::new(is_pressed));
    let slow = store.write(move |db| {
        if let Some(begun) = begun.lock().unwrap().take() {
            begun.send(()).unwrap();
            is_pressed.lock().unwrap().recv().unwrap();
        }
        make(db, 1)
    });
    let others = join_all((2..5).map(|number| {
        store.write(move |db| {
            make(db, number)?;
            list(db)
        })
    }));
    let first = async {
        release.send(()).unwrap();
        is_begun.await.unwrap();
        let writing = store.write_first(list);
        let press = async { pressed.send(()).unwrap() };
        tokio::join!(writing, press).0
    };
    let (slow, others, first) = tokio::join!(slow, others, first);
    held.await.unwrap().unwrap();
    slow.unwrap();
    assert_eq!(first.unwrap(), [1], "what had been done was committed, and nothing begun after that");
    let seen: Vec<usize> = others.into_iter().map(|seen| seen.unwrap().len()).collect();
    assert_eq!(seen, [2, 3, 4], "in their order");
}

#[tokio::test]
async fn a_store_that_closes_does_first_what_was_waiting() {
    for place in Place::all() {
        let store = place.store(&StoreOptions::default());
        let (release, held) = hold(&store).await;
        let writes = join_all((0..5).map(|number| store.write(move |db| make(db, number))));
        let closing = async {
            let store = store.clone();
            let closed = tokio::task::spawn_blocking(move || store.close());
            release.send(()).unwrap();
            closed.await.unwrap();
        };
        let (answers, ()) = tokio::join!(writes, closing);
        held.await.unwrap().unwrap();
        assert!(answers.into_iter().all(|answer| answer.is_ok()));
        assert_eq!(store.read(list).await.unwrap_err().code(), Code::Overloaded);
        let again = place.store(&StoreOptions::default());
        assert_eq!(again.read(list).await.unwrap().len(), 5);
    }
}
