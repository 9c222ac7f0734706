use std::{fs, os::unix::fs::PermissionsExt, path::Path};

use diesel::connection::SimpleConnection;

use super::{
    Place,
    marks::{list, make},
};
use crate::store::{
    DatabaseUrl, Db,
    backup::{backup, restore},
    migrate,
};

fn filled() -> Place {
    let place = Place::sqlite();
    let mut db = Db::open(&place.url).unwrap();
    migrate(&mut db).unwrap();
    db.batch_execute("CREATE TABLE mark (number INTEGER NOT NULL PRIMARY KEY)").unwrap();
    make(&mut db, 7).unwrap();
    place
}

fn at(path: &Path) -> DatabaseUrl {
    format!("sqlite://{}", path.display()).parse().unwrap()
}

#[test]
fn a_backup_made_while_the_house_writes_comes_back_whole() {
    let (place, folder) = (filled(), tempfile::tempdir().unwrap());
    let (copy, target) = (folder.path().join("copy.db"), folder.path().join("again.db"));
    let mut busy = Db::open(&place.url).unwrap();
    busy.begin().unwrap();
    make(&mut busy, 8).unwrap();
    backup(&place.url, &copy).unwrap();
    busy.commit().unwrap();
    assert_eq!(fs::metadata(&copy).unwrap().permissions().mode() & 0o777, 0o600);
    assert!(backup(&place.url, &copy).is_err(), "a backup overwrites nothing");
    restore(&at(&target), &copy).unwrap();
    assert_eq!(list(&mut Db::open(&at(&target)).unwrap()).unwrap(), [7]);
    assert!(restore(&at(&target), &copy).is_err(), "a database in use is not overwritten");
}

#[test]
fn what_is_no_backup_is_not_restored() {
    let folder = tempfile::tempdir().unwrap();
    let (text, other, newer) =
        (folder.path().join("text"), folder.path().join("other"), folder.path().join("newer"));
    fs::write(&text, "Dear diary, ".repeat(500)).unwrap();
    Db::open(&at(&other)).unwrap().batch_execute("CREATE TABLE diary (day TEXT)").unwrap();
    backup(&filled().url, &newer).unwrap();
    let tomorrow = "INSERT INTO __diesel_schema_migrations (version) VALUES ('99991231235959')";
    Db::open(&at(&newer)).unwrap().batch_execute(tomorrow).unwrap();
    let target = folder.path().join("target.db");
    for source in [&text, &other, &newer, &folder.path().join("missing")] {
        assert!(restore(&at(&target), source).is_err(), "{}", source.display());
        assert!(!target.exists());
    }
}

#[test]
fn postgres_is_sent_to_its_own_tools() {
    let url: DatabaseUrl = "postgres://lab/etabli".parse().unwrap();
    assert!(backup(&url, Path::new("x")).unwrap_err().to_string().contains("pg_dump"));
    assert!(restore(&url, Path::new("x")).unwrap_err().to_string().contains("pg_restore"));
}
