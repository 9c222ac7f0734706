use futures_util::FutureExt;

use super::{
    Place,
    marks::{list, make},
};
use crate::{
    kernel::{Code, Result},
    store::{Db, StoreOptions},
};

#[tokio::test]
async fn whoever_looks_waits_for_nobody_on_sqlite() {
    let place = Place::sqlite();
    let store = place.store(&StoreOptions::default());
    store.write(|db| make(db, 1)).await.unwrap();
    let seen = store.look(list).now_or_never().expect("it went to another thread").unwrap();
    assert_eq!(seen, [1]);
}

#[tokio::test]
async fn whoever_looks_writes_nothing_and_may_panic() {
    let place = Place::sqlite();
    let store = place.store(&StoreOptions::default());
    store.look(|db| make(db, 1)).await.unwrap_err();
    let panicking = |_: &mut Db| -> Result<()> { panic!("a look that panics") };
    assert_eq!(store.look(panicking).await.unwrap_err().code(), Code::InternalError);
    assert!(store.look(list).await.unwrap().is_empty());
}

#[tokio::test]
async fn nobody_looks_into_a_closed_store() {
    for place in Place::all() {
        let store = place.store(&StoreOptions::default());
        assert!(store.look(list).await.unwrap().is_empty());
        let closing = store.clone();
        tokio::task::spawn_blocking(move || closing.close()).await.unwrap();
        assert_eq!(store.look(list).await.unwrap_err().code(), Code::Overloaded);
    }
}
