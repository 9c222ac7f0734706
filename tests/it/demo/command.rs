//! The commands themselves, as people type them.

use std::{
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Output, Stdio},
    thread,
};

use etabli::{
    demo::{ACCOUNTS, PASSWORD, accounts::address},
    store::{self, Db},
};

use crate::world::database::Database;

/// `etabli` on a database, with its data in a folder.
pub fn etabli(database: &Database, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_etabli"));
    let url = match &database.url {
        store::DatabaseUrl::Sqlite(file) => format!("sqlite://{}", file.display()),
        store::DatabaseUrl::Postgres(url) => secrecy::ExposeSecret::expose_secret(url).to_owned(),
    };
    command
        .args(arguments)
        .env_clear()
        .env("ETABLI_DATABASE_URL", url)
        .env("ETABLI_DATA_DIR", database.folder.path())
        .env("ETABLI_LISTEN", "127.0.0.1:0")
        .env("ETABLI_LOG", "off");
    command
}

/// What the program says until this line, and the program.
pub fn until(mut command: Command, last: &str) -> (Vec<String>, Stopped) {
    let mut child = Stopped(command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().unwrap());
    let mut lines = BufReader::new(child.0.stdout.take().unwrap()).lines().map(Result::unwrap);
    let mut said = Vec::new();
    while let Some(line) = lines.next() {
        let found = line.contains(last);
        said.push(line);
        if found {
            // It may go on speaking: a pipe that nobody holds would be its end.
            thread::spawn(move || lines.for_each(drop));
            return (said, child);
        }
    }
    panic!("it ended without a word of {last}: {said:?}");
}

/// Ends with the test.
pub struct Stopped(Child);

