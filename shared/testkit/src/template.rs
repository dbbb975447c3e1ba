//! The tables, read from `template.yaml` itself, so that a test never runs on others.

const TEMPLATE: &str = include_str!("../../../template.yaml");

/// An index of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Index {
    /// What it is called.
    pub name: String,
    /// Its partition and sort key.
    pub keys: [String; 2],
    /// `ALL`, `KEYS_ONLY` or `INCLUDE`.
    pub projection: String,
    /// What an `INCLUDE` includes.
    pub includes: Vec<String>,
}

/// A table as the template describes it. All keys are strings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableShape {
    /// The last part of its name: `people` of `kabar-people`.
    pub name: String,
    /// Its partition and sort key.
    pub keys: [String; 2],
    /// Its indices.
    pub indices: Vec<Index>,
}

/// The tables of `template.yaml`, in its order.
#[must_use]
pub fn tables() -> Vec<TableShape> {
    let bodies = TEMPLATE.split("Type: AWS::DynamoDB::Table\n").skip(1);
    bodies
        .map(|body| table(body.split("\nOutputs:").next().unwrap_or(body)))
        .collect()
}

fn table(body: &str) -> TableShape {
    let (own, indices) = body.split_once("GlobalSecondaryIndexes:").unwrap_or((body, ""));
    TableShape {
        name: between(own, "${AWS::StackName}-", "\"").to_owned(),
        keys: key_schema(own),
        indices: indices.split("- IndexName: ").skip(1).map(index).collect(),
    }
}

fn index(text: &str) -> Index {
    let projection = between(text, "Projection: {", "}");
    let includes = projection
        .split_once("NonKeyAttributes: [")
        .map_or("", |(_, list)| between(list, "", "]"));
    Index {
        name: text.lines().next().unwrap_or_default().trim().to_owned(),
        keys: key_schema(text),
        projection: projection
            .split_once("ProjectionType: ")
            .map_or("", |(_, kind)| kind.split([',', ' ']).next().unwrap_or_default())
            .to_owned(),
        includes: includes
            .split(", ")
            .filter(|name| !name.is_empty())
            .map(str::to_owned)
            .collect(),
    }
}

fn key_schema(text: &str) -> [String; 2] {
    let schema = text
        .lines()
        .find(|line| line.trim_start().starts_with("KeySchema:"))
        .unwrap_or_default();
    ["HASH", "RANGE"].map(|kind| {
        let before = schema
            .split_once(&format!(", KeyType: {kind}"))
            .map_or("", |(before, _)| before);
        before
            .rsplit_once("AttributeName: ")
            .map_or("", |(_, name)| name)
            .to_owned()
    })
}

fn between<'t>(text: &'t str, start: &str, end: &str) -> &'t str {
    let rest = text.split_once(start).map_or("", |(_, rest)| rest);
    rest.split_once(end).map_or("", |(found, _)| found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn index(name: &str, projection: &str, includes: &[&str]) -> Index {
        Index {
            name: name.to_owned(),
            keys: [format!("{name}_pk"), format!("{name}_sk")],
            projection: projection.to_owned(),
            includes: includes.iter().map(|&name| name.to_owned()).collect(),
        }
    }

    #[test]
    fn the_template_has_the_tables_that_the_store_expects() {
        let table = |name: &str, indices| TableShape {
            name: name.to_owned(),
            keys: ["pk".to_owned(), "sk".to_owned()],
            indices,
        };
        let both = || vec![index("list", "ALL", &[]), index("due", "KEYS_ONLY", &[])];
        let expected = [
            table("people", vec![index("list", "INCLUDE", &["profile", "version"])]),
            table("events", both()),
            table("power", both()),
            table("notices", both()),
            table("mailings", vec![index("list", "ALL", &[])]),
        ];
        assert_eq!(
            tables(),
            expected,
            "if template.yaml is only formatted differently, teach template.rs to read it"
        );
    }
}
