//! Where the broker is, and how one gets in.

use std::{fs, sync::Arc, time::Duration};

use rumqttc::{MqttOptions, TlsConfiguration, Transport, tokio_rustls::rustls::ClientConfig};
use secrecy::{ExposeSecret, SecretString};
use url::{Url, form_urlencoded};

use super::trust;
use crate::config::{Config, Mistake};

/// Where systems keep the certificates they believe.
const BELIEVED: [&str; 3] =
    ["/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/cert.pem"];

/// The largest packet there is in MQTT. A client that refuses one has to end its connection, hears the same again when
/// it is back if that lies on the broker, and so for ever: what is too large for a plug is left aside after it was read,
/// and what a broker takes at all is the broker's setting (`message_size_limit`).
const LARGEST_IN: usize = 268_435_455 + 5;
/// No message to a plug or to Home Assistant comes near this.
const LARGEST_OUT: usize = 64 * 1024;

/// A broker that can be connected to.
#[derive(Debug, Clone)]
pub struct Broker {
    host: String,
    port: u16,
    login: Option<(String, SecretString)>,
    /// Whom to believe, where the connection is encrypted.
    believed: Option<Arc<ClientConfig>>,
}

impl Broker {
    /// The broker of the settings; none where nothing was set.
    ///
    /// # Errors
    /// One sentence when the address cannot be used. It never repeats the password.
    pub fn from_config(config: &Config) -> Result<Option<Self>, Mistake> {
        match config.mqtt_url.expose_secret() {
            "" => Ok(None),
            url => Self::from_url(url).map(Some),
        }
    }

    /// The broker at an address: `mqtt://USER:PASSWORD@HOST:PORT`, or `mqtts://`.
    ///
    /// # Errors
    /// As [`Self::from_config`].
    pub fn from_url(text: &str) -> Result<Self, Mistake> {
        let url = Url::parse(text).map_err(|_| wrong())?;
        let encrypted = match url.scheme() {
            "mqtt" => false,
            "mqtts" => true,
            _ => return Err(wrong()),
        };
        if !matches!(url.path(), "" | "/") || url.fragment().is_some() {
            return Err(wrong());
        }
        let mut own = None;
        for (name, value) in url.query_pairs() {
            match name.as_ref() {
                "ca" if encrypted => own = Some(value.into_owned()),
                _ => return Err(wrong()),
            }
        }
        let login = (!url.username().is_empty())
            .then(|| (plain(url.username()), SecretString::from(plain(url.password().unwrap_or_default()))));
        Ok(Self {
            host: url.host_str().filter(|host| !host.is_empty()).ok_or_else(wrong)?.to_owned(),
            port: url.port().unwrap_or(if encrypted { 8883 } else { 1883 }),
            login,
            believed: encrypted.then(|| certificates(own.as_deref())).transpose()?,
        })
    }

    /// What a client needs for one connection under this name.
    #[must_use]
    pub fn options(&self, name: &str) -> MqttOptions {
        let mut options = MqttOptions::new(name, &self.host, self.port);
        options
            .set_keep_alive(Duration::from_secs(10))
            .set_clean_session(true)
            .set_max_packet_size(LARGEST_IN, LARGEST_OUT);
        if let Some((user, password)) = &self.login {
            options.set_credentials(user, password.expose_secret());
        }
        if let Some(believed) = &self.believed {
            options.set_transport(Transport::Tls(TlsConfiguration::Rustls(believed.clone())));
        }
        options
    }
}

fn wrong() -> Mistake {
    Mistake::new(
        "mqtt_url is not right: expected mqtt://USER:PASSWORD@HOST:PORT or mqtts://USER:PASSWORD@HOST:PORT, \
         the latter with ?ca=FILE for certificates of your own",
    )
}

/// Those of the file of the setting, or of the system's.
fn certificates(own: Option<&str>) -> Result<Arc<ClientConfig>, Mistake> {
    let found = match own {
        Some(file) => fs::read(file).ok(),
        None => BELIEVED.iter().find_map(|file| fs::read(file).ok()),
    };
    found.and_then(|pem| trust::client(&pem, own.is_some()).ok()).ok_or_else(|| {
        let file = own.unwrap_or("of the system (install ca-certificates, or name a file with ?ca=FILE)");
        Mistake::new(format!("mqtt_url is not right: there are no certificates in the file {file}"))
    })
}

/// A name or a password without the escapes of an address: `p%40ss` is `p@ss`.
fn plain(escaped: &str) -> String {
    let field = escaped.replace('+', "%2B").replace('&', "%26").replace('=', "%3D");
    form_urlencoded::parse(field.as_bytes()).map(|(name, _)| name.into_owned()).next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use secrecy::ExposeSecret;

    use super::Broker;

    #[rstest]
    #[case("mqtt://broker", "broker", 1883, None)]
    #[case("mqtt://lab:p%40ss+%26=@10.0.0.2:1884/", "10.0.0.2", 1884, Some(("lab", "p@ss+&=")))]
    fn an_address_is_read(
        #[case] url: &str,
        #[case] host: &str,
        #[case] port: u16,
        #[case] login: Option<(&str, &str)>,
    ) {
        let broker = Broker::from_url(url).unwrap();
        assert_eq!((broker.host.as_str(), broker.port), (host, port));
        let found = broker.login.as_ref().map(|(user, password)| (user.as_str(), password.expose_secret()));
        assert_eq!(found, login);
        assert!(broker.believed.is_none());
    }

    #[rstest]
    #[case("http://lab:sesame@broker")]
    #[case("broker:1883")]
    #[case("mqtt://lab:sesame@broker/topic")]
    #[case("mqtt://lab:sesame@broker?ca=/etc/hosts")]
    #[case("mqtts://lab:sesame@broker?ca=/nowhere")]
    #[case("mqtts://lab:sesame@broker?ca=/etc/hostname")]
    #[case("mqtts://lab:sesame@broker?tls=perhaps")]
    #[case("mqtt://")]
    fn a_wrong_address_is_one_sentence_without_the_password(#[case] url: &str) {
        let mistake = Broker::from_url(url).unwrap_err().to_string();
        assert!(mistake.starts_with("mqtt_url is not right: ") && !mistake.contains("sesame"), "{mistake}");
    }
}
