//! Keys of what is due: one sparse index in every table, and the line of a notice.

use jiff::Timestamp;
use kabar_domain::ids::{NoticeId, PageId};

use super::{DUE_SHARDS, Key, page};
use crate::instant::digits;

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
/// When what stands under a sort key of the due index is due.
pub(crate) fn due_at(sort: &str) -> Option<Timestamp> {
    let (millis, _) = sort.split_once('#')?;
    Timestamp::from_millisecond(millis.parse().ok()?).ok()
}
