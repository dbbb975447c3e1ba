//! Deploys the real `template.yaml` into the emulated cloud.

mod package;
mod resources;
mod shim;
mod template;
mod zip;

use std::time::Duration;

use serde_json::json;

use crate::cloud::{Cloud, xml_texts};
use crate::error::{Error, Result};
use crate::outside;
use crate::secrets::Secrets;
use crate::settings::{STACK, Settings};

pub(crate) use resources::Deployed;
pub(crate) use shim::{Shim, Target};
pub(crate) use template::Template;

const POLL: Duration = Duration::from_millis(50);
/// A deploy takes a second or two; this is for a machine under load.
const PATIENCE: Duration = Duration::from_secs(120);

/// Parameters of the template that name a key: of access tokens, and of links in mails. A fresh one per stack.
const KEYS: [&str; 2] = ["TokenKeyParameter", "LinkKeyParameter"];

/// Uploads the shim, creates the stack and waits for it.
pub(crate) async fn deploy(
    cloud: &Cloud,
    mut template: Template,
    shim: &Shim,
    parameters: &Settings,
    secrets: &Secrets,
) -> Result<Deployed> {
    let parameters = template.check_parameters(parameters)?;
    for parameter in KEYS {
        put_secret(cloud, &template, &parameters, parameter, outside::random_hex(32)?).await?;
    }
    for (parameter, value) in secrets.by_parameter() {
        put_secret(cloud, &template, &parameters, parameter, value.to_owned()).await?;
    }
    package::upload_shim(cloud, shim, &mut template).await?;
    let location = package::upload_template(cloud, &template).await?;
    create_stack(cloud, location, &parameters).await?;
    resources::read(cloud).await
}

/// A secret must be there before a function starts.
async fn put_secret(
    cloud: &Cloud,
    template: &Template,
    parameters: &Settings,
    parameter: &str,
    value: String,
) -> Result<()> {
    let chosen = parameters
        .iter()
        .find(|(name, _)| name == parameter)
        .map(|(_, value)| value.clone());
    let name = chosen.or_else(|| template.parameter_default(parameter));
    // A template that does not name it does not need it.
    let Some(name) = name else {
        return Ok(());
    };
    let body = json!({"Name": name, "Type": "SecureString", "Value": value});
    cloud
        .json("ssm", "AmazonSSM.PutParameter", &body)
        .await
        .map(|_| ())
}

async fn create_stack(cloud: &Cloud, location: String, parameters: &Settings) -> Result<()> {
    let mut call = vec![
        ("StackName".to_owned(), STACK.to_owned()),
        ("TemplateURL".to_owned(), location),
        (
            "Capabilities.member.1".to_owned(),
            "CAPABILITY_NAMED_IAM".to_owned(),
        ),
        (
            "Capabilities.member.2".to_owned(),
            "CAPABILITY_AUTO_EXPAND".to_owned(),
        ),
    ];
    for (number, (name, value)) in (1..).zip(parameters) {
        call.push((format!("Parameters.member.{number}.ParameterKey"), name.clone()));
        call.push((
            format!("Parameters.member.{number}.ParameterValue"),
            value.clone(),
        ));
    }
    cloud.cloudformation("CreateStack", &call).await?;
    match tokio::time::timeout(PATIENCE, until_created(cloud)).await {
        Ok(result) => result,
        Err(_) => Err(Error::new(
            "The deploy of template.yaml did not finish within two minutes.",
        )),
    }
}

async fn until_created(cloud: &Cloud) -> Result<()> {
    loop {
        let answer = cloud.cloudformation("DescribeStacks", &stack_name()).await?;
        match xml_texts(&answer, "StackStatus").first().map(String::as_str) {
            Some("CREATE_COMPLETE") => return Ok(()),
            Some(status) if status.contains("FAILED") || status.contains("ROLLBACK") => break,
            _ => tokio::time::sleep(POLL).await,
        }
    }
    let events = cloud.cloudformation("DescribeStackEvents", &stack_name()).await?;
    let reasons = xml_texts(&events, "member").into_iter().filter_map(|event| {
        let one = |element| xml_texts(&event, element).into_iter().next();
        let failed = one("ResourceStatus")?.contains("FAILED");
        failed.then(|| {
            format!(
                "{}: {}",
                one("LogicalResourceId").unwrap_or_default(),
                one("ResourceStatusReason").unwrap_or_default()
            )
        })
    });
    let reasons: Vec<String> = reasons.collect();
    Err(Error::new(format!(
        "template.yaml could not be deployed: {}",
        reasons.join("; ")
    )))
}

fn stack_name() -> Vec<(String, String)> {
    vec![("StackName".to_owned(), STACK.to_owned())]
}
