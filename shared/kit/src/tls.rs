use std::sync::Arc;

use tokio_rustls::rustls::{
    ClientConfig, RootCertStore, client::Resumption, crypto::aws_lc_rs::default_provider,
};

/// TLS to servers that nobody here has chosen, each of which has to prove its name anew with every connection.
///
/// Whom it believes is the machine's to say: `SSL_CERT_FILE`, or the roots that came with it. Reading them takes two
/// milliseconds.
#[must_use]
pub fn tls() -> Arc<ClientConfig> {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    let mut config = ClientConfig::builder_with_provider(default_provider().into())
        .with_safe_default_protocol_versions()
        .unwrap_or_else(|_| unreachable!("the provider knows every usual version"))
        .with_root_certificates(roots)
        .with_no_client_auth();
    config.resumption = Resumption::disabled();
    config.into()
}
