use std::time::Duration;

use aws_credential_types::{Credentials, provider::SharedCredentialsProvider};
use aws_sdk_s3::config::{RequestChecksumCalculation, ResponseChecksumValidation};
use aws_smithy_async::{rt::sleep::TokioSleep, time::SystemTimeSource};
use aws_smithy_http_client::{
    Builder,
    tls::{Provider, TlsContext, TrustStore, rustls_provider::CryptoMode},
};
use aws_smithy_runtime_api::client::http::{HttpClient, SharedHttpClient, http_client_fn};
use aws_smithy_types::{retry::RetryConfig, timeout::TimeoutConfig};
use aws_types::{SdkConfig, region::Region, sdk_config::SharedAsyncSleep};

use crate::Env;

/// The roots that the certificates of AWS's services lead to (Amazon Trust Services), so that no start has to read
/// the machine's hundred and fifty others.
const ROOTS: &[u8] = include_bytes!("amazon-roots.pem");

/// A connection within a region takes a few milliseconds.
const LONGEST_CONNECT: Duration = Duration::from_secs(1);
/// `DynamoDB` and SQS answer in milliseconds; one that has not by now is tried again on another connection.
const LONGEST_TRY: Duration = Duration::from_secs(3);

/// The means to make clients of AWS's services: each function makes only those it needs.
///
/// Configured by hand rather than by `aws-config`: a function's region and credentials are always in its environment,
/// and the chain of other places to look (profiles, SSO, STS, instance metadata) costs size and start-up time.
#[derive(Clone, Debug)]
pub struct Aws {
    shared: SdkConfig,
    credentials: SharedCredentialsProvider,
    endpoints: [(&'static str, Option<String>); 5],
}

impl Aws {
    /// Reads region, credentials and endpoints from the environment, by the names that AWS gives them.
    pub fn new(env: &mut Env) -> Self {
        let credentials = Credentials::new(
            env.text("AWS_ACCESS_KEY_ID"),
            env.text("AWS_SECRET_ACCESS_KEY"),
            env.optional("AWS_SESSION_TOKEN"),
            None,
            "environment",
        );
        let credentials = SharedCredentialsProvider::new(credentials);
        let tls = TlsContext::builder()
            .with_trust_store(
                TrustStore::empty()
                    .with_native_roots(false)
                    .with_pem_certificate(ROOTS),
            )
            .build();
        let mut http = Builder::new().tls_provider(Provider::Rustls(CryptoMode::AwsLc));
        match tls {
            Ok(tls) => http = http.tls_context(tls),
            Err(error) => env.problem("TLS", error),
        }
        let timeouts = TimeoutConfig::builder()
            .connect_timeout(LONGEST_CONNECT)
            .operation_attempt_timeout(LONGEST_TRY)
            .build();
        let shared = SdkConfig::builder()
            .region(Region::new(env.text("AWS_REGION")))
            .credentials_provider(credentials.clone())
            .http_client(as_needed(http.build_https()))
            .sleep_impl(SharedAsyncSleep::new(TokioSleep::new()))
            .time_source(SystemTimeSource::new())
            .retry_config(RetryConfig::standard())
            .timeout_config(timeouts)
            .build();
        let everywhere = env.optional("AWS_ENDPOINT_URL");
        let endpoints = ["DYNAMODB", "S3", "SESV2", "SQS", "SSM"].map(|service| {
            let own = env.optional(&format!("AWS_ENDPOINT_URL_{service}"));
            (service, own.or_else(|| everywhere.clone()))
        });
        Self {
            shared,
            credentials,
            endpoints,
        }
    }

    fn config(&self, service: &str) -> SdkConfig {
        let endpoint = self
            .endpoints
            .iter()
            .find(|(name, _)| *name == service)
            .and_then(|(_, url)| url.clone());
        let mut config = self.shared.to_builder();
        config.set_endpoint_url(endpoint);
        config.build()
    }

    /// By which AWS knows us.
    #[must_use]
    pub fn credentials(&self) -> SharedCredentialsProvider {
        self.credentials.clone()
    }

    /// Where we are.
    #[must_use]
    pub fn region(&self) -> &str {
        self.shared.region().map(Region::as_ref).unwrap_or_default()
    }

    /// A client of `DynamoDB`.
    #[must_use]
    pub fn dynamodb(&self) -> aws_sdk_dynamodb::Client {
        aws_sdk_dynamodb::Client::new(&self.config("DYNAMODB"))
    }

    /// Makes a client of S3.
    ///
    /// Where there is an endpoint, the bucket goes into the path, for an emulator has no host name per bucket.
    /// Checksums only where S3 demands them: a link that is signed with one binds whoever opens it to send its header,
    /// which browsers do not.
    pub fn s3(&self) -> impl FnOnce() -> aws_sdk_s3::Client + Send + use<> {
        let shared = self.config("S3");
        // To an endpoint with a path the SDK adds the bucket without a slash between the two.
        let endpoint = shared
            .endpoint_url()
            .map(|url| format!("{}/", url.trim_end_matches('/')));
        let mut config = aws_sdk_s3::config::Builder::from(&shared)
            .force_path_style(endpoint.is_some())
            .request_checksum_calculation(RequestChecksumCalculation::WhenRequired)
            .response_checksum_validation(ResponseChecksumValidation::WhenRequired);
        config.set_endpoint_url(endpoint);
        move || aws_sdk_s3::Client::from_conf(config.build())
    }

    /// The configuration of a client of SES.
    #[must_use]
    pub fn ses(&self) -> aws_sdk_sesv2::Config {
        aws_sdk_sesv2::Config::new(&self.config("SESV2"))
    }

    /// Makes a client of SQS.
    pub fn sqs(&self) -> impl FnOnce() -> aws_sdk_sqs::Client + Send + use<> {
        let config = self.config("SQS");
        move || aws_sdk_sqs::Client::new(&config)
    }

    /// A client of the SSM parameter store.
    #[must_use]
    pub fn ssm(&self) -> aws_sdk_ssm::Client {
        aws_sdk_ssm::Client::new(&self.config("SSM"))
    }
}

/// The same, without the connector that would be made for each client only to see whether it can be: it reads the roots
/// once more, a tenth of the instructions of a start.
fn as_needed(client: SharedHttpClient) -> SharedHttpClient {
    http_client_fn(move |settings, components| client.http_connector(settings, components))
}

#[cfg(test)]
mod tests {
    use aws_sdk_s3::presigning::PresigningConfig;

    use super::*;

    fn on_aws(name: &str) -> Option<String> {
        match name {
            "AWS_REGION" => Some("eu-west-1".to_owned()),
            "AWS_ACCESS_KEY_ID" | "AWS_SECRET_ACCESS_KEY" => Some("made-up".to_owned()),
            _ => None,
        }
    }

    fn at_home(name: &str) -> Option<String> {
        match name {
            "AWS_ENDPOINT_URL" => Some("http://localhost:1".to_owned()),
            "AWS_ENDPOINT_URL_S3" => Some("http://localhost:8000/_local/aws/s3".to_owned()),
            _ => on_aws(name),
        }
    }

    async fn link(environment: fn(&str) -> Option<String>) -> String {
        let mut env = Env::of(environment);
        let client = Aws::new(&mut env).s3()();
        env.complete().unwrap();
        let hour = PresigningConfig::expires_in(Duration::from_hours(1)).unwrap();
        let object = client.get_object().bucket("posters").key("a/b");
        object.presigned(hour).await.unwrap().uri().to_owned()
    }

    #[tokio::test]
    async fn a_link_to_an_object_opens_in_a_browser() {
        let link = link(on_aws).await;
        assert!(
            link.starts_with("https://posters.s3.eu-west-1.amazonaws.com/a/b?"),
            "{link}"
        );
        assert!(link.contains("X-Amz-Expires=3600"), "{link}");
        assert!(
            link.contains("X-Amz-SignedHeaders=host&"),
            "it needs headers: {link}"
        );
        assert!(!link.contains("checksum"), "{link}");
    }

    #[tokio::test]
    async fn at_an_endpoint_the_bucket_is_in_the_path() {
        let link = link(at_home).await;
        assert!(
            link.starts_with("http://localhost:8000/_local/aws/s3/posters/a/b?"),
            "{link}"
        );
    }
}
