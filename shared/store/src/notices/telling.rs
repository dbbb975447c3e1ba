//! How the transaction of a change tells of it.

use aws_sdk_dynamodb::types::{AttributeValue, TransactWriteItem};
use kabar_domain::{ids::NoticeId, news::Notice};

use super::Notices;
use crate::{Result, db::n, keys, writes::checked};

/// What a change says of itself to those whom it concerns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Telling {
    /// Nothing.
    Nothing,
    /// A new notice.
    By(Box<Notice>),
    /// What a notice will say that nobody has begun to tell: it says what is true when it is told.
    With(NoticeId),
}

impl Telling {
    /// The notice that tells, if there is one.
    #[must_use]
    pub fn notice(&self) -> Option<NoticeId> {
        match self {
            Self::Nothing => None,
            Self::By(notice) => Some(notice.id),
            Self::With(notice) => Some(*notice),
        }
    }
}

impl Notices {
    /// The part of a change's transaction that tells of it. One that counts on another notice is refused once that is
    /// being told.
    pub(crate) fn tell(&self, telling: &Telling) -> Result<Option<TransactWriteItem>> {
        match telling {
            Telling::Nothing => Ok(None),
            Telling::By(notice) => self.put(notice).map(Some),
            Telling::With(notice) => self.check_untold(*notice).map(Some),
        }
    }

    fn check_untold(&self, notice: NoticeId) -> Result<TransactWriteItem> {
        let check = self
            .0
            .check(keys::notice(notice))
            .condition_expression("pages = :none AND is_complete = :false")
            .expression_attribute_values(":none", n(0))
            .expression_attribute_values(":false", AttributeValue::Bool(false));
        checked(check)
    }
}
