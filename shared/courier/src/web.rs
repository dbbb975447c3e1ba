//! What channels over HTTP have in common: whom a secret may be sent to, and what a call that failed leaves unknown.

use std::{error::Error, net::IpAddr};

use aws_smithy_runtime_api::client::{
    http::{HttpConnector, SharedHttpConnector},
    orchestrator::{HttpRequest, HttpResponse},
    result::ConnectorError,
};
use aws_smithy_types::{body::SdkBody, byte_stream::ByteStream};
use http::{Request, Uri};
use hyper_util::client::legacy;
use tokio::time::{Instant, timeout_at};

use crate::Refused;

/// The most bytes of an answer that are read; one has a hundred.
const LARGEST_ANSWER: usize = 64 * 1024;

/// Whether nobody but a server reads what is sent to its URL.
pub(crate) fn is_safe(url: &str) -> bool {
    let Ok(parsed) = url.parse::<Uri>() else {
        return false;
    };
    let host = parsed.host().unwrap_or_default();
    let address = host.trim_matches(['[', ']']).parse::<IpAddr>();
    let is_here = host == "localhost" || address.is_ok_and(|address| address.is_loopback());
    let is_private = match parsed.scheme_str() {
        Some("https") => !host.is_empty(),
        Some("http") => is_here,
        _ => false,
    };
    is_private && !url.contains(['@', '?', '#'])
}

/// Sends a request; the answer has only begun. No error says anything of the request, nor what the server says.
pub(crate) async fn call(
    connector: &SharedHttpConnector,
    request: http::Result<Request<SdkBody>>,
    end: Instant,
) -> Result<HttpResponse, Refused> {
    let request = request
        .ok()
        .and_then(|request| HttpRequest::try_from(request).ok());
    let request = request.ok_or_else(|| Refused::ForGood("the request cannot be made".to_owned()))?;
    match timeout_at(end, connector.call(request)).await {
        Ok(Ok(answer)) => Ok(answer),
        Ok(Err(error)) if is_unconnected(&error) => Err(Refused::Later("no connection".to_owned())),
        Ok(Err(_)) => Err(Refused::Unknown("connection lost".to_owned())),
        Err(_) => Err(Refused::Unknown("no answer in time".to_owned())),
    }
}

/// The whole of an answer, unless it breaks off, is too long, or takes too long.
pub(crate) async fn read(body: SdkBody, end: Instant) -> Option<Vec<u8>> {
    timeout_at(end, whole(body)).await.ok().flatten()
}

async fn whole(body: SdkBody) -> Option<Vec<u8>> {
    let (mut parts, mut whole) = (ByteStream::new(body), Vec::new());
    while let Some(part) = parts.next().await {
        whole.extend(part.ok()?);
        if whole.len() > LARGEST_ANSWER {
            return None;
        }
    }
    Some(whole)
}

/// Whether a call failed before there was a connection, so that the server cannot have the message.
fn is_unconnected(error: &ConnectorError) -> bool {
    let mut cause = error.source();
    while let Some(error) = cause {
        if error
            .downcast_ref::<legacy::Error>()
            .is_some_and(legacy::Error::is_connect)
        {
            return true;
        }
        cause = error.source();
    }
    false
}
