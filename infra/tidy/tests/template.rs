//! `template.yaml`, the functions' code and the sample events say the same.
#![expect(clippy::unwrap_used, reason = "what cannot be read fails the test")]

use std::collections::BTreeSet;

use kabar_tidy::{files, quoted, read, resource, root, rust_files};

/// The functions, as folder and logical name.
fn functions() -> Vec<(String, String)> {
    let folders = std::fs::read_dir(root().join("functions")).unwrap().flatten();
    let names = folders.map(|folder| folder.file_name().to_string_lossy().into_owned());
    names
        .map(|name| {
            let logical: String = name
                .split('-')
                .map(|word| format!("{}{}", word[..1].to_uppercase(), &word[1..]))
                .collect();
            (name, format!("{logical}Function"))
        })
        .collect()
}

#[test]
fn the_template_is_what_its_parts_make() {
    let assemble = root().join("infra/template/assemble");
    let check = std::process::Command::new(assemble)
        .arg("--check")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&check.stderr);
    assert!(check.status.success(), "{said}");
}

#[test]
fn every_function_is_deployed_from_its_binary() {
    let template = read("template.yaml");
    for (name, logical) in functions() {
        let function = resource(&template, &logical);
        assert!(
            function.contains(&format!("Binary: {name} ")),
            "{logical} is not built from {name}"
        );
        let manifest = read(format!("functions/{name}/Cargo.toml"));
        assert!(
            manifest.contains(&format!("name = \"{name}\"")),
            "functions/{name} has no binary of that name"
        );
    }
    let deployed = template.matches("Type: AWS::Serverless::Function").count();
    assert_eq!(
        deployed,
        functions().len(),
        "a function of the template has no folder"
    );
}

/// The settings that code reads: `env.text("NAME")` and the like, or a list of names ending in `_TABLE`.
fn settings_read(code: &str) -> BTreeSet<String> {
    let is_name = |text: &&str| {
        text.len() > 3
            && text.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_')
            && text.contains('_')
    };
    quoted(code, '"').filter(is_name).map(str::to_owned).collect()
}

#[test]
fn each_function_is_given_the_settings_it_reads_and_no_others() {
    let template = read("template.yaml");
    let names = |text: &str| -> BTreeSet<String> {
        let variables = text.split("Variables:").nth(1).unwrap_or_default();
        let lines = variables.lines().skip(1).filter(|line| !line.trim().is_empty());
        let depth = lines
            .clone()
            .next()
            .map(|line| line.len() - line.trim_start().len())
            .unwrap_or_default();
        lines
            .take_while(|line| line.len() - line.trim_start().len() >= depth)
            .map(str::trim)
            .filter(|line| !line.starts_with('#'))
            .filter_map(|line| line.split_once(':'))
            .map(|(name, _)| name.to_owned())
            .collect()
    };
    let globals = names(template.split("\nResources:").next().unwrap_or_default());
    assert!(globals.contains("LOG_LEVEL"), "{globals:?}");
    for (name, logical) in functions() {
        let folder = format!("functions/{name}/src");
        // The console serves the API's routes too, in its own process; whose pages may call them is not its business.
        let folders = match name.as_str() {
            "console" => vec!["functions/console/src", "functions/api/src/wiring"],
            _ => vec![&*folder],
        };
        let code: String = folders
            .iter()
            .flat_map(|folder| files(folder, "rs"))
            // The console's other files name values of the API, which look like settings.
            .filter(|path| !path.starts_with("functions/console/src") || path.ends_with("main.rs"))
            .map(read)
            .collect();
        let mut read_by_code = settings_read(&code);
        read_by_code.retain(|setting| !setting.starts_with("AWS_"));
        let mut given = names(&resource(&template, &logical));
        let missing: Vec<_> = read_by_code
            .iter()
            .filter(|s| !given.contains(*s) && !globals.contains(*s))
            .collect();
        assert!(
            missing.is_empty(),
            "{logical} reads what template.yaml does not give it: {missing:?}"
        );
        given.retain(|setting| !read_by_code.contains(setting));
        assert!(
            given.is_empty(),
            "template.yaml gives {logical} what it does not read: {given:?}"
        );
    }
}

#[test]
fn a_lane_has_its_senders() {
    let template = read("template.yaml");
    for lane in ["Urgent", "Bulk", "Sms", "Telegram"] {
        let concurrency = format!(
            "{lane}: {{ Concurrency: {} }}",
            kabar_domain::news::SENDERS_IN_LANE
        );
        assert!(
            template.contains(&concurrency),
            "kabar_domain::news::SENDERS_IN_LANE and template.yaml differ"
        );
    }
}

#[test]
fn every_sample_event_is_used_by_a_test_and_described() {
    let code: String = rust_files().iter().map(read).collect();
    let readme = read("events/README.md");
    for event in files("events", "json") {
        let name = event.file_name().unwrap().to_string_lossy().into_owned();
        assert!(code.contains(&name), "no test uses events/{name}");
        assert!(
            readme.contains(&name),
            "events/README.md does not describe {name}"
        );
    }
}

#[test]
fn metrics_are_watched() {
    let watched = read("infra/observability.yaml");
    let folders = ["functions", "shared/sending"].iter();
    let code: String = folders.flat_map(|folder| files(folder, "rs")).map(read).collect();
    for name in [
        "Messages",
        "Lateness",
        "OutagesOpened",
        "OutagesClosed",
        "Answers",
        "FeedbackRefused",
        "Braked",
    ] {
        assert!(
            code.contains(&format!("\"{name}\"")),
            "{name} is written by no function"
        );
        assert!(
            watched.contains(name),
            "infra/observability.yaml does not show {name}"
        );
    }
}

/// What a function may do to a table.
fn actions(template: &str, function: &str, table: &str) -> BTreeSet<String> {
    let text = resource(template, &function.replace("Function", "Role"));
    let resource = format!("Resource: !GetAtt {table}.Arn\n");
    let before = text.split(&resource).next().unwrap();
    let statement = before.rsplit("Effect: Allow").next().unwrap();
    let is_action = |word: &&str| word.starts_with("dynamodb:");
    let words = statement.split(|c: char| !(c.is_ascii_alphanumeric() || c == ':'));
    words.filter(is_action).map(str::to_owned).collect()
}

#[test]
fn all_senders_may_do_the_same_to_the_notices() {
    // No local cloud looks at permissions, and they run the same code: what one may not do would be seen on AWS alone.
    let template = read("template.yaml");
    let senders = functions()
        .into_iter()
        .filter(|(name, _)| name.ends_with("-sender"));
    let mut allowed: Vec<_> = senders
        .map(|(_, logical)| {
            let mut allowed = actions(&template, &logical, "NoticesTable");
            // The suppression list is one of addresses.
            allowed.remove("dynamodb:BatchGetItem");
            allowed
        })
        .collect();
    assert!(allowed.len() > 1 && !allowed[0].is_empty());
    allowed.dedup();
    assert_eq!(allowed.len(), 1, "{allowed:?}");
}
