//! The template as data: read once through SAM's own YAML reader, changed only in where the code is.

use std::path::Path;

use serde_json::{Value, json};
use tokio::process::Command;

use crate::error::{Error, Explain, Result};
use crate::process;
use crate::settings::Settings;
use crate::tools::Tools;

const READER: &str = include_str!("template_to_json.py");

/// `template.yaml`, parsed.
#[derive(Clone, Debug)]
pub(crate) struct Template {
    document: Value,
}

impl Template {
    /// Reads a template with the YAML reader of the tools, which knows CloudFormation's tags.
    pub(crate) async fn read(file: &Path, tools: &Tools) -> Result<Self> {
        if !file.exists() {
            return Err(Error::new(format!("There is no template at {}.", file.display())));
        }
        let mut reader = Command::new(tools.python());
        let printed = process::output(reader.args(["-c", READER]).arg(file), None).await;
        let printed =
            printed.map_err(|error| Error::new(format!("Cannot read {}: {error}", file.display())))?;
        let document =
            serde_json::from_str(&printed).explain(|| format!("Cannot read {}", file.display()))?;
        Ok(Self { document })
    }

    pub(crate) fn text(&self) -> String {
        self.document.to_string()
    }

    /// Lets every function take its code from the object store.
    pub(crate) fn take_code_from(&mut self, bucket: &str, key: &str) {
        let Some(resources) = self.document["Resources"].as_object_mut() else {
            return;
        };
        for resource in resources.values_mut() {
            if resource["Type"] == "AWS::Serverless::Function" {
                resource["Properties"]["CodeUri"] = json!({"Bucket": bucket, "Key": key});
            }
        }
    }

    pub(crate) fn parameter_default(&self, name: &str) -> Option<String> {
        self.document["Parameters"][name]["Default"]
            .as_str()
            .map(str::to_owned)
    }

    /// The given parameters, the later of two of the same name; one the template does not have is a mistake.
    pub(crate) fn check_parameters(&self, given: &Settings) -> Result<Settings> {
        let mut chosen = Settings::new();
        for (name, value) in given {
            if self.document["Parameters"][name].is_null() {
                return Err(Error::new(format!("template.yaml has no parameter {name}.")));
            }
            chosen.retain(|(earlier, _)| earlier != name);
            chosen.push((name.clone(), value.clone()));
        }
        Ok(chosen)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn template() -> Template {
        let document = json!({
            "Parameters": {"SesRate": {"Type": "Number", "Default": 14}, "Key": {"Default": "/k"}},
            "Resources": {
                "ApiFunction": {"Type": "AWS::Serverless::Function", "Properties": {"CodeUri": "."}},
                "PowerTable": {"Type": "AWS::DynamoDB::Table", "Properties": {}},
            },
        });
        Template { document }
    }

    #[test]
    fn only_functions_get_their_code_from_elsewhere() {
        let mut template = template();
        template.take_code_from("b", "k");
        assert_eq!(
            template.document["Resources"]["ApiFunction"]["Properties"]["CodeUri"],
            json!({"Bucket": "b", "Key": "k"})
        );
        assert!(template.document["Resources"]["PowerTable"]["Properties"]["CodeUri"].is_null());
    }

    #[test]
    fn the_later_parameter_wins_and_an_unknown_one_is_refused() {
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let chosen = template()
            .check_parameters(&vec![pair("SesRate", "1"), pair("SesRate", "2")])
            .unwrap();
        assert_eq!(chosen, [pair("SesRate", "2")]);
        let error = template()
            .check_parameters(&vec![pair("SesRat", "1")])
            .unwrap_err();
        assert_eq!(error.to_string(), "template.yaml has no parameter SesRat.");
    }
}
