//! Every key of every item: what an item is found by, and which indices it stands in.

use jiff::Timestamp;
use kabar_domain::{
    Language, Zone,
    events::{Removal, Term},
    ids::{
        AddressId, ClientId, EventId, GroupId, ImportId, MailingId, MessageId, NoticeId, PageId, PaymentId,
        PosterId, RegionId, RegistrationId, SuppressionId, TaskId, TicketId, UserId,
    },
    mailings::{Client, ClientTerm, Phone},
    news::Topic,
    power::{Channel, OutageKey},
};

use crate::instant::digits;

/// The index that lists things of a kind, newest first.
pub(crate) const LIST: &str = "list";
/// The index of what has to be looked at by a time, spread over [`DUE_SHARDS`].
pub(crate) const DUE: &str = "due";
/// A sweep asks each shard once; four of them take 4,000 writes a second.
pub const DUE_SHARDS: u8 = 4;
/// Parts of an audience, so that importing its clients is not limited by one partition (1,000 writes a second).
const AUDIENCE_SHARDS: u8 = 4;

/// The primary key of an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Key {
    pub(crate) pk: String,
    pub(crate) sk: String,
}

fn key(pk: String, sk: impl Into<String>) -> Key {
    Key { pk, sk: sk.into() }
}

/// No item has this key.
pub(crate) fn nothing() -> Key {
    key("nothing".to_owned(), "nothing")
}

// back from keys

/// The event of a partition.
pub(crate) fn event_of(pk: &str) -> Option<EventId> {
    EventId::parse(pk.strip_prefix("event#")?)
}

/// The region of a partition.
pub(crate) fn region_of(pk: &str) -> Option<RegionId> {
    RegionId::parse(pk.strip_prefix("region#")?)
}
/// The notice of a partition.
pub(crate) fn notice_of(pk: &str) -> Option<NoticeId> {
    NoticeId::parse(pk.strip_prefix("notice#")?)
}
/// The page of a partition.
pub(crate) fn page_of(pk: &str) -> Option<PageId> {
    PageId::parse(pk.strip_prefix("page#")?)
}
/// When what stands under a sort key of the due index is due.
pub(crate) fn due_at(sort: &str) -> Option<Timestamp> {
    let (millis, _) = sort.split_once('#')?;
    Timestamp::from_millisecond(millis.parse().ok()?).ok()
}
/// The person of a user's partition.
pub(crate) fn user_of(pk: &str) -> Option<UserId> {
    UserId::parse(pk.strip_prefix("user#")?)
}
/// The address of a record of soft bounces.
pub(crate) fn bounced_of(pk: &str) -> Option<&str> {
    pk.strip_prefix(BOUNCES)
}
/// The place of a message on its page.
pub(crate) fn place_of(sk: &str) -> Option<u8> {
    sk.strip_prefix(MESSAGE)?.parse().ok()
}
/// The person of a membership.
pub(crate) fn member_of(sk: &str) -> Option<UserId> {
    UserId::parse(sk.strip_prefix(MEMBER)?)
}
/// Language, zone and person of a follower.
pub(crate) fn follower_of(sk: &str) -> Option<(Language, Zone, UserId)> {
    let (language, rest) = sk.split_once('#')?;
    let (zone, user) = rest.split_once('#')?;
    Some((
        Language::parse(language).ok()?,
        Zone::parse(zone).ok()?,
        UserId::parse(user)?,
    ))
}
/// The person of a followers' list sort key.
pub(crate) fn since_of(sort: &str) -> Option<UserId> {
    UserId::parse(sort.split_once('#')?.1)
}

// people

