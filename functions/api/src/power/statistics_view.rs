use jiff::Timestamp;
use kabar_app::power::RegionStatistics;
use kabar_domain::power::{Bucket, Indices, Statistics};
use serde::Serialize;
use utoipa::ToSchema;

/// What became of a home or a region in a period. All parts add up to it.
#[derive(Serialize, ToSchema)]
#[schema(as = PowerStatistics)]
pub(crate) struct StatisticsView {
    /// `24h`, `7d`, `30d` or `1y`.
    #[schema(example = "30d")]
    period: &'static str,
    /// When it began, by the clocks of the place: with an hour, a day or a month.
    #[schema(value_type = String, format = DateTime)]
    from: Timestamp,
    /// Up to when it is: now.
    #[schema(value_type = String, format = DateTime)]
    to: Timestamp,
    /// Which part of the time there was power, from 0 to 1, of the time in which it was known; null if that was never known.
    /// The time before anything was known of the place does not count, nor does that in which nothing was heard of it,
    /// unless it fell into an outage.
    #[schema(example = 0.9986)]
    uptime_ratio: Option<f64>,
    /// How many outages began.
    #[schema(example = 1)]
    outages: u32,
    /// How long there was no power, in seconds, also in outages that began before.
    #[schema(example = 3600)]
    off_seconds: u64,
    /// How long the longest of those outages lasted that began, in seconds, so far if it lasts; null if none began.
    #[schema(example = 3600)]
    longest_s: Option<u64>,
    /// How long they lasted on average, in seconds; null if none began.
    #[schema(example = 3600)]
    mean_s: Option<u64>,
    /// The hours, days or months of the period, the oldest first.
    buckets: Vec<BucketView>,
}

/// A part of a period.
#[derive(Serialize, ToSchema)]
#[schema(as = PowerBucket)]
pub(crate) struct BucketView {
    /// When it began. It ends where the next one begins, the last one now.
    #[schema(value_type = String, format = DateTime)]
    start: Timestamp,
    /// How long there was no power, in seconds.
    off_seconds: u64,
    /// How many outages began.
    outages: u32,
}

/// What became of a region in a period. Of fewer than five homes the indices are null: they would tell of somebody's own.
#[derive(Serialize, ToSchema)]
#[schema(as = RegionStatistics)]
pub(crate) struct RegionStatisticsView {
    #[serde(flatten)]
    statistics: StatisticsView,
    /// IEEE 1366: for how many minutes a home was without power, on average over all homes that the region has now. As the
    /// next three, of the interruptions of its homes that began in the period and are over.
    #[schema(example = 48.0)]
    saidi: Option<f64>,
    /// How many sustained interruptions a home had, on average: of more than five minutes.
    #[schema(example = 0.8)]
    saifi: Option<f64>,
    /// How many minutes a sustained interruption lasted, on average; null also if there was none.
    #[schema(example = 60.0)]
    caidi: Option<f64>,
    /// How many momentary interruptions a home had, on average: of at most five minutes.
    #[schema(example = 0.6)]
    maifi: Option<f64>,
}

/// The columns of its parts, as a table.
pub(super) const COLUMNS: [&str; 3] = ["start", "off_seconds", "outages"];

impl BucketView {
    /// Its row.
    pub(super) fn row(bucket: &Bucket) -> [String; 3] {
        [
            bucket.start.to_string(),
            bucket.figures.off_seconds.to_string(),
            bucket.figures.outages.to_string(),
        ]
    }
}

impl From<&Bucket> for BucketView {
    fn from(bucket: &Bucket) -> Self {
        Self {
            start: bucket.start,
            off_seconds: bucket.figures.off_seconds,
            outages: bucket.figures.outages,
        }
    }
}

impl From<&Statistics> for StatisticsView {
    fn from(statistics: &Statistics) -> Self {
        let total = statistics.total();
        Self {
            period: statistics.period.name(),
            from: statistics.from,
            to: statistics.to,
            uptime_ratio: statistics.uptime_ratio(),
            outages: total.outages,
            off_seconds: total.off_seconds,
            longest_s: (total.outages > 0).then_some(total.longest),
            mean_s: total.mean(),
            buckets: statistics.buckets.iter().map(BucketView::from).collect(),
        }
    }
}

impl From<&RegionStatistics> for RegionStatisticsView {
    fn from(of_region: &RegionStatistics) -> Self {
        let index = |of: fn(&Indices) -> f64| of_region.indices.as_ref().map(of);
        Self {
            statistics: (&of_region.statistics).into(),
            saidi: index(|indices| indices.saidi),
            saifi: index(|indices| indices.saifi),
            caidi: of_region.indices.and_then(|indices| indices.caidi),
            maifi: index(|indices| indices.maifi),
        }
    }
}
