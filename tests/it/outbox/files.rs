//! Without a mail server letters become files.

use std::{fs, os::unix::fs::PermissionsExt};

use mailparse::parse_mail;

use super::office::{Office, confirmation, header};

#[tokio::test]
async fn a_letter_becomes_a_file_named_after_its_time_and_kind() {
    let office = Office::of_files();
    office.post(confirmation()).await;
    assert_eq!(office.round().await.sent, 1);

    let files: Vec<_> =
        fs::read_dir(office.app.config.data_dir.join("mail")).unwrap().map(|file| file.unwrap()).collect();
    assert_eq!(files.len(), 1);
    let name = files[0].file_name().into_string().unwrap();
    let id = office.letter().await.id;
    assert!(name.starts_with("2026-11-23T090000Z-reservation_confirmed-"), "{name}");
    let short = name.strip_suffix(".eml").and_then(|name| name.rsplit('-').next()).unwrap();
    assert!(id.to_string().ends_with(short) && short.len() == 8, "{name}");
    let rights = |path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(rights(files[0].path()), 0o600);
    assert_eq!(rights(office.app.config.data_dir.join("mail")), 0o700);
    let mail = fs::read(files[0].path()).unwrap();
    let mail = parse_mail(&mail).unwrap();
    assert_eq!(header(&mail, "Message-ID"), format!("<{id}@example.org>"));
    assert!(mail.parts().any(|part| part.ctype.mimetype == "text/calendar"));
}
