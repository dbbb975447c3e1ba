//! Names and values every local stack has in common, and the dotenv files made of them.

/// Name of the CloudFormation stack; each has an emulator to itself, so it is always the same.
pub(crate) const STACK: &str = "kabar";
/// Any region does locally; one where SES exists makes accidental calls to the real one harmless and visible.
pub(crate) const REGION: &str = "ap-southeast-1";
/// The emulator takes any credentials but wants some.
pub(crate) const ACCESS_KEY: &str = "local";

/// Where DynamoDB is, for whoever needs no faults.
pub(crate) const DATABASE_URL: &str = "AWS_ENDPOINT_URL_DYNAMODB";

/// Settings as name and value, in the order they are written.
pub(crate) type Settings = Vec<(String, String)>;

/// Region and credentials for whoever calls the emulated services.
pub(crate) fn aws(endpoint: &str) -> Settings {
    pairs(&[
        ("AWS_ENDPOINT_URL", endpoint),
        ("AWS_REGION", REGION),
        ("AWS_DEFAULT_REGION", REGION),
        ("AWS_ACCESS_KEY_ID", ACCESS_KEY),
        ("AWS_SECRET_ACCESS_KEY", ACCESS_KEY),
        ("AWS_EC2_METADATA_DISABLED", "true"),
    ])
}

/// What the functions get on top of their own settings: services that can fail go through the gate on this port.
pub(crate) fn functions(emulator: &str, port: u16) -> Settings {
    let mut settings = aws(emulator);
    for (name, host, prefix) in [
        ("DYNAMODB", "127.0.0.1", "dynamodb"),
        ("SQS", "127.0.0.1", "sqs"),
        ("SESV2", "127.0.0.1", "ses"),
        // Its links are for people, who know the gate by this name.
        ("S3", "localhost", "s3"),
    ] {
        settings.push((
            format!("AWS_ENDPOINT_URL_{name}"),
            format!("http://{host}:{port}/_local/aws/{prefix}"),
        ));
    }
    settings
}

pub(crate) fn pairs(known: &[(&str, &str)]) -> Settings {
    known
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect()
}

/// A dotenv file; values are quoted only where a shell or a dotenv reader would stumble.
pub(crate) fn dotenv(settings: &Settings) -> String {
    settings
        .iter()
        .map(|(name, value)| format!("{name}={}\n", quote(value)))
        .collect()
}

/// The same as shell commands.
pub(crate) fn exports(settings: &Settings) -> String {
    settings
        .iter()
        .map(|(name, value)| format!("export {name}={}\n", quote(value)))
        .collect()
}

/// A word that a shell takes as it is.
pub(crate) fn quote(value: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "_-./:@%+=,".contains(c);
    if !value.is_empty() && value.chars().all(plain) {
        return value.to_owned();
    }
    format!("'{}'", value.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_survive_the_shell() {
        let settings = pairs(&[("A", "http://127.0.0.1:1/x"), ("B", "it's a $secret"), ("C", "")]);
        assert_eq!(
            exports(&settings),
            "export A=http://127.0.0.1:1/x\nexport B='it'\\''s a $secret'\nexport C=''\n"
        );
    }
}
