use std::{sync::Arc, time::Duration};

use aws_credential_types::provider::{ProvideCredentials, SharedCredentialsProvider};
use aws_sdk_s3::presigning::PresigningConfig;
use aws_sigv4::sign::v4::{calculate_signature, generate_signing_key};
use base64::{Engine, prelude::BASE64_STANDARD as BASE64};
use jiff::{SignedDuration, Timestamp};
use kabar_domain::{World, ids::ImportId};
use serde_json::json;

use crate::{
    bucket::{BucketError, failed},
    import_bucket::{ImportBucket, object},
};

/// For how long a form is taken: long enough to look for a file, too short to be a place to leave things.
const FORM_LIVES: SignedDuration = SignedDuration::from_mins(15);

/// Makes forms by which people put a file into the bucket of imports themselves: S3's own POST, for unlike a link to PUT
/// to, its policy bounds the size of what is sent before anybody knows it.
#[derive(Clone)]
pub struct UploadForms {
    /// Where files go.
    pub bucket: ImportBucket,
    /// Whose right to write there a form lends.
    pub credentials: SharedCredentialsProvider,
    /// Where the bucket is.
    pub region: String,
    /// The clock by which forms end.
    pub world: Arc<dyn World>,
}

/// A form: where to send it as multipart/form-data, with which fields, before the file in a field `file`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UploadForm {
    /// Where to.
    pub url: String,
    /// Its fields, which have to be sent as they are.
    pub fields: Vec<(&'static str, String)>,
    /// Until when it is taken.
    pub expires_at: Timestamp,
}

impl UploadForms {
    /// A form for the file of an import, of at most so many bytes.
    ///
    /// # Errors
    /// When it could not be signed.
    pub async fn form(&self, import: ImportId, most: u64) -> Result<UploadForm, BucketError> {
        let unsigned = |source| BucketError {
            operation: "a form",
            source,
        };
        let credentials = self.credentials.provide_credentials().await;
        let credentials = credentials.map_err(|error| unsigned(Box::new(error)))?;
        let now = self.world.now();
        let expires_at = now + FORM_LIVES;
        let day = now.strftime("%Y%m%d");
        let credential = format!(
            "{}/{day}/{}/s3/aws4_request",
            credentials.access_key_id(),
            self.region
        );
        let mut fields = vec![
            ("key", object(import)),
            ("Content-Type", "text/csv".to_owned()),
            ("x-amz-algorithm", "AWS4-HMAC-SHA256".to_owned()),
            ("x-amz-credential", credential),
            ("x-amz-date", now.strftime("%Y%m%dT%H%M%SZ").to_string()),
        ];
        if let Some(token) = credentials.session_token() {
            fields.push(("x-amz-security-token", token.to_owned()));
        }
        let conditions = fields.iter().map(|(name, value)| json!({ *name: value }));
        let also = [
            json!({ "bucket": self.bucket.name }),
            json!(["content-length-range", 1, most]),
        ];
        let policy = json!({
            "expiration": expires_at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
            "conditions": conditions.chain(also).collect::<Vec<_>>(),
        });
        let policy = BASE64.encode(policy.to_string());
        let key = generate_signing_key(credentials.secret_access_key(), now.into(), &self.region, "s3");
        let signature = calculate_signature(key, policy.as_bytes());
        fields.extend([("policy", policy), ("x-amz-signature", signature)]);
        Ok(UploadForm {
            url: self.url(import).await?,
            fields,
            expires_at,
        })
    }

    /// The bucket's own URL: what comes before the object in a link, which the SDK makes for where the bucket is.
    async fn url(&self, import: ImportId) -> Result<String, BucketError> {
        let signing = PresigningConfig::expires_in(Duration::from_mins(1)).map_err(|source| BucketError {
            operation: "a form",
            source: Box::new(source),
        })?;
        let key = object(import);
        let put = self
            .bucket
            .client
            .put_object()
            .bucket(&self.bucket.name)
            .key(&key);
        let link = put.presigned(signing).await.map_err(failed("a form"))?;
        let before = link.uri().split(&key).next().unwrap_or_default();
        Ok(before.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use aws_credential_types::Credentials;
    use aws_sdk_s3::config::{BehaviorVersion, Region};

    use super::*;

    struct Still;
    impl World for Still {
        fn now(&self) -> Timestamp {
            "2026-11-21T10:00:00Z".parse().unwrap()
        }
        fn fill_random(&self, bytes: &mut [u8]) {
            bytes.fill(0);
        }
    }

    #[tokio::test]
    async fn a_form_bounds_place_type_size_and_time_and_its_signature_is_that_of_the_policy() {
        let credentials = Credentials::new("AKIAIOSFODNN7EXAMPLE", "made-up secret", None, None, "tests");
        let config = aws_sdk_s3::Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::new("eu-west-1"))
            .credentials_provider(credentials.clone())
            .build();
        let forms = UploadForms {
            bucket: ImportBucket {
                client: aws_sdk_s3::Client::from_conf(config).into(),
                name: "kabar-imports".to_owned(),
            },
            credentials: SharedCredentialsProvider::new(credentials),
            region: "eu-west-1".to_owned(),
            world: Arc::new(Still),
        };
        let import = ImportId::parse("01990000-0000-7000-8000-000000000006").unwrap();
        let form = forms.form(import, 1_000).await.unwrap();
        assert_eq!(form.url, "https://kabar-imports.s3.eu-west-1.amazonaws.com/");
        let field = |wanted| {
            form.fields
                .iter()
                .find(|(name, _)| *name == wanted)
                .unwrap()
                .1
                .clone()
        };
        let policy = BASE64.decode(field("policy")).unwrap();
        assert_eq!(String::from_utf8(policy).unwrap(), POLICY);
        // By Python: hmac.new(key, base64.b64encode(POLICY), sha256), with the key of the AWS documentation's four steps.
        assert_eq!(field("x-amz-signature"), SIGNATURE);
    }

    const POLICY: &str = concat!(
        r#"{"conditions":[{"key":"imports/01990000-0000-7000-8000-000000000006"},{"Content-Type":"text/csv"},"#,
        r#"{"x-amz-algorithm":"AWS4-HMAC-SHA256"},"#,
        r#"{"x-amz-credential":"AKIAIOSFODNN7EXAMPLE/20261121/eu-west-1/s3/aws4_request"},"#,
        r#"{"x-amz-date":"20261121T100000Z"},{"bucket":"kabar-imports"},["content-length-range",1,1000]],"#,
        r#""expiration":"2026-11-21T10:15:00Z"}"#
    );
    const SIGNATURE: &str = "bacdf9db1a8911f0604028de5d2b06fc768dfe8fb0ef9c8853e20897492dcf78";
}
