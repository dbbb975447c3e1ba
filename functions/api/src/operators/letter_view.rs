use jiff::Timestamp;
use kabar_app::operators::{Backlog, FoundLetter, LettersFound, Standing};
use kabar_courier::Asks;
use kabar_domain::events::Removal;
use serde::Serialize;
use utoipa::ToSchema;

/// How many dead letters a queue has.
#[derive(Serialize, ToSchema)]
#[schema(as = DeadLetterQueue)]
pub(crate) struct BacklogView {
    /// The queue that they come from.
    #[schema(example = "urgent")]
    queue: &'static str,
    /// About how many there are: SQS counts late.
    #[schema(example = 2)]
    count: u32,
    /// When the oldest one was put on its queue, of the few that SQS gives out first; null if there is none, or
    /// somebody else is looking at them. Two weeks later it is deleted.
    #[schema(value_type = Option<String>, format = DateTime)]
    oldest_sent_at: Option<Timestamp>,
    /// Whether they can be redriven. Runs of schedules cannot: the next run does the same work.
    can_redrive: bool,
}

impl From<Backlog> for BacklogView {
    fn from(backlog: Backlog) -> Self {
        Self {
            queue: backlog.queue,
            count: backlog.letters,
            oldest_sent_at: backlog.oldest_sent_at,
            can_redrive: backlog.can_redrive,
        }
    }
}

/// A look at the dead letters of a queue.
#[derive(Serialize, ToSchema)]
#[schema(as = DeadLetterList)]
pub(crate) struct LetterList {
    #[serde(flatten)]
    backlog: BacklogView,
    /// Those that SQS gave out, the oldest first; it may keep some back, and does while somebody else is looking.
    dead_letters: Vec<LetterView>,
    /// Always null: SQS cannot go on where it stopped. Redrive or drop what is shown, and look again.
    next: Option<String>,
}

impl From<LettersFound> for LetterList {
    fn from(found: LettersFound) -> Self {
        Self {
            backlog: found.backlog.into(),
            dead_letters: found.letters.into_iter().map(LetterView::from).collect(),
            next: None,
        }
    }
}

/// A message whose work could not be done. What else is in it is not shown.
#[derive(Serialize, ToSchema)]
#[schema(as = DeadLetter)]
struct LetterView {
    /// By which it is redriven or dropped.
    #[schema(example = "5fea7756-0ea4-451a-a703-a558b933e274")]
    id: String,
    work: WorkView,
    /// Why it is here, as far as that is known; the log of the function has more.
    #[schema(example = "It was taken again and again, and not done.")]
    reason: String,
    /// Where its work stands: `open`; `done`, by a sweep or another message, so that dropping it loses nothing; `gone`,
    /// when what it is about is not there any more; or null, when only doing it would tell.
    #[schema(example = "open")]
    standing: Option<&'static str>,
    /// When it was put on its queue.
    #[schema(value_type = String, format = DateTime)]
    sent_at: Timestamp,
    /// When it was first taken.
    #[schema(value_type = Option<String>, format = DateTime)]
    first_received_at: Option<Timestamp>,
    /// How often it was taken; each look at the dead letters is one more.
    received: u32,
}

/// What work a message asks for.
#[derive(Default, Serialize, ToSchema)]
#[schema(as = Work)]
struct WorkView {
    /// `plan` a notice, `send` a page, `amend` what a page told, `hear` what became of a message, `clear` what hung on something deleted,
    /// `import` a file of clients, `remind`, `run` a function, or `unknown`.
    #[schema(example = "send")]
    kind: &'static str,
    notice: Option<String>,
    page: Option<String>,
    message: Option<String>,
    task: Option<String>,
    import: Option<String>,
    /// What was deleted: `event`, `ticket`, `user` or `organizer` (of an event), with its id.
    removal: Option<String>,
    function: Option<String>,
    /// As of when it was to run.
    #[schema(value_type = Option<String>, format = DateTime)]
    time: Option<Timestamp>,
}

impl From<FoundLetter> for LetterView {
    fn from(FoundLetter { letter, standing }: FoundLetter) -> Self {
        let silent = match letter.asks {
            Asks::Run { .. } => "AWS could not deliver it, and does not say why.",
            _ => "It was taken again and again, and not done.",
        };
        Self {
            work: letter.asks.into(),
            reason: letter.error.unwrap_or_else(|| silent.to_owned()),
            standing: standing.map(|standing| match standing {
                Standing::Open => "open",
                Standing::Done => "done",
                Standing::Gone => "gone",
            }),
            sent_at: letter.sent_at,
            first_received_at: letter.first_received_at,
            received: letter.received,
            id: letter.id,
        }
    }
}

impl From<Asks> for WorkView {
    fn from(asks: Asks) -> Self {
        let kind = |kind| Self {
            kind,
            ..Self::default()
        };
        match asks {
            Asks::Plan(notice) => Self {
                notice: Some(notice.to_string()),
                ..kind("plan")
            },
            Asks::Send(page) => Self {
                notice: Some(page.notice().to_string()),
                page: Some(page.to_string()),
                ..kind("send")
            },
            Asks::Amend(page) => Self {
                notice: Some(page.notice().to_string()),
                page: Some(page.to_string()),
                ..kind("amend")
            },
            Asks::Hear(message) => Self {
                notice: Some(message.page().notice().to_string()),
                page: Some(message.page().to_string()),
                message: Some(message.to_string()),
                ..kind("hear")
            },
            Asks::Clear(removal) => Self {
                removal: Some(match removal {
                    Removal::Event(id) => format!("event {id}"),
                    Removal::Ticket(id) => format!("ticket {id}"),
                    Removal::User(id) => format!("user {id}"),
                    Removal::Organizer(id) => format!("organizer {id}"),
                }),
                ..kind("clear")
            },
            Asks::Import(import) => Self {
                import: Some(import.to_string()),
                ..kind("import")
            },
            Asks::Remind(task) => Self {
                task: Some(task.to_string()),
                ..kind("remind")
            },
            Asks::Run { function, time } => Self {
                function,
                time,
                ..kind("run")
            },
            Asks::Unknown => kind("unknown"),
        }
    }
}
