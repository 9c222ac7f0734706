//! A copy of the database, and the way back: with the secret of the house, never with another one.

use std::{fs, process::Command};

use etabli::store::Dialect;

use crate::{
    demo::command::{etabli, said, until},
    world::database::Database,
};

#[test]
fn a_copy_comes_back_with_its_secret_and_is_not_served_without_it() {
    let (mut old, new) = (Database::fresh(), Database::nowhere());
    if old.url.dialect() == Dialect::Postgres {
        let output = etabli(&old, &["backup", "/tmp/never-made"]).output().unwrap();
        let (code, sentence) = said(&output);
        assert!(code == Some(1) && sentence.contains("pg_dump"), "{code:?} {sentence}");
        old.forget();
        return;
    }
    drop(until(etabli(&old, &["demo"]), "minor"));
    let copy = old.folder.path().join("copy.db");
    let told = done(etabli(&old, &["backup", copy.to_str().unwrap()]));
    assert!(told.contains("secret.key is not in it"), "{told}");

    let told = done(etabli(&new, &["restore", copy.to_str().unwrap()]));
    assert!(told.contains("before you serve"), "{told}");

    let (code, sentence) = said(&etabli(&new, &["demo"]).output().unwrap());
    assert!(code == Some(2) && sentence.contains("secret.key is missing"), "{code:?} {sentence}");
    assert!(!new.folder.path().join("secret.key").exists(), "another secret was made");
    fs::write(new.folder.path().join("secret.key"), "00".repeat(32)).unwrap();
    let (code, sentence) = said(&etabli(&new, &["demo"]).output().unwrap());
    assert!(code == Some(2) && sentence.contains("does not belong"), "{code:?} {sentence}");

    fs::copy(old.folder.path().join("secret.key"), new.folder.path().join("secret.key")).unwrap();
    drop(until(etabli(&new, &["demo"]), "minor"));
    let (code, sentence) = said(&etabli(&new, &["restore", copy.to_str().unwrap()]).output().unwrap());
    assert!(code == Some(1) && sentence.contains("already is a database"), "{code:?} {sentence}");
}

fn done(mut command: Command) -> String {
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}
