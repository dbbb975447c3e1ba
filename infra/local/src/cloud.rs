//! Calls to the emulated services, in AWS's two wire forms. The emulator wants a credential, not a signature.

use std::time::Duration;

use reqwest::{Client, RequestBuilder, Response};
use serde_json::Value;

use crate::error::{Error, Explain, Result};
use crate::settings::{ACCESS_KEY, REGION};

/// Longer than any function may run.
const INVOCATION: Duration = Duration::from_secs(900);

/// The emulator drops a connection that nobody used for 75 seconds; writing into one it has dropped fails.
pub(crate) const IDLE: Duration = Duration::from_secs(30);

/// A client of one emulator.
#[derive(Clone, Debug)]
pub(crate) struct Cloud {
    http: Client,
    url: String,
}

/// What a function said.
pub(crate) enum Invoked {
    /// Its answer.
    Answer(Value),
    /// Its error document.
    Failed(Value),
}

impl Cloud {
    pub(crate) fn new(url: &str) -> Result<Self> {
        // Nothing here is beyond a proxy, and a connection is dropped before the emulator drops it.
        let http = Client::builder().no_proxy().pool_idle_timeout(IDLE).build();
        let http = http.explain(|| "Cannot make an HTTP client".to_owned())?;
        Ok(Self {
            http,
            url: url.to_owned(),
        })
    }

    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// A call of the JSON protocol; `target` is the API's prefix with the operation.
    pub(crate) async fn json(&self, service: &str, target: &str, body: &Value) -> Result<Value> {
        let request = self.http.post(&self.url).header("x-amz-target", target);
        let request = request
            .header("content-type", "application/x-amz-json-1.1")
            .body(body.to_string());
        let answer = text(self.signed(service, request), target).await?;
        serde_json::from_str(&answer).explain(|| format!("{target} answered no JSON"))
    }

    /// A call of CloudFormation; the answer is XML.
    pub(crate) async fn cloudformation(
        &self,
        action: &str,
        parameters: &[(String, String)],
    ) -> Result<String> {
        self.form("cloudformation", "2010-05-15", action, parameters)
            .await
    }

    /// Publishes to a topic of SNS.
    pub(crate) async fn publish(&self, topic: &str, message: String) -> Result<()> {
        let parameters = [
            ("TopicArn".to_owned(), topic.to_owned()),
            ("Message".to_owned(), message),
        ];
        let published = self.form("sns", "2010-03-31", "Publish", &parameters);
        published.await.map(drop)
    }

    /// A call of the form protocol, by which the API's version is said with each call.
    async fn form(
        &self,
        service: &str,
        version: &str,
        action: &str,
        parameters: &[(String, String)],
    ) -> Result<String> {
        let mut form = format!("Action={action}&Version={version}");
        for (name, value) in parameters {
            form.push_str(&format!("&{}={}", encode(name), encode(value)));
        }
        let request = self
            .http
            .post(&self.url)
            .header("content-type", "application/x-www-form-urlencoded")
            .body(form);
        text(self.signed(service, request), action).await
    }

    /// Puts one object into a bucket that is made for it.
    pub(crate) async fn put_object(&self, bucket: &str, key: &str, content: Vec<u8>) -> Result<()> {
        let location = format!(
            "<CreateBucketConfiguration><LocationConstraint>{REGION}</LocationConstraint></CreateBucketConfiguration>"
        );
        let make = self.http.put(format!("{}/{bucket}", self.url)).body(location);
        text(self.signed("s3", make), "CreateBucket").await?;
        let put = self
            .http
            .put(format!("{}/{bucket}/{key}", self.url))
            .body(content);
        text(self.signed("s3", put), "PutObject").await.map(|_| ())
    }

    /// Runs a function and waits for its answer.
    pub(crate) async fn invoke(&self, function: &str, payload: &Value) -> Result<Invoked> {
        let url = format!("{}/2015-03-31/functions/{function}/invocations", self.url);
        let request = self.http.post(url).timeout(INVOCATION).body(payload.to_string());
        let response = send(self.signed("lambda", request), "Invoke").await?;
        let failed = response.headers().contains_key("x-amz-function-error");
        let answer = response
            .text()
            .await
            .explain(|| "Invoke did not finish".to_owned())?;
        // A function that answers nothing answers null.
        let answer = serde_json::from_str(&answer).unwrap_or(Value::String(answer));
        Ok(if failed {
            Invoked::Failed(answer)
        } else {
            Invoked::Answer(answer)
        })
    }

    /// A function's settings as deployed.
    pub(crate) async fn function_settings(&self, function: &str) -> Result<Value> {
        let request = self.http.get(format!(
            "{}/2015-03-31/functions/{function}/configuration",
            self.url
        ));
        let answer = text(self.signed("lambda", request), "GetFunctionConfiguration").await?;
        let answer: Value = serde_json::from_str(&answer).explain(|| "Lambda answered no JSON".to_owned())?;
        Ok(answer["Environment"]["Variables"].clone())
    }

    fn signed(&self, service: &str, request: RequestBuilder) -> RequestBuilder {
        let scope = format!("{ACCESS_KEY}/20260101/{REGION}/{service}/aws4_request");
        request.header(
            "authorization",
            format!("AWS4-HMAC-SHA256 Credential={scope}, SignedHeaders=host, Signature=local"),
        )
    }
}

async fn send(request: RequestBuilder, what: &str) -> Result<Response> {
    let response = request
        .send()
        .await
        .explain(|| format!("{what} did not reach the emulated cloud"))?;
    if response.status().is_success() {
        return Ok(response);
    }
    let status = response.status();
    let said = response.text().await.unwrap_or_default();
    let message = xml_texts(&said, "Message").into_iter().next().unwrap_or(said);
    Err(Error::new(format!("{what} was refused ({status}): {message}")))
}

async fn text(request: RequestBuilder, what: &str) -> Result<String> {
    send(request, what)
        .await?
        .text()
        .await
        .explain(|| format!("{what} broke off"))
}

/// Percent-encoding of everything that is not plainly safe.
fn encode(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    text.bytes()
        .map(|byte| {
            if plain(byte) {
                (byte as char).to_string()
            } else {
                format!("%{byte:02X}")
            }
        })
        .collect()
}

/// The texts of all elements of that name, in order. Enough for answers whose shape is known.
pub(crate) fn xml_texts(xml: &str, element: &str) -> Vec<String> {
    let (open, close) = (format!("<{element}>"), format!("</{element}>"));
    let inside = xml
        .split(open.as_str())
        .skip(1)
        .filter_map(|part| part.split_once(&close));
    inside.map(|(text, _)| unescape(text)).collect()
}

fn unescape(text: &str) -> String {
    let known = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&apos;", "'"),
        ("&amp;", "&"),
    ];
    known.iter().fold(text.to_owned(), |text, (entity, letter)| {
        text.replace(entity, letter)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_are_read_in_order_and_unescaped() {
        let xml = "<m><Id>a &amp; b</Id></m><m><Id>c</Id><Identity>d</Identity></m>";
        assert_eq!(xml_texts(xml, "Id"), ["a & b", "c"]);
        assert!(xml_texts(xml, "Name").is_empty());
    }

    #[test]
    fn form_values_are_encoded() {
        assert_eq!(encode("a b&c=ü~"), "a%20b%26c%3D%C3%BC~");
    }
}
