//! What a deploy uploads first: the shim and the template itself.

use crate::cloud::Cloud;
use crate::error::Result;

use super::shim::Shim;
use super::template::Template;
use super::zip;

const CODE_BUCKET: &str = "kabar-local-code";
const TEMPLATE_BUCKET: &str = "kabar-local-template";

/// Uploads the shim and lets every function of the template be it.
pub(super) async fn upload_shim(cloud: &Cloud, shim: &Shim, template: &mut Template) -> Result<()> {
    let archive = zip::of_one_program("bootstrap", shim.script().as_bytes());
    cloud.put_object(CODE_BUCKET, "shim.zip", archive).await?;
    template.take_code_from(CODE_BUCKET, "shim.zip");
    Ok(())
}

/// Uploads the template, which is too long to be part of a call; returns its address.
pub(super) async fn upload_template(cloud: &Cloud, template: &Template) -> Result<String> {
    cloud
        .put_object(TEMPLATE_BUCKET, "template.json", template.text().into_bytes())
        .await?;
    Ok(format!("{}/{TEMPLATE_BUCKET}/template.json", cloud.url()))
}
