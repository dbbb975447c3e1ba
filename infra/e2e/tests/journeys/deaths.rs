use std::{collections::BTreeMap, fs, process::Command};

use kabar_domain::World;
use kabar_kit::SystemWorld;
use kabar_local::Options;

use crate::{
    people,
    stack::{Stack, eventually},
};

const PEOPLE: usize = 300;
const KILLS: usize = 8;

/// Processes of a function in this stack: its program, with the stack's address in the environment.
fn processes(function: &str, url: &str) -> Vec<String> {
    let port = url.rsplit(':').next().unwrap();
    let is_ours = |pid: &str| {
        let program = fs::read_link(format!("/proc/{pid}/exe")).unwrap_or_default();
        let environment = fs::read(format!("/proc/{pid}/environ")).unwrap_or_default();
        let environment = String::from_utf8_lossy(&environment);
        program.ends_with(function) && environment.contains(&format!(":{port}/_local/aws"))
    };
    let entries = fs::read_dir("/proc").unwrap().flatten();
    entries
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .filter(|pid| is_ours(pid))
        .collect()
}

#[tokio::test]
async fn whatever_fails_or_dies_nobody_is_missed_and_every_doubt_is_counted() {
    // Sixty mails a second, of which 42 are urgent: enough time for all to die in that have to.
    let stack = Stack::start(Options::default().with_parameter("SesRate", "60")).await;
    let region = stack.region("Bandung").await;
    let people = people::crowd(&stack.local, &region, PEOPLE).await;
    stack.fault("ses", "throttle", 10).await;
    stack.fault("ses", "error", 2).await;
    stack.fault("ses", "hang", 1).await;
    stack.fault("sqs", "duplicate", 1_000).await;
    stack.say(&region, "off").await;
    stack.invoke("power-check", None).await;

    let world = SystemWorld;
    let mut killed = 0;
    eventually("everybody is told", async || {
        let function = if world.fraction() < 0.7 {
            "email-sender"
        } else {
            "mailing-dispatch"
        };
        let running = processes(function, stack.local.url());
        if killed < KILLS && !running.is_empty() {
            let victim = &running[(world.fraction() * running.len() as f64) as usize];
            killed += usize::from(
                Command::new("kill")
                    .args(["-9", victim])
                    .status()
                    .unwrap()
                    .success(),
            );
        }
        // A run that is killed is an error to whoever invoked it; the next one goes on.
        let _ = tokio::time::timeout(std::time::Duration::from_millis(500), async {
            let url = format!("{}/_local/invoke/mailing-dispatch", stack.local.url());
            reqwest::Client::builder()
                .no_proxy()
                .build()
                .unwrap()
                .post(url)
                .send()
                .await
        })
        .await;
        (stack.notice(&region).await["status"] == "done").then_some(())
    })
    .await;
    assert_eq!(killed, KILLS, "all was told before enough had died");
    let notice = stack.told(&region, "outage").await;
    assert_eq!(notice["counts"]["sent"], PEOPLE, "{notice}");

    let mut mails: BTreeMap<String, usize> = BTreeMap::new();
    for (to, ..) in stack.mails().await {
        *mails.entry(to).or_default() += 1;
    }
    let messages = stack.messages(notice["id"].as_str().unwrap()).await;
    for (n, user) in people.iter().enumerate() {
        let told = mails
            .get(&format!("{n}@example.com"))
            .copied()
            .unwrap_or_default();
        let message = messages
            .iter()
            .find(|message| message["user"] == user.to_string().as_str())
            .unwrap();
        assert!(told >= 1, "{n} was missed: {message}");
        assert!(
            told == 1 || message["in_doubt"] == true,
            "{n} was told {told} times without a doubt: {message}"
        );
    }
    println!(
        "{killed} killed, {} told more than once, {} in doubt",
        mails.values().filter(|told| **told > 1).count(),
        notice["in_doubt"]
    );
}
