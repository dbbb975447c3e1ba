use std::time::Duration;

use aws_smithy_async::rt::sleep::TokioSleep;
use aws_smithy_http_client::{
    Connector,
    tls::{Provider, rustls_provider::CryptoMode},
};
use aws_smithy_runtime_api::client::http::{HttpConnectorSettings, SharedHttpConnector};

/// A server may be on another continent, and its name has to be found first.
const LONGEST_CONNECT: Duration = Duration::from_secs(3);
/// A function sleeps between its invocations and does not see a server hang up: what is sent on such a connection may be
/// lost, and nobody knows. Within an invocation a connection is never idle for so long.
const LONGEST_IDLE: Duration = Duration::from_secs(5);

/// A way to the server of a URL, which is not one of AWS's: by the HTTP client and the TLS that the SDKs bring. It follows
/// no redirects and knows no proxies.
///
/// Whom it believes is the machine's to say: `SSL_CERT_FILE`, or the roots that came with it. Reading them takes two
/// milliseconds, so it is done at start, and only for `https`.
#[must_use]
pub fn web(url: &str) -> SharedHttpConnector {
    let settings = HttpConnectorSettings::builder()
        .connect_timeout(LONGEST_CONNECT)
        .build();
    let connector = Connector::builder()
        .connector_settings(settings)
        .sleep_impl(TokioSleep::new())
        .pool_idle_timeout(LONGEST_IDLE);
    SharedHttpConnector::new(if url.starts_with("http:") {
        connector.build_http()
    } else {
        connector
            .tls_provider(Provider::Rustls(CryptoMode::AwsLc))
            .build()
    })
}
