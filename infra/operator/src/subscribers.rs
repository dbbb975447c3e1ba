use std::error::Error;

use kabar_app::telegram::{ChatChange, add_chat, remove_chat, test_chat};
use kabar_domain::{
    World,
    telegram::{ChatId, Subscriber},
};
use kabar_store::{Window, notices::Notices, power::Grid};

type Done = Result<String, Box<dyn Error>>;

/// Which chats are told in Telegram, or were, a line for each.
pub(crate) async fn list(grid: &Grid) -> Done {
    let (mut lines, mut after) = (Vec::new(), None);
    loop {
        let found = grid
            .chats(&Window {
                limit: 200,
                after,
                ..Window::default()
            })
            .await?;
        lines.extend(found.entries.iter().map(line));
        after = found.next;
        if after.is_none() {
            return Ok(lines.join("\n"));
        }
    }
}

fn line(chat: &Subscriber) -> String {
    let standing = chat.inactive.map_or("active", |reason| reason.name());
    format!("{}\t{standing}\t{:.0}\t{}", chat.chat, chat.since, chat.title)
}

/// Has a chat told, again if it is known.
pub(crate) async fn add(grid: &Grid, world: &dyn World, chat: &str) -> Done {
    let (chat, is_new) = add_chat(grid, world, number(chat)?, ChatChange::default()).await?;
    let again = if is_new { "" } else { " again" };
    Ok(format!("{} is told{again}", chat.chat))
}

/// Forgets a chat.
pub(crate) async fn remove(grid: &Grid, chat: &str) -> Done {
    let chat = number(chat)?;
    remove_chat(grid, chat).await?;
    Ok(format!("{chat} is forgotten"))
}

/// Has a test message written to a chat.
pub(crate) async fn test(grid: &Grid, notices: &Notices, world: &dyn World, chat: &str) -> Done {
    let found = grid
        .chat(number(chat)?)
        .await?
        .ok_or("There is no such subscriber.")?;
    let test = test_chat(notices, world, &found.subscriber).await?;
    Ok(format!(
        "A test message goes to {} within a minute: notice {}",
        test.chat, test.notice
    ))
}

fn number(text: &str) -> Result<ChatId, Box<dyn Error>> {
    ChatId::parse(text).ok_or_else(|| "It must be the number of a chat in Telegram.".into())
}
