//! What the deploy made: real names of tables, buckets, queues and functions.

use crate::cloud::{Cloud, xml_texts};
use crate::error::{Error, Result};
use crate::settings::Settings;

/// One resource of the stack.
#[derive(Clone, Debug)]
struct Resource {
    logical_id: String,
    physical_id: String,
    kind: String,
}

/// The resources of the deployed stack.
#[derive(Clone, Debug)]
pub(crate) struct Deployed {
    resources: Vec<Resource>,
}

/// Asks CloudFormation what the stack consists of.
pub(super) async fn read(cloud: &Cloud) -> Result<Deployed> {
    let answer = cloud
        .cloudformation("DescribeStackResources", &super::stack_name())
        .await?;
    let [logical, physical, kinds] = ["LogicalResourceId", "PhysicalResourceId", "ResourceType"]
        .map(|element| xml_texts(&answer, element));
    let ids = logical.into_iter().zip(physical).zip(kinds);
    let resources = ids.map(|((logical_id, physical_id), kind)| Resource {
        logical_id,
        physical_id,
        kind,
    });
    Ok(Deployed {
        resources: resources.collect(),
    })
}

impl Deployed {
    pub(crate) fn physical_id(&self, logical_id: &str) -> Result<&str> {
        let found = self
            .resources
            .iter()
            .find(|resource| resource.logical_id == logical_id);
        let id = found.map(|resource| resource.physical_id.as_str());
        id.ok_or_else(|| Error::new(format!("The deployed stack has no {logical_id}.")))
    }

    /// The id of the HTTP API, the stack's front door.
    pub(crate) fn http_api(&self) -> Result<&str> {
        let api = self.of_kind("AWS::ApiGatewayV2::Api").next();
        api.map(|(_, id)| id)
            .ok_or_else(|| Error::new("template.yaml has no AWS::ApiGatewayV2::Api."))
    }

    /// Names of the deployed functions.
    pub(crate) fn functions(&self) -> Vec<String> {
        self.of_kind("AWS::Lambda::Function")
            .map(|(_, name)| name.to_owned())
            .collect()
    }

    /// Names of the deployed tables.
    pub(crate) fn tables(&self) -> Vec<String> {
        self.of_kind("AWS::DynamoDB::Table")
            .map(|(_, name)| name.to_owned())
            .collect()
    }

    /// `PeopleTable` as `PEOPLE_TABLE`, `PosterBucket` as `POSTER_BUCKET`, `DispatchQueue` as `DISPATCH_QUEUE_URL`, `ApiFunction` as `API_FUNCTION`.
    pub(crate) fn names(&self) -> Settings {
        let kinds = [
            ("AWS::DynamoDB::Table", ""),
            ("AWS::S3::Bucket", ""),
            ("AWS::SQS::Queue", "_URL"),
            ("AWS::Lambda::Function", ""),
        ];
        let named = kinds.into_iter().flat_map(|(kind, suffix)| {
            self.of_kind(kind)
                .map(move |(name, id)| (screaming(name) + suffix, id.to_owned()))
        });
        named.collect()
    }

    fn of_kind(&self, kind: &str) -> impl Iterator<Item = (&str, &str)> {
        let fits = self
            .resources
            .iter()
            .filter(move |resource| resource.kind == kind);
        fits.map(|resource| (resource.logical_id.as_str(), resource.physical_id.as_str()))
    }
}

/// `DispatchQueue` → `DISPATCH_QUEUE`.
fn screaming(name: &str) -> String {
    let mut screamed = String::new();
    for letter in name.chars() {
        if letter.is_uppercase() && !screamed.is_empty() {
            screamed.push('_');
        }
        screamed.extend(letter.to_uppercase());
    }
    screamed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_follow_from_the_template() {
        let resource = |logical_id: &str, physical_id: &str, kind: &str| Resource {
            logical_id: logical_id.to_owned(),
            physical_id: physical_id.to_owned(),
            kind: kind.to_owned(),
        };
        let resources = vec![
            resource("DispatchDeadLetters", "http://q/dead", "AWS::SQS::Queue"),
            resource("PeopleTable", "kabar-people", "AWS::DynamoDB::Table"),
            resource("PosterBucket", "kabar-posterbucket-1", "AWS::S3::Bucket"),
            resource("HttpApi", "abc", "AWS::ApiGatewayV2::Api"),
        ];
        let deployed = Deployed { resources };
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let expected = [
            pair("PEOPLE_TABLE", "kabar-people"),
            pair("POSTER_BUCKET", "kabar-posterbucket-1"),
            pair("DISPATCH_DEAD_LETTERS_URL", "http://q/dead"),
        ];
        assert_eq!(deployed.names(), expected);
        assert_eq!(deployed.http_api().unwrap(), "abc");
        assert!(deployed.physical_id("PowerTable").is_err());
    }
}
