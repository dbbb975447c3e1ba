use std::sync::Arc;

use aws_credential_types::Credentials;
use aws_sdk_dynamodb::config::{BehaviorVersion, Region};
use axum::{
    Router,
    body::{Body, Bytes},
    extract::{DefaultBodyLimit, Path, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
    routing::post,
    serve::ListenerExt,
};
use kabar_domain::World;
use kabar_kit::SystemWorld;
use kabar_store::Table;
use serde_json::{Value, json};
use tokio::{net::TcpListener, task::JoinHandle};

use super::{Engine, Meter, Queues, Ses, TABLES, Use};
use crate::failure::Result;

/// What signs access tokens.
pub(crate) const TOKEN_KEY: &str = "a-made-up-key-of-forty-two-characters--no-more";
/// A token that a bot could have, which is of another form.
const BOT_TOKEN: &str = "424242:a-made-up-token";

/// Who asks when the bench itself does.
const BENCH: &str = "bench";

/// What is behind AWS's address.
pub(crate) struct Outside {
    pub(crate) engine: Engine,
    pub(crate) queues: Queues,
    pub(crate) ses: Ses,
    pub(crate) meter: Meter,
}

/// AWS's services at one address, with a path for each caller, so that the meter knows whose request it counts.
pub(crate) struct Aws {
    pub(crate) outside: Arc<Outside>,
    address: String,
    server: JoinHandle<()>,
}

impl Aws {
    pub(crate) async fn start(queues: Queues, ses: Ses) -> Result<Self> {
        let outside = Arc::new(Outside {
            engine: Engine::start()?,
            queues,
            ses,
            meter: Meter::default(),
        });
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?.to_string();
        let router = Router::new()
            .route("/{caller}/", post(call))
            .route("/{caller}/v2/email/outbound-emails", post(send_email))
            .layer(DefaultBodyLimit::disable())
            .with_state(Arc::clone(&outside));
        let listener = listener.tap_io(|stream| drop(stream.set_nodelay(true)));
        let server = tokio::spawn(async { drop(axum::serve(listener, router).await) });
        Ok(Self {
            outside,
            address,
            server,
        })
    }

    /// Where people come, and where a check calls as devices do, who are not heard here.
    fn site(&self, function: &str) -> String {
        match function {
            "power-check" => format!("http://{}", self.address),
            _ => "https://kabar.example.com".to_owned(),
        }
    }

    /// The settings of a function here. `rate` is what its senders take for SES's.
    pub(crate) fn settings(&self, function: &str, rate: u32) -> Vec<(&'static str, String)> {
        let queue = |name: &str| format!("http://{}/queues/{name}", self.address);
        let mut settings = vec![
            ("AWS_ENDPOINT_URL", self.endpoint(function)),
            ("TOKEN_KEY_PARAMETER", "/kabar/token-key".to_owned()),
            ("LINK_KEY_PARAMETER", "/kabar/link-key".to_owned()),
            ("CONFIGURATION_SET", "kabar".to_owned()),
            (
                "FEEDBACK_TOPIC",
                "arn:aws:sns:eu-west-1:123456789012:kabar-feedback".to_owned(),
            ),
            ("BRAKE_MINIMUM", "1000".to_owned()),
            ("BRAKE_BOUNCE_PERCENT", "5".to_owned()),
            ("BRAKE_COMPLAINT_PERCENT", "0.1".to_owned()),
            ("PUBLIC_URL", self.site(function)),
            ("ACCESS_TOKEN_SECONDS", "10800".to_owned()),
            ("REFRESH_TOKEN_SECONDS", "86400".to_owned()),
            ("DISPATCH_QUEUE_URL", queue("dispatch")),
            ("URGENT_QUEUE_URL", queue("urgent")),
            ("BULK_QUEUE_URL", queue("bulk")),
            ("SMS_QUEUE_URL", queue("sms")),
            ("TELEGRAM_QUEUE_URL", queue("telegram")),
            ("REMOVAL_QUEUE_URL", queue("removal")),
            ("REMINDER_QUEUE_URL", queue("reminder")),
            ("FEEDBACK_QUEUE_URL", queue("feedback")),
            ("IMPORT_QUEUE_URL", queue("import")),
            ("IMPORT_DEAD_LETTERS_URL", queue("import-dead-letters")),
            ("IMPORT_BUCKET", "imports".to_owned()),
            ("URGENT_DEAD_LETTERS_URL", queue("urgent-dead-letters")),
            ("BULK_DEAD_LETTERS_URL", queue("bulk-dead-letters")),
            ("SMS_DEAD_LETTERS_URL", queue("sms-dead-letters")),
            ("TELEGRAM_DEAD_LETTERS_URL", queue("telegram-dead-letters")),
            ("DISPATCH_DEAD_LETTERS_URL", queue("dispatch-dead-letters")),
            ("FEEDBACK_DEAD_LETTERS_URL", queue("feedback-dead-letters")),
            ("REMINDER_DEAD_LETTERS_URL", queue("reminder-dead-letters")),
            ("REMOVAL_DEAD_LETTERS_URL", queue("removal-dead-letters")),
            ("SCHEDULE_DEAD_LETTERS_URL", queue("schedule-dead-letters")),
            ("REMINDER_LEAD", "PT2H".to_owned()),
            ("POSTER_BUCKET", "posters".to_owned()),
            ("MAIL_FROM", "Kabar <news@example.com>".to_owned()),
            ("SES_RATE", rate.to_string()),
            ("SMS_GATEWAY_URL", format!("http://{}/sms", self.address)),
            ("SMS_TOKEN_PARAMETER", "/kabar/sms-token".to_owned()),
            ("SMS_RATE", rate.to_string()),
            ("TELEGRAM_API_URL", format!("http://{}/telegram", self.address)),
            ("TELEGRAM_TOKEN_PARAMETER", "/kabar/telegram-token".to_owned()),
            ("TELEGRAM_RATE", rate.to_string()),
            ("TELEGRAM_BOT", "kabar_bench_bot".to_owned()),
            ("TELEGRAM_SECRET_PARAMETER", "/kabar/telegram-secret".to_owned()),
        ];
        settings.extend(TABLES.map(|(setting, table)| (setting, table.to_owned())));
        settings
    }

    fn endpoint(&self, caller: &str) -> String {
        format!("http://{}/{caller}", self.address)
    }

    /// A table, through the real client.
    pub(crate) fn table(&self, name: &str) -> Table {
        let config = aws_sdk_dynamodb::Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::new("eu-west-1"))
            .credentials_provider(Credentials::new("bench", "made-up", None, None, "bench"))
            .http_client(aws_smithy_http_client::Builder::new().build_http())
            .endpoint_url(self.endpoint(BENCH))
            .build();
        let world: Arc<dyn World> = Arc::new(SystemWorld);
        kabar_store::table(&aws_sdk_dynamodb::Client::from_conf(config), name, &world)
    }
}

