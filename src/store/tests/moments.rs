use super::{Place, marks::make};
use crate::store::{Db, Dialect, Store, StoreOptions};

async fn write(store: &Store, number: i32) {
    store.write(move |db| make(db, number)).await.unwrap();
}

#[tokio::test]
async fn a_moment_lasts_until_somebody_writes() {
    for place in Place::all() {
        let store = place.store(&StoreOptions::default());
        let Some(moment) = store.moment() else {
            assert_eq!(store.dialect(), Dialect::Postgres, "others write there too");
            continue;
        };
        store.read(super::marks::list).await.unwrap();
        assert!(store.lasts(&moment), "reading changes nothing");
        write(&store, 1).await;
        assert!(!store.lasts(&moment));
        // Many at once are one commit, and one of another store is none of this one.
        let (moment, other) = (store.moment().unwrap(), Place::sqlite());
        write(&other.store(&StoreOptions::default()), 1).await;
        assert!(store.lasts(&moment));
        futures_util::future::join_all((2..40).map(|number| write(&store, number))).await;
        assert!(!store.lasts(&moment));
    }
}

#[tokio::test]
async fn a_moment_ends_when_another_program_writes_and_after_a_second_anyway() {
    let place = Place::sqlite();
    let store = place.store(&StoreOptions::default());
    let moment = store.moment().unwrap();
    assert!(store.lasts(&moment));
    make(&mut Db::open(&place.url).unwrap(), 1).unwrap();
    assert!(!store.lasts(&moment));

    let moment = store.moment().unwrap();
    tokio::time::sleep(std::time::Duration::from_millis(1_050)).await;
    assert!(!store.lasts(&moment));
}