pub(crate) fn user(id: UserId) -> Key {
    key(format!("user#{id}"), "user")
}
pub(crate) const USERS: &str = "users";
pub(crate) fn username(folded: &str) -> Key {
    key(format!("username#{folded}"), "claim")
}
pub(crate) fn email(folded: &str) -> Key {
    key(format!("email#{folded}"), "claim")
}
pub(crate) const GROUPS: &str = "groups";
pub(crate) const GROUP: &str = "group#";
pub(crate) fn group(id: GroupId) -> Key {
    key(GROUPS.to_owned(), format!("{GROUP}{id:010}"))
}
pub(crate) fn group_counter() -> Key {
    key(GROUPS.to_owned(), "counter")
}
pub(crate) fn group_name(name: &str) -> Key {
    key(format!("group-name#{name}"), "claim")
}
pub(crate) const MEMBER: &str = "member#";
pub(crate) fn members(group: GroupId) -> String {
    format!("group#{group:010}")
}
pub(crate) fn member(group: GroupId, user: UserId) -> Key {
    key(members(group), format!("{MEMBER}{user}"))
}
pub(crate) fn answer(scope: &str) -> Key {
    key(format!("answer#{scope}"), "answer")
}
/// Who asked for new passwords at the address with this hash.
pub(crate) fn resets(whose: &str) -> Key {
    key(format!("resets#{whose}"), "resets")
}
pub(crate) fn tries(fingerprint: &str, window: Timestamp) -> Key {
    key(
        format!("tries#{fingerprint}"),
        format!("window#{}", digits(window)),
    )
}

// events

