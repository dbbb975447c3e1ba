use kabar_domain::news::{Audience, News, Notice};
use serde::Serialize;
use utoipa::ToSchema;

/// What people are told of, and why it is they who are.
#[derive(Serialize, ToSchema)]
#[schema(as = Cause)]
pub(super) struct CauseView {
    /// Why they are told: because they are a `follower` of the region, a `member` or the owner of the home, a `resident`
    /// with a home in the region, a `ticket_holder` of the event, or a `client` whom the mailing goes to; because their
    /// chat is a `subscriber` of the region; because somebody asked for it with their `account`; or as a `test` of staff.
    #[schema(example = "follower")]
    because: &'static str,
    /// The region whose followers are told, by mail or in Telegram, or the people of whose homes, if they are.
    region: Option<String>,
    /// The home whose people are told, if they are.
    home: Option<String>,
    /// The event it is about, if it is about one.
    event: Option<String>,
    /// The outage it is about, if it is about one.
    outage: Option<String>,
    /// The planned cut it is about, if it is about one.
    planned_cut: Option<String>,
    /// The registration it is about, if it is about one.
    registration: Option<String>,
    /// The mailing it is of, if it is of one.
    mailing: Option<String>,
}

impl From<&Notice> for CauseView {
    fn from(notice: &Notice) -> Self {
        let home = match notice.audience {
            Audience::Home { home, .. } | Audience::HomeChats { home, .. } => Some(home),
            _ => None,
        };
        let (mut outage, mut planned_cut, mut event, mut of) = (None, None, None, None);
        match &notice.news {
            News::Outage { outage: cut, .. }
            | News::Restored { outage: cut, .. }
            | News::HomeOutage { outage: cut, .. }
            | News::HomeRestored { outage: cut, .. } => outage = Some(cut.id),
            News::PlannedCut { cut } | News::PlannedCutChanged { cut, .. } => planned_cut = Some(cut.id),
            News::EventChanged { event: about, .. } => event = Some(about.id),
            News::Reminder {
                event: about,
                registration,
            } => (event, of) = (Some(about.id), *registration),
            News::Registered {
                event: about,
                registration,
                ..
            }
            | News::RegistrationChanged {
                event: about,
                registration,
                ..
            }
            | News::RegistrationCancelled {
                event: about,
                registration,
                ..
            }
            | News::PaymentCompleted {
                event: about,
                registration,
                ..
            } => (event, of) = (Some(about.id), Some(*registration)),
            News::PasswordReset { .. } | News::Mailing { .. } | News::Test { .. } => {}
        }
        Self {
            because: notice.because().name(),
            region: notice.audience.region().map(|id| id.to_string()),
            home: home.map(|id| id.to_string()),
            event: event.map(|id| id.to_string()),
            outage: outage.map(|id| id.to_string()),
            planned_cut: planned_cut.map(|id| id.to_string()),
            registration: of.map(|id| id.to_string()),
            mailing: notice.news.mailing().map(|id| id.to_string()),
        }
    }
}
