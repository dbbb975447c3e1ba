//! Who may know whom: crates, libraries, services, keys.

use std::path::Path;

use kabar_tidy::{files, read, rust_files};

fn dependencies(manifest: &str) -> Vec<String> {
    let text = read(manifest);
    let section = text
        .split("[dependencies]")
        .nth(1)
        .unwrap_or_default()
        .split("\n[")
        .next()
        .unwrap_or_default();
    let names = section
        .lines()
        .filter_map(|line| line.split(['.', '=', ' ']).next());
    names.filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

#[test]
fn arrows_go_one_way() {
    let may: [(&str, &[&str]); 7] = [
        ("shared/domain", &[]),
        ("shared/store", &["kabar-domain"]),
        ("shared/courier", &["kabar-domain"]),
        ("shared/app", &["kabar-domain", "kabar-store", "kabar-courier"]),
        ("shared/kit", &["kabar-domain"]),
        (
            "shared/sending",
            &["kabar-domain", "kabar-app", "kabar-courier", "kabar-kit"],
        ),
        ("infra/local", &[]),
    ];
    for (folder, may) in may {
        for name in dependencies(&format!("{folder}/Cargo.toml")) {
            let is_ours = name.starts_with("kabar-");
            assert!(
                !is_ours || may.contains(&name.as_str()),
                "{folder} may not know {name}"
            );
        }
    }
    for manifest in files("functions", "toml") {
        for name in dependencies(&manifest.to_string_lossy()) {
            // The console is a client of the API's routes, in its own process.
            if manifest.starts_with("functions/console") && name == "kabar-api" {
                continue;
            }
            let is_shared = Path::new("shared")
                .join(name.trim_start_matches("kabar-"))
                .to_owned();
            let is_ours = name.starts_with("kabar-");
            assert!(
                !is_ours || kabar_tidy::root().join(is_shared).exists(),
                "{manifest:?} knows {name}"
            );
        }
    }
}

#[test]
fn the_domain_is_pure() {
    let allowed = ["imagesize", "jiff", "thiserror", "url", "uuid"];
    for name in dependencies("shared/domain/Cargo.toml") {
        assert!(
            allowed.contains(&name.as_str()),
            "the domain may not need {name}: it does no I/O and knows no JSON"
        );
    }
}

#[test]
fn each_service_of_aws_is_named_by_one_crate() {
    let owners = [
        ("aws_sdk_dynamodb", "shared/store"),
        ("aws_sdk_s3", "shared/courier"),
        ("aws_sdk_sesv2", "shared/courier"),
        ("aws_sdk_sqs", "shared/courier"),
        ("aws_sdk_ssm", "shared/kit"),
    ];
    // The kit makes the clients, the testkit stands in for the services, the bench counts their units.
    let everywhere = ["shared/kit", "shared/testkit", "infra/bench", "infra/tidy"];
    for path in rust_files() {
        let text = read(&path);
        for (sdk, owner) in owners {
            let may = path.starts_with(owner) || everywhere.iter().any(|folder| path.starts_with(folder));
            assert!(
                may || !text.contains(sdk),
                "{path:?} may not name {sdk}: that is {owner}'s"
            );
        }
    }
}

#[test]
fn keys_are_made_in_one_place() {
    for path in files("shared/store/src", "rs")
        .into_iter()
        .chain(files("shared/app/src", "rs"))
    {
        if path.starts_with("shared/store/src/keys") {
            continue;
        }
        let code = read(&path);
        let code = code.split("#[cfg(test)]").next().unwrap_or_default();
        for line in code.lines().filter(|line| !line.trim_start().starts_with("//")) {
            let has_key = kabar_tidy::quoted(line, '"').any(|text| {
                text.split_once('#').is_some_and(|(name, _)| {
                    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-')
                })
            });
            assert!(
                !has_key,
                "{path:?} makes a key; that is shared/store/src/keys's: {line}"
            );
        }
    }
}
