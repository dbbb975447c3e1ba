//! What the bot answers to whoever writes to it.

use jiff::{SignedDuration, Timestamp};
use kabar_domain::{Language, Zone, power::Power, telegram::ChatId};
use minijinja::{Environment, UndefinedBehavior, Value, context};

use super::{WordsError, duration, moment, names, one_line};

/// The most that lists may take of a message, which has at most 4096 UTF-16 units (Bot API, `sendMessage`).
const MOST_UNITS: usize = 3_000;
/// What a line says beside a name: a moment, at its longest in a zone without letters of its own.
const LINE_UNITS: usize = 120;

/// An answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reply {
    /// To whoever begins and is not known: this is the chat's number.
    Welcome(ChatId),
    /// The chat is connected.
    Connected,
    /// The link is not good.
    BadLink,
    /// The chat is told of the region of this name from now on.
    Follows(String),
    /// There is no such region.
    NoRegion,
    /// The chat is told of as many regions as can be named for one.
    FollowsTooMany,
    /// The chat is told again.
    Again,
    /// The chat is told no more.
    Stopped,
    /// The language is another one, which this is in.
    Language,
    /// Where there is power.
    Status {
        /// Whether the chat is told of all regions; then only those without power are here.
        is_of_all: bool,
        /// Whether there are no others.
        is_whole: bool,
        /// Each with since when.
        regions: Vec<(String, Power, Timestamp)>,
    },
    /// Which of a person's homes have power, each with since when.
    Homes(Vec<(String, Power, Timestamp)>),
    /// The last outages: where, since when, and how long.
    History(Vec<(String, Timestamp, Option<SignedDuration>)>),
    /// What can be asked.
    Help,
}

/// The answer's words, in the HTML that Telegram knows.
///
/// # Errors
/// When a template of this crate is broken.
pub fn reply(reply: &Reply, language: Language, zone: &Zone) -> Result<String, WordsError> {
    let mut words = Environment::new();
    words.set_undefined_behavior(UndefinedBehavior::Strict);
    words.add_filter("short", names::short);
    let source = match language {
        Language::En => include_str!("../../words/bot/en.html"),
        Language::Id => include_str!("../../words/bot/id.html"),
    };
    words.add_template("reply.html", source)?;
    let here = |instant: Timestamp| moment(instant, zone, language);
    let now = |places: &[(String, Power, Timestamp)]| {
        let row = |(name, power, since): &(String, Power, Timestamp)| {
            context! { name => one_line(name), power => power.name(), since => here(*since) }
        };
        let rows = fitting(places, |(name, ..)| name);
        let more = places.len() - rows.len();
        (rows.iter().map(row).collect::<Vec<Value>>(), more)
    };
    let facts = match reply {
        Reply::Welcome(chat) => context! { what => "welcome", chat => chat.number() },
        Reply::Connected => context! { what => "connected" },
        Reply::BadLink => context! { what => "bad_link" },
        Reply::Follows(name) => context! { what => "follows", name => one_line(name) },
        Reply::NoRegion => context! { what => "no_region" },
        Reply::FollowsTooMany => context! { what => "follows_too_many" },
        Reply::Again => context! { what => "again" },
        Reply::Stopped => context! { what => "stopped" },
        Reply::Language => context! { what => "language" },
        Reply::Help => context! { what => "help" },
        Reply::Status {
            is_of_all,
            is_whole,
            regions,
        } => {
            let (rows, more) = now(regions);
            context! { what => "status", is_of_all, is_whole, more, rows }
        }
        Reply::Homes(homes) => {
            let (rows, more) = now(homes);
            context! { what => "homes", more, rows }
        }
        Reply::History(outages) => {
            let row = |(name, started, lasted): &(String, Timestamp, Option<SignedDuration>)| {
                let lasted = lasted.map(|lasted| duration(lasted, language));
                context! { name => one_line(name), started => here(*started), duration => lasted }
            };
            let rows = fitting(outages, |(name, ..)| name);
            context! { what => "history", rows => rows.iter().map(row).collect::<Vec<Value>>() }
        }
    };
    Ok(words.get_template("reply.html")?.render(facts)?.trim().to_owned())
}

/// The first entries of a list that fit a message, by what their names take.
fn fitting<T>(all: &[T], name: impl Fn(&T) -> &String) -> &[T] {
    let mut units = 0;
    let fit = all.iter().take_while(|entry| {
        units += LINE_UNITS + names::short(&one_line(name(entry))).encode_utf16().count();
        units <= MOST_UNITS
    });
    &all[..fit.count()]
}
