//! A mail server.

use std::{error::Error as _, net::IpAddr, sync::OnceLock, time::Duration};

use futures_util::{FutureExt, future::BoxFuture};
use lettre::{
    AsyncSmtpTransport, AsyncTransport, Tokio1Executor,
    transport::smtp::{AsyncSmtpTransportBuilder, Error, PoolConfig, response::Severity},
};
use secrecy::{ExposeSecret, SecretString};
use url::{Host, Url};

use super::{Mailer, Undelivered};
use crate::{config::Mistake, outbox::message::Parcel};

/// Connections kept open at most; as many mails are on their way at once.
pub const CONNECTIONS: u32 = 4;
/// How long the server may take for one answer.
const PATIENCE: Duration = Duration::from_secs(15);
/// What is kept of a server's words.
const WORDS: usize = 500;

/// Hands mails to a server over SMTP (RFC 5321).
pub struct Smtp {
    builder: AsyncSmtpTransportBuilder,
    /// Made with the first mail: it keeps connections in the background, which needs a running tokio.
    transport: OnceLock<AsyncSmtpTransport<Tokio1Executor>>,
}

impl Smtp {
    /// A server by its address: `smtp://USER:PASSWORD@HOST:PORT` or `smtps://…`.
    ///
    /// `smtp://` takes STARTTLS where the server offers it, and insists on it (`tls=required`) before a password goes
    /// to another machine; `?tls=required`, `?tls=opportunistic` and `?tls=none` say otherwise.
    ///
    /// # Errors
    /// One sentence, without the password, when this is no such address.
    pub fn new(url: &SecretString) -> Result<Self, Mistake> {
        let url = Url::parse(url.expose_secret()).map_err(|_| mistake())?;
        let builder =
            AsyncSmtpTransport::<Tokio1Executor>::from_url(secured(url)?.as_str()).map_err(|_| mistake())?;
        let pool = PoolConfig::new().max_size(CONNECTIONS);
        Ok(Self { builder: builder.timeout(Some(PATIENCE)).pool_config(pool), transport: OnceLock::new() })
    }
}

fn mistake() -> Mistake {
    Mistake::new(
        "mail_url is not right: expected smtp://USER:PASSWORD@HOST:PORT or smtps://USER:PASSWORD@HOST:PORT, \
         after which ?tls=required, ?tls=opportunistic or ?tls=none may stand",
    )
}

/// Says in the words of the library how much TLS is wanted.
fn secured(mut url: Url) -> Result<Url, Mistake> {
    let asked = url.query_pairs().find(|(name, _)| name == "tls").map(|(_, value)| value.into_owned());
    let wanted = match (url.scheme(), asked.as_deref()) {
        ("smtps", None) | ("smtp", Some("none")) => None,
        ("smtp", None) if url.password().is_some() && !is_here(&url) => Some("tls=required"),
        ("smtp", Some("opportunistic") | None) => Some("tls=opportunistic"),
        ("smtp", Some("required")) => Some("tls=required"),
        _ => return Err(mistake()),
    };
    if url.scheme() == "smtp" && url.port().is_none() {
        // The library would move to 587 with TLS; an address without a port means the one of SMTP.
        url.set_port(Some(if url.password().is_some() { 587 } else { 25 })).map_err(|()| mistake())?;
    }
    url.set_query(wanted);
    Ok(url)
}

/// Outside the web's own schemes the library reads a numbered host as a name, too.
fn is_here(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => {
            name == "localhost" || name.parse().is_ok_and(|ip: IpAddr| ip.is_loopback())
        }
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

impl Mailer for Smtp {
    fn send<'a>(&'a self, parcel: &'a Parcel) -> BoxFuture<'a, Result<(), Undelivered>> {
        async move {
            let transport = self.transport.get_or_init(|| self.builder.clone().build());
            let sent = transport.send(parcel.message.clone()).await;
            sent.map(drop).map_err(|error| undelivered(&error))
        }
        .boxed()
    }
}

fn undelivered(error: &Error) -> Undelivered {
    let mut words = error.to_string();
    let mut cause = error.source();
    while let Some(deeper) = cause {
        let deeper_words = deeper.to_string();
        if !words.contains(&deeper_words) {
            words = format!("{words}: {deeper_words}");
        }
        cause = deeper.source();
    }
    let words = words.chars().filter(|c| !c.is_control()).take(WORDS).collect();
    if is_about_the_mail(error) { Undelivered::ForGood(words) } else { Undelivered::ForNow(words) }
}

/// A 5xx refuses the mail for good, except 53x: those say that *we* may not send (RFC 4954), which a setting mends.
fn is_about_the_mail(error: &Error) -> bool {
    error.is_permanent()
        && error.status().is_some_and(|code| {
            code.severity == Severity::PermanentNegativeCompletion && !(530..540).contains(&u16::from(code))
        })
}

#[cfg(test)]
mod tests {
    use super::{SecretString, Smtp, secured};

    fn said(url: &str) -> Option<String> {
        secured(url.parse().unwrap()).ok().map(String::from)
    }

    #[test]
    fn a_password_leaves_the_machine_only_under_tls() {
        let cases = [
            ("smtp://mail.example.org", "smtp://mail.example.org:25?tls=opportunistic"),
            ("smtp://a:b@mail.example.org:2525", "smtp://a:b@mail.example.org:2525?tls=required"),
            ("smtp://a:b@mail.example.org", "smtp://a:b@mail.example.org:587?tls=required"),
            ("smtp://a:b@127.0.0.1:1025", "smtp://a:b@127.0.0.1:1025?tls=opportunistic"),
            ("smtp://a:b@mail:1025?tls=none", "smtp://a:b@mail:1025"),
            ("smtps://a:b@mail.example.org", "smtps://a:b@mail.example.org"),
        ];
        for (given, expected) in cases {
            assert_eq!(said(given).as_deref(), Some(expected));
        }
        assert_eq!(said("smtp://mail.example.org?tls=yes"), None);
        assert_eq!(said("http://mail.example.org"), None);
    }

    #[test]
    fn a_wrong_address_is_one_sentence_without_its_password() {
        let wrong = SecretString::from("smtp://ada:sesame@mail.example.org?tls=perhaps");
        let Err(mistake) = Smtp::new(&wrong) else { panic!("accepted") };
        assert!(
            mistake.to_string().contains("mail_url") && !mistake.to_string().contains("sesame"),
            "{mistake}"
        );
    }
}