impl Drop for Aws {
    fn drop(&mut self) {
        self.server.abort();
    }
}

async fn call(
    State(outside): State<Arc<Outside>>,
    Path(caller): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let target = headers
        .get("x-amz-target")
        .and_then(|target| target.to_str().ok())
        .unwrap_or_default();
    let (service, operation) = target.split_once('.').unwrap_or_default();
    let one = Use {
        requests: 1.0,
        ..Use::default()
    };
    let (status, body) = match service {
        "AmazonSQS" => {
            outside.meter.count(&caller, operation, one);
            match outside.queues.send(&body) {
                Ok(body) => (200, body),
                Err(error) => (400, error.to_string().into_bytes()),
            }
        }
        "AmazonSSM" => {
            outside.meter.count(&caller, operation, one);
            let asked: Value = serde_json::from_slice(&body).unwrap_or_default();
            let parameter = |name: &Value| {
                let value = match name.as_str() {
                    Some("/kabar/telegram-token") => BOT_TOKEN,
                    _ => TOKEN_KEY,
                };
                json!({ "Name": name, "Value": value })
            };
            let answer = match asked["Names"].as_array() {
                Some(names) => json!({ "Parameters": names.iter().map(parameter).collect::<Vec<_>>() }),
                None => json!({ "Parameter": parameter(&asked["Name"]) }),
            };
            (200, answer.to_string().into_bytes())
        }
        _ => {
            let (answer, used) = outside.engine.call(operation, &body);
            outside.meter.count(&caller, operation, used);
            answer
        }
    };
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    (
        status,
        [("content-type", "application/x-amz-json-1.0")],
        Body::from(body),
    )
        .into_response()
}

async fn send_email(State(outside): State<Arc<Outside>>, Path(caller): Path<String>, _: Bytes) -> Response {
    outside.meter.count(
        &caller,
        "SendEmail",
        Use {
            requests: 1.0,
            ..Use::default()
        },
    );
    outside.ses.send()
}
