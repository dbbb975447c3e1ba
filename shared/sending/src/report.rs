use jiff::Timestamp;
use kabar_app::telling::{Held, PageReport, Sent};
use kabar_domain::ids::PageId;
use kabar_kit::metrics::{self, Unit};

/// Says what came of a page's turn, in the log and as metrics.
pub(crate) fn report(page: PageId, sent: &Sent, now: Timestamp) {
    match sent {
        Sent::Nothing => {}
        Sent::Held(Held::Paused) => {
            tracing::info!(notice = %page.notice(), page = page.number(), "held: the mailing is paused");
        }
        Sent::Held(Held::Braked) => {
            metrics::put("Braked", Unit::Count, 1, &[], now);
            tracing::warn!(notice = %page.notice(), page = page.number(), "held: mailings stand still");
        }
        Sent::Page(report) => {
            measure(report, now);
            tracing::info!(
                notice = %page.notice(),
                page = page.number(),
                lane = report.lane.name(),
                ended = report.ended.total(),
                told = report.ended.told(),
                in_doubt = report.ended.in_doubt,
                errors = report.errors,
                closed = report.is_closed,
                take_over = report.is_take_over,
                "sent"
            );
        }
    }
}

fn measure(report: &PageReport, now: Timestamp) {
    for (status, count) in &report.ended.by_status {
        let dimensions = [("Kind", report.kind.name()), ("Outcome", status.name())];
        metrics::put("Messages", Unit::Count, (*count).into(), &dimensions, now);
    }
    if report.is_closed {
        let lane = [("Lane", report.lane.name())];
        metrics::put("Lateness", Unit::Milliseconds, report.lateness_ms, &lane, now);
    }
}
