//! Keys of the table of mailings.

use kabar_domain::{
    Language, Zone,
    ids::{ClientId, ImportId, MailingId},
    mailings::{Client, ClientTerm, Phone},
};

use super::{Key, key};

/// Parts of an audience, so that importing its clients is not limited by one partition (1,000 writes a second).
const AUDIENCE_SHARDS: u8 = 4;

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