impl Drop for Stopped {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

pub fn said(output: &Output) -> (Option<i32>, String) {
    (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
}

#[test]
fn a_demonstration_says_where_it_is_and_who_is_in_it_and_is_not_served_as_a_real_lab() {
    let mut database = Database::fresh();
    let (lines, demo) = until(etabli(&database, &["demo"]), "etabli demo ");
    assert!(lines[0].starts_with("listening on http://127.0.0.1:"), "{lines:?}");
    let all = lines.join("\n");
    assert!(all.contains("/api") && all.contains("mail") && all.contains(PASSWORD), "{all}");
    assert!(ACCOUNTS.iter().all(|login| all.contains(&address(login))), "{all}");
    drop(demo);

    let mut serve = etabli(&database, &["serve"]);
    let output =
        serve.env("ETABLI_MAIL_FROM", "lab@example.org").env("ETABLI_MAIL_URL", "file:///tmp").output();
    let (code, sentence) = said(&output.unwrap());
    assert!(code == Some(1) && sentence.contains("etabli demo"), "{code:?} {sentence}");
    database.forget();
}

#[test]
fn a_demonstration_takes_no_real_lab_and_no_real_people() {
    let mut database = Database::fresh();
    drop(until(etabli(&database, &["demo"]), "etabli demo "));
    let house = Path::new(env!("CARGO_MANIFEST_DIR")).join("config/lab.toml");
    let add = ["member", "add", "you@example.com", "--name", "You", "--role", "admin"];
    for arguments in [&["lab", "apply", house.to_str().unwrap()][..], &add] {
        let (code, sentence) =
            said(&etabli(&database, arguments).env("LANG", "en_GB.UTF-8").output().unwrap());
        assert!(code == Some(1) && sentence.contains("folder of its own"), "{code:?} {sentence}");
    }
    database.forget();
}

#[test]
fn what_a_demonstration_does_not_understand_is_an_error_and_says_so() {
    let mut database = Database::fresh();
    let (_, demo) = until(etabli(&database, &["demo"]), "etabli demo ");
    let cases: [(&[&str], &str); 4] = [
        (&["demo", "badge", "foo", "maker"], "foo"),
        (&["demo", "frobnicate"], "frobnicate"),
        (&["demo", "badge"], "badge"),
        (&["demo", "watts", "scie-ruban", "plenty"], "plenty"),
    ];
    for (line, word) in cases {
        let output = etabli(&database, line).output().unwrap();
        let (code, sentence) = said(&output);
        assert!(code == Some(1) && output.stdout.is_empty(), "{line:?}: {code:?}");
        assert!(sentence.contains(word) && sentence.contains("scie-ruban"), "{line:?}: {sentence}");
    }
    let help = etabli(&database, &["demo", "help"]).output().unwrap();
    assert_eq!(help.status.code(), Some(0));
    assert!(String::from_utf8_lossy(&help.stdout).contains("badge MACHINE"));
    drop(demo);
    database.forget();
}

#[test]
fn the_log_has_colours_on_a_terminal_only() {
    let mut database = Database::fresh();
    let mut child = etabli(&database, &["demo"])
        .env("ETABLI_LOG", "info")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
    let line = lines.next().unwrap().unwrap();
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(line.contains("INFO") && !line.contains('\u{1b}'), "{line:?}");
    database.forget();
}

#[test]
fn the_terminal_says_in_which_language_it_is_answered() {
    let mut database = Database::fresh();
    let house = Path::new(env!("CARGO_MANIFEST_DIR")).join("config/lab.toml");
    let answered = |language: Option<&str>, arguments: &[&str]| {
        let mut command = etabli(&database, &["lab", "check", house.to_str().unwrap()]);
        command.args(arguments).envs(language.map(|tag| ("LANG", tag)));
        String::from_utf8_lossy(&command.output().unwrap().stdout).into_owned()
    };
    let (french, english) = (answered(None, &["--lang", "fr"]), answered(None, &["--lang", "en"]));
    assert_ne!(french, english);
    assert_eq!(answered(None, &[]), french);
    assert_eq!(answered(Some("fr_FR.UTF-8"), &[]), french);
    assert_eq!(answered(Some("en_US.UTF-8"), &[]), english);
    assert_eq!(answered(Some("en_US.UTF-8"), &["--lang", "fr"]), french);
    database.forget();
}

#[test]
fn a_copy_is_not_written_over_another_file() {
    let mut database = Database::fresh();
    let file = database.folder.path().join("there.db");
    std::fs::write(&file, "precious").unwrap();
    let output = etabli(&database, &["backup", file.to_str().unwrap()]).env("LANG", "en").output().unwrap();
    let (code, sentence) = said(&output);
    assert!(
        code == Some(1) && sentence.contains("exists already") && !sentence.contains("os error"),
        "{sentence}"
    );
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "precious");
    database.forget();
}

#[test]
fn a_real_lab_needs_an_address_to_send_from_and_a_place_to_send_to() {
    let mut database = Database::fresh();
    let (code, sentence) = said(&etabli(&database, &["serve"]).output().unwrap());
    assert!(code == Some(2) && sentence.contains("mail_from"), "{code:?} {sentence}");
    let output = etabli(&database, &["serve"]).env("ETABLI_MAIL_FROM", "lab@example.org").output().unwrap();
    let (code, sentence) = said(&output);
    assert!(code == Some(2) && sentence.contains("mail_url"), "{code:?} {sentence}");
    database.forget();
}

#[test]
fn a_database_without_a_lab_is_not_served() {
    let mut database = Database::fresh();
    let mut serve = etabli(&database, &["serve"]);
    let output =
        serve.env("ETABLI_MAIL_FROM", "lab@example.org").env("ETABLI_MAIL_URL", "file:///tmp").output();
    let (code, sentence) = said(&output.unwrap());
    assert!(code == Some(1) && sentence.contains("etabli lab apply"), "{code:?} {sentence}");
    database.forget();
}

#[test]
fn a_real_lab_is_applied_and_never_becomes_a_demonstration() {
    let mut database = Database::fresh();
    let house = Path::new(env!("CARGO_MANIFEST_DIR")).join("config/lab.toml");
    let apply =
        || etabli(&database, &["lab", "apply", house.to_str().unwrap(), "--lang", "en"]).output().unwrap();
    let first = String::from_utf8_lossy(&apply().stdout).into_owned();
    assert!(first.contains("Added: machine scie-ruban"), "{first}");
    assert_eq!(
        String::from_utf8_lossy(&apply().stdout),
        "Nothing to change: the lab already is as the file says.\n"
    );
    let (code, sentence) = said(&etabli(&database, &["demo"]).output().unwrap());
    assert!(code == Some(1) && sentence.contains("vrai lab") && sentence.contains("real lab"), "{sentence}");
    let mut db = Db::open(&database.url).unwrap();
    assert!(!etabli::lab::get(&mut db).unwrap().demo);
    drop(db);
    database.forget();
}

#[test]
fn a_file_with_mistakes_is_told_line_by_line_and_not_applied() {
    let database = Database::fresh();
    let file = database.folder.path().join("lab.toml");
    let text = etabli::blueprint::DEMONSTRATION.replacen("area_m2 = 110", "area_m2 = 0", 1);
    std::fs::write(&file, &text).unwrap();
    let line = text.lines().position(|line| line == "area_m2 = 0").unwrap() + 1;
    for deed in ["check", "apply"] {
        let output = etabli(&database, &["lab", deed, file.to_str().unwrap()]).output().unwrap();
        let told = String::from_utf8_lossy(&output.stdout).into_owned();
        assert_eq!(output.status.code(), Some(1));
        assert!(told.starts_with(&format!("{}:{line}: « area_m2 »", file.display())), "{told}");
    }
    assert!(etabli::lab::store::find(&mut Db::open(&database.url).unwrap()).unwrap().is_none());
}
