//! What a check says of itself: one line, three metrics.

use kabar_app::power::CheckReport;
use kabar_domain::World;
use kabar_kit::{
    cause_chain,
    metrics::{self, Unit},
};
use kabar_store::StoreError;
use lambda_runtime::Error;

/// Logs a check and passes on what the schedule is to know of it.
pub(crate) fn checked(
    result: Result<CheckReport, StoreError>,
    world: &dyn World,
) -> Result<CheckReport, Error> {
    let report = result.inspect_err(|error| tracing::error!(cause = cause_chain(error), "check failed"))?;
    for (name, count) in [
        ("OutagesOpened", report.outages_opened),
        ("OutagesClosed", report.outages_closed),
        ("IntakeFailures", u32::from(report.is_intake_failing)),
    ] {
        if count > 0 {
            metrics::put(name, Unit::Count, count.into(), &[], world.now());
        }
    }
    // A minute in which nothing happened is not worth a line: most minutes are like that.
    if report.is_intake_failing {
        tracing::warn!("devices are not heard: nobody's silence counts");
    }
    if report.homes + report.regions > 0 {
        tracing::info!(
            homes = report.homes,
            homes_turned = report.homes_turned,
            probes = report.probes,
            probes_unclear = report.probes_unclear,
            regions = report.regions,
            outages_opened = report.outages_opened,
            outages_closed = report.outages_closed,
            left_for_next = report.left_for_next,
            not_queued = report.not_queued,
            "checked"
        );
    }
    Ok(report)
}
