//! Which certificates of a broker are believed.

use std::sync::Arc;

use rumqttc::tokio_rustls::rustls::{
    ClientConfig, DigitallySignedStruct, Error, RootCertStore, SignatureScheme,
    client::{
        VerifierBuilderError, WebPkiServerVerifier,
        danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier},
    },
    pki_types::{CertificateDer, ServerName, UnixTime, pem::PemObject},
};

/// Believes brokers that one of the issuers vouches for, and the brokers whose own certificate is `named`.
///
/// A certificate signed with its own key, as `openssl req -x509` makes it, says that it may sign others; by the book
/// (RFC 5280, as webpki reads it) such a one is no certificate of a server. Where staff name that very file, it is
/// compared byte by byte instead: its names and its end decide nothing then, the key behind it does, as always.
#[derive(Debug)]
struct Trust {
    issuers: Arc<WebPkiServerVerifier>,
    named: Vec<CertificateDer<'static>>,
}

/// A client that believes the certificates of a PEM file; those of a file of one's `own` also as they are.
///
/// # Errors
/// When there is none in it.
pub(super) fn client(pem: &[u8], own: bool) -> Result<Arc<ClientConfig>, VerifierBuilderError> {
    let certificates: Vec<CertificateDer<'static>> =
        CertificateDer::pem_slice_iter(pem).filter_map(Result::ok).collect();
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(certificates.iter().cloned());
    let issuers = WebPkiServerVerifier::builder(Arc::new(roots)).build()?;
    let named = if own { certificates } else { Vec::new() };
    let trust = Trust { issuers, named };
    let client = ClientConfig::builder().dangerous().with_custom_certificate_verifier(Arc::new(trust));
    Ok(Arc::new(client.with_no_client_auth()))
}

impl ServerCertVerifier for Trust {
    fn verify_server_cert(
        &self,
        shown: &CertificateDer<'_>,
        between: &[CertificateDer<'_>],
        name: &ServerName<'_>,
        ocsp: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        if self.named.iter().any(|named| named == shown) {
            return Ok(ServerCertVerified::assertion());
        }
        self.issuers.verify_server_cert(shown, between, name, ocsp, now)
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        shown: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.issuers.verify_tls12_signature(message, shown, signed)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        shown: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.issuers.verify_tls13_signature(message, shown, signed)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.issuers.supported_verify_schemes()
    }
}