pub(crate) fn event(id: EventId) -> Key {
    key(format!("event#{id}"), "event")
}
pub(crate) fn seats(event: EventId) -> Key {
    key(format!("event#{event}"), "seats")
}
/// How far the reminding of an event is.
pub(crate) fn reminders(event: EventId) -> Key {
    key(format!("event#{event}"), "reminders")
}
/// Where an event is found by a term; listed by id, and by start in the list index.
pub(crate) fn entry(term: &Term, event: EventId) -> Key {
    key(entries(term), event.to_string())
}
pub(crate) fn entries(term: &Term) -> String {
    format!("events#{}", term.as_str())
}
pub(crate) fn start(start: Timestamp, event: EventId) -> String {
    format!("{}#{event}", digits(start))
}
pub(crate) fn starting(from: Timestamp) -> String {
    digits(from)
}
pub(crate) const TICKETS: &str = "tickets";
pub(crate) fn ticket(id: TicketId) -> Key {
    key(TICKETS.to_owned(), id.to_string())
}
pub(crate) const REGISTRATIONS: &str = "registrations";
pub(crate) fn registration(id: RegistrationId) -> Key {
    key(format!("registration#{id}"), "registration")
}
/// One registration for a ticket and person: the key says so.
pub(crate) fn holder(event: EventId, ticket: TicketId, user: UserId) -> Key {
    key(holders(event), format!("{user}#{ticket}"))
}
/// The ticket in a sort key of the holders.
pub(crate) fn ticket_held(sk: &str) -> Option<TicketId> {
    TicketId::parse(sk.split_once('#')?.1)
}
/// What follows all that a person holds of an event, and comes before what the next person holds.
pub(crate) fn after_holder(user: UserId) -> String {
    format!("{user}$")
}
pub(crate) fn holders(event: EventId) -> String {
    format!("holders#{event}")
}
pub(crate) fn registrations_of(user: UserId) -> String {
    format!("registrations#{user}")
}
pub(crate) fn sold_by(organizer: UserId, id: RegistrationId) -> Key {
    key(sales(organizer), id.to_string())
}
pub(crate) fn sales(organizer: UserId) -> String {
    format!("sales#{organizer}")
}
pub(crate) const PAYMENTS: &str = "payments";
pub(crate) fn payment(id: PaymentId) -> Key {
    key(format!("payment#{id}"), "payment")
}
pub(crate) fn paid_for(event: EventId, registration: RegistrationId, id: PaymentId) -> Key {
    key(payments_of_event(event), format!("{registration}#{id}"))
}
pub(crate) fn payments_of_event(event: EventId) -> String {
    format!("payments#{event}")
}
pub(crate) fn payments_for(registration: RegistrationId) -> String {
    format!("{registration}#")
}
pub(crate) fn payments_of(user: UserId) -> String {
    format!("payments#{user}")
}
pub(crate) fn earned_by(organizer: UserId, id: PaymentId) -> Key {
    key(earnings(organizer), id.to_string())
}
pub(crate) fn earnings(organizer: UserId) -> String {
    format!("earnings#{organizer}")
}
pub(crate) const REFUNDS: &str = "refunds";
pub(crate) fn refund(id: PaymentId) -> Key {
    key(REFUNDS.to_owned(), id.to_string())
}
pub(crate) fn poster(event: EventId, id: PosterId) -> Key {
    key(posters(event), id.to_string())
}
pub(crate) fn posters(event: EventId) -> String {
    format!("posters#{event}")
}
/// How many posters an event has.
pub(crate) fn poster_count(event: EventId) -> Key {
    key(format!("event#{event}"), "posters")
}
/// How far the sweep for pictures without a poster is.
pub(crate) fn orphan_sweep() -> Key {
    key("sweeps".to_owned(), "orphans")
}
pub(crate) const REMOVALS: &str = "removals";
pub(crate) fn removal(removal: Removal) -> Key {
    let (of, id) = match removal {
        Removal::Event(id) => ("event", id.to_string()),
        Removal::Ticket(id) => ("ticket", id.to_string()),
        Removal::User(id) => ("user", id.to_string()),
        Removal::Organizer(id) => ("organizer", id.to_string()),
    };
    key(REMOVALS.to_owned(), format!("{of}#{id}"))
}
/// What is removed under a sort key of the removals.
pub(crate) fn removal_of(sk: &str) -> Option<Removal> {
    let (of, id) = sk.split_once('#')?;
    Some(match of {
        "event" => Removal::Event(EventId::parse(id)?),
        "ticket" => Removal::Ticket(TicketId::parse(id)?),
        "user" => Removal::User(UserId::parse(id)?),
        "organizer" => Removal::Organizer(EventId::parse(id)?),
        _ => return None,
    })
}
pub(crate) fn cached_event(id: EventId) -> Key {
    key(format!("cache#event#{id}"), "cache")
}
pub(crate) fn cached_ticket(id: TicketId) -> Key {
    key(format!("cache#ticket#{id}"), "cache")
}
/// A page of the ticket list; `event` is the one whose tickets are listed.
pub(crate) fn cached_list(event: Option<EventId>, limit: u16, after: Option<TicketId>) -> Key {
    let after = after.map(|id| id.to_string()).unwrap_or_default();
    key(generation(event).pk, format!("page#{limit}#{after}"))
}
/// How often the tickets of an event, or all tickets, have changed.
pub(crate) fn generation(event: Option<EventId>) -> Key {
    let whose = event.map_or_else(|| "all".to_owned(), |event| event.to_string());
    key(format!("cache#tickets#{whose}"), "generation")
}

// power

pub(crate) const REGIONS: &str = "regions";
pub(crate) fn region(id: RegionId) -> Key {
    key(format!("region#{id}"), "region")
}
pub(crate) fn followers(region: RegionId) -> String {
    format!("followers#{region}")
}
/// Followers stand in order of language and zone, so that a page of them is one stretch of the partition.
pub(crate) fn follower(region: RegionId, language: Language, zone: &str, user: UserId) -> Key {
    key(followers(region), follower_sk(language, zone, user))
}
pub(crate) fn follower_sk(language: Language, zone: &str, user: UserId) -> String {
    format!("{}#{zone}#{user}", language.code())
}
pub(crate) const FOLLOWS: &str = "follows#";
pub(crate) fn following(user: UserId, region: RegionId) -> Key {
    key(followings(user), format!("{FOLLOWS}{region}"))
}
pub(crate) fn followings(user: UserId) -> String {
    format!("user#{user}")
}
pub(crate) fn since(since: Timestamp, user: UserId) -> String {
    format!("{}#{user}", digits(since))
}
pub(crate) const OUTAGE: &str = "outage#";
pub(crate) fn outage(at: OutageKey) -> Key {
    key(region(at.region).pk, format!("{OUTAGE}{}", started(at)))
}
pub(crate) fn started(at: OutageKey) -> String {
    format!("{}#{}", digits(at.started_at), at.id)
}
pub(crate) const fn outages(is_open: bool) -> &'static str {
    if is_open { "outages#open" } else { "outages#closed" }
}

