use std::{path::PathBuf, process::Stdio};

use kabar_domain::{World, Zone, ids::RegionId, power::Region};
use kabar_kit::SystemWorld;
use kabar_store::power::Grid;
use serde_json::json;
use tokio::process::Command;

use crate::{
    build,
    failure::{Failure, Result},
    platform::Aws,
};

const SAMPLE_REGION: &str = "01990000-0000-7000-8000-000000000001";

/// A program to start, and what to ask it.
pub(crate) struct Subject {
    pub(super) name: &'static str,
    pub(super) program: PathBuf,
    pub(super) event: Vec<u8>,
    /// What its answer must contain.
    pub(super) answer: &'static str,
    /// An event after which its memory is looked at once more.
    pub(super) login: Option<&'static str>,
    /// Bytes, as they are and zipped.
    pub(super) size: (f64, f64),
}

/// The two to compare with, then the functions; the first so many of them.
pub(super) async fn first(count: usize, aws: &Aws) -> Result<Vec<Subject>> {
    let now = SystemWorld.now();
    let zone = Zone::parse("Asia/Jakarta").map_err(|_| Failure::from("no zone"))?;
    let id = RegionId::parse(SAMPLE_REGION).ok_or("no region")?;
    Grid::from(aws.table("power"))
        .add_region(&Region::new(id, "Bandung".to_owned(), zone, None, now))
        .await?;

    // Nothing is due now, and the pages of the samples are not there: what is left is the function's own way through.
    let schedule = json!({ "time": now }).to_string().into_bytes();
    let page = include_bytes!("../../../../events/sqs-email-sender.json").to_vec();
    let chats = include_bytes!("../../../../events/sqs-telegram-sender.json").to_vec();
    let texts = include_bytes!("../../../../events/sqs-sms-sender.json").to_vec();
    let import = include_bytes!("../../../../events/sqs-client-import.json").to_vec();
    let removal = include_bytes!("../../../../events/sqs-removal-sweep.json").to_vec();
    // It names a message that is not there either, and is refused.
    let feedback = include_bytes!("../../../../events/sqs-mail-feedback.json").to_vec();
    let status = include_bytes!("../../../../events/console-get-region.json").to_vec();
    let get = include_bytes!("../../../../events/api-get-region.json").to_vec();
    let login = include_str!("../../../../events/api-login.json");
    let subjects = [
        ("hello", schedule.clone(), "time", None),
        ("hello-table", schedule.clone(), "time", None),
        ("api", get, "\"statusCode\":200", Some(login)),
        ("console", status, "\"statusCode\":200", None),
        ("power-check", schedule.clone(), "\"regions\":0", None),
        ("mailing-dispatch", schedule.clone(), "\"notices\":0", None),
        ("reminder-sweep", schedule, "\"events\":0", None),
        ("removal-sweep", removal, "\"batchItemFailures\":[]", None),
        ("client-import", import, "\"batchItemFailures\":[]", None),
        ("email-sender", page, "\"batchItemFailures\":[]", None),
        ("telegram-sender", chats, "\"batchItemFailures\":[]", None),
        ("sms-sender", texts, "\"batchItemFailures\":[]", None),
        ("mail-feedback", feedback, "\"batchItemFailures\":[]", None),
    ];
    let mut all = Vec::new();
    for (name, event, answer, login) in subjects.into_iter().take(count) {
        let program = build::program(name)?;
        let size = (std::fs::metadata(&program)?.len() as f64, zipped(&program).await?);
        all.push(Subject {
            name,
            program,
            event,
            answer,
            login,
            size,
        });
    }
    Ok(all)
}

/// The size in a zip archive, which compresses as gzip does.
async fn zipped(program: &PathBuf) -> Result<f64> {
    let output = Command::new("gzip")
        .arg("-9c")
        .arg(program)
        .stderr(Stdio::inherit())
        .output()
        .await?;
    Ok(output.stdout.len() as f64)
}