// mailings

pub(crate) fn client(id: ClientId) -> Key {
    key(format!("client#{id}"), "client")
}
/// A client whom a mailing is tried with, found by nothing else.
pub(crate) fn trial(id: ClientId) -> Key {
    key(format!("trial#{id}"), "trial")
}
/// Whose phone it is.
pub(crate) fn phone(phone: &Phone) -> Key {
    key(format!("phone#{}", phone.as_str()), "claim")
}
/// Where a client is found by a term, as a list or as an audience: listed by id in the list index, and here in the
/// order in which pages are cut.
pub(crate) fn audience_row(term: &ClientTerm, client: &Client) -> Key {
    let sk = audience_sk(&client.zone, client.reads(), client.id);
    key(audience(audience_shard(client.id), term), sk)
}
/// The part of an audience that a client is in, which they never leave.
pub(crate) fn audience_shard(client: ClientId) -> u8 {
    let [.., last] = client.to_bytes();
    last % AUDIENCE_SHARDS
}
pub(crate) fn audience_sk(zone: &Zone, language: Language, client: ClientId) -> String {
    format!("{}#{}#{client}", zone.name(), language.code())
}
pub(crate) fn audience(shard: u8, term: &ClientTerm) -> String {
    format!("audience#{shard}#{}", facts(term))
}
/// A file of clients, and how far its import is.
pub(crate) fn import(id: ImportId) -> Key {
    key(format!("import#{id}"), "import")
}
/// The rows of a file that are refused and begin on this line or after it.
pub(crate) fn refused(import_id: ImportId, line: u64) -> Key {
    key(import(import_id).pk, format!("refused#{line:010}"))
}
/// A part of an audience.
pub(crate) struct Part {
    pub(crate) key: String,
    pub(crate) shard: u8,
    pub(crate) term: ClientTerm,
}
/// All parts of an audience, in their order.
pub(crate) fn audiences(terms: &[ClientTerm]) -> Vec<Part> {
    let part = |shard, term: &ClientTerm| Part {
        key: audience(shard, term),
        shard,
        term: term.clone(),
    };
    let mut parts: Vec<Part> = (0..AUDIENCE_SHARDS)
        .flat_map(|shard| terms.iter().map(move |term| part(shard, term)))
        .collect();
    parts.sort_unstable_by(|a, b| a.key.cmp(&b.key));
    parts
}
/// A place in an audience. No tag has a line break in it.
pub(crate) fn audience_cursor(row: &Key) -> String {
    format!("{}\n{}", row.pk, row.sk)
}
/// The part of an audience that a cursor is in, and what it follows there.
pub(crate) fn audience_place(cursor: &str) -> Option<(&str, &str)> {
    cursor.split_once('\n')
}
/// Mailings, listed by id.
pub(crate) const MAILINGS: &str = "mailings";
pub(crate) fn mailing(id: MailingId) -> Key {
    key(format!("mailing#{id}"), "mailing")
}
pub(crate) fn clients(term: &ClientTerm) -> String {
    format!("clients#{}", facts(term))
}
fn facts(term: &ClientTerm) -> String {
    match term {
        ClientTerm::All => "all".to_owned(),
        ClientTerm::Operator(code) => format!("operator={}", code.as_str()),
        ClientTerm::Tag(tag) => format!("tag={}", tag.as_str()),
        ClientTerm::Both(code, tag) => format!("operator={}&tag={}", code.as_str(), tag.as_str()),
    }
}

// notices

pub(crate) const NOTICES: &str = "notices";
pub(crate) fn notice(id: NoticeId) -> Key {
    key(format!("notice#{id}"), "notice")
}
pub(crate) fn tally(id: NoticeId) -> Key {
    key(format!("notice#{id}"), "tally")
}
/// Who was told by a notice.
pub(crate) fn broken_down(id: NoticeId) -> Key {
    key(format!("breakdown#{id}"), "breakdown")
}
pub(crate) fn page(id: PageId) -> Key {
    key(format!("page#{id}"), "page")
}
/// Until when the time for sending is taken.
pub(crate) fn pace(channel: Channel) -> Key {
    key(format!("pace#{}", channel.name()), "pace")
}
/// Work that somebody asked for.
pub(crate) fn task(id: TaskId) -> Key {
    key(format!("task#{id}"), "task")
}
pub(crate) const MESSAGE: &str = "message#";
pub(crate) fn message(id: MessageId) -> Key {
    key(page(id.page()).pk, format!("{MESSAGE}{:03}", id.place()))
}
/// What the provider said of the messages on a page.
pub(crate) fn answers(page_id: PageId) -> Key {
    key(page(page_id).pk, "answers")
}
pub(crate) fn suppression(id: SuppressionId) -> Key {
    key(format!("suppression#{id}"), "suppression")
}
pub(crate) fn suppressions(topic: Topic) -> String {
    format!("suppressions#{}", topic.name())
}
pub(crate) fn suppressed(since: Timestamp, id: SuppressionId) -> String {
    format!("{}#{id}", digits(since))
}
const BOUNCES: &str = "bounces#";
/// The soft bounces of an address.
pub(crate) fn soft_bounces(address: AddressId) -> Key {
    key(format!("{BOUNCES}{address}"), "soft")
}
pub(crate) fn brake() -> Key {
    key("brake".to_owned(), "brake")
}
/// What came back in an hour of the clock.
pub(crate) fn hour(hour: Timestamp) -> Key {
    key(brake().pk, format!("hour#{}", digits(hour)))
}

// what is due

pub(crate) fn due_shard(shard: u8) -> String {
    format!("due#{shard}")
}
/// The shard and sort key under which `thing` is due at `time`.
pub(crate) fn due(time: Timestamp, thing: &Key) -> (String, String) {
    let shard = thing
        .pk
        .bytes()
        .fold(0u8, |sum, byte| sum.wrapping_mul(31).wrapping_add(byte))
        % DUE_SHARDS;
    (due_shard(shard), format!("{}#{}", digits(time), thing.pk))
}
/// Whether what is due by this sort key is due after `time`.
pub(crate) fn is_due_after(due: &str, time: Timestamp) -> bool {
    due > digits(time).as_str()
}
/// The line of a notice's pages that are not in its lane.
pub(crate) fn line(notice: NoticeId) -> String {
    format!("line#{notice}")
}
/// The place of a page in its notice's line: by when its people can be told, then in the order of planning.
pub(crate) fn place_in_line(ready: Timestamp, page_id: PageId) -> String {
    format!("{}#{}", digits(ready), page(page_id).pk)
}
/// When the page with this place in its line can be told.
pub(crate) fn ready_at(place: &str) -> Option<Timestamp> {
    crate::instant::from_digits(place.split_once('#')?.0)
}
/// The sort key that follows everything due at or before `time`.
pub(crate) fn due_until(time: Timestamp) -> String {
    format!("{}$", digits(time))
}

/// What is counted of those who were told: the names of attributes, some of which go on with what is counted.
pub(crate) mod breakdown {
    pub(crate) const HOUR: &str = "hour#";
    pub(crate) const OPERATOR: &str = "operator#";
    pub(crate) const TAG: &str = "tag#";
    pub(crate) const OTHER_TAGS: &str = "other_tags";
    pub(crate) const ATTEMPTS: &str = "attempts";
    pub(crate) const TURNS: &str = "turns";
    /// When the first and the last were told by those who had a slot: each slot has one holder, who writes for it alone.
    pub(crate) const FIRST: &str = "first#";
    pub(crate) const LAST: &str = "last#";
}
