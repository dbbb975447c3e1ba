use jiff::Timestamp;
use kabar_app::power::RegionStatistics;
use kabar_domain::power::{Bucket, Indices, Statistics};
use serde::Serialize;
use utoipa::ToSchema;

/// What became of a place in a period.
#[derive(Serialize, ToSchema)]
#[schema(as = PowerTotals)]
pub(crate) struct TotalsView {
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
}

/// What became of a home in a period. All parts add up to it.
#[derive(Serialize, ToSchema)]
#[schema(as = PowerStatistics)]
pub(crate) struct StatisticsView {
    #[serde(flatten)]
    totals: TotalsView,
    /// The hours, days or months of the period, the oldest first.
    buckets: Vec<BucketView>,
}

/// The indices of IEEE 1366, of all homes that a region has now, and of the interruptions of its homes that began in a time
/// and are over. Of fewer than five homes they are null: they would tell of somebody's own.
#[derive(Clone, Copy, Default, Serialize, ToSchema)]
#[schema(as = ReliabilityIndices)]
pub(crate) struct IndicesView {
    /// For how many minutes a home was without power, on average.
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

/// A part of a period of a region.
#[derive(Serialize, ToSchema)]
#[schema(as = RegionPowerBucket)]
pub(crate) struct RegionBucketView {
    #[serde(flatten)]
    bucket: BucketView,
    #[serde(flatten)]
    indices: IndicesView,
}

/// What became of a region in a period, with the indices of all of it and of each part. All parts add up to it.
#[derive(Serialize, ToSchema)]
#[schema(as = RegionStatistics)]
pub(crate) struct RegionStatisticsView {
    #[serde(flatten)]
    totals: TotalsView,
    #[serde(flatten)]
    indices: IndicesView,
    /// The hours, days or months of the period, the oldest first.
    buckets: Vec<RegionBucketView>,
}

/// The columns of the parts of a home's statistics, as a table.
pub(super) const COLUMNS: [&str; 3] = ["start", "off_seconds", "outages"];
/// The same of a region's.
pub(super) const REGION_COLUMNS: [&str; 7] = [
    "start",
    "off_seconds",
    "outages",
    "saidi",
    "saifi",
    "caidi",
    "maifi",
];

impl BucketView {
    /// Its row.
    pub(super) fn row(&self) -> [String; 3] {
        [
            self.start.to_string(),
            self.off_seconds.to_string(),
            self.outages.to_string(),
        ]
    }
}

impl RegionBucketView {
    /// Its row: an index that is null is empty there.
    pub(super) fn row(&self) -> [String; 7] {
        let [start, off_seconds, outages] = self.bucket.row();
        let index = |of: Option<f64>| of.map_or_else(String::new, |index| index.to_string());
        let IndicesView {
            saidi,
            saifi,
            caidi,
            maifi,
        } = self.indices;
        [
            start,
            off_seconds,
            outages,
            index(saidi),
            index(saifi),
            index(caidi),
            index(maifi),
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

impl From<Option<Indices>> for IndicesView {
    fn from(indices: Option<Indices>) -> Self {
        indices.map_or_else(Self::default, |indices| Self {
            saidi: Some(indices.saidi),
            saifi: Some(indices.saifi),
            caidi: indices.caidi,
            maifi: Some(indices.maifi),
        })
    }
}

impl From<&Statistics> for TotalsView {
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
        }
    }
}

impl From<&Statistics> for StatisticsView {
    fn from(statistics: &Statistics) -> Self {
        Self {
            totals: statistics.into(),
            buckets: statistics.buckets.iter().map(BucketView::from).collect(),
        }
    }
}

impl From<&RegionStatistics> for RegionStatisticsView {
    fn from(of_region: &RegionStatistics) -> Self {
        let buckets = of_region.statistics.buckets.iter().enumerate();
        let indices = |part: usize| of_region.parts.as_ref()?.get(part).copied();
        Self {
            totals: (&of_region.statistics).into(),
            indices: of_region.indices.into(),
            buckets: buckets
                .map(|(part, bucket)| RegionBucketView {
                    bucket: bucket.into(),
                    indices: indices(part).into(),
                })
                .collect(),
        }
    }
}

impl StatisticsView {
    /// The rows of its parts.
    pub(super) fn rows(&self) -> impl Iterator<Item = [String; 3]> {
        self.buckets.iter().map(BucketView::row)
    }
}

impl RegionStatisticsView {
    /// The rows of its parts.
    pub(super) fn rows(&self) -> impl Iterator<Item = [String; 7]> {
        self.buckets.iter().map(RegionBucketView::row)
    }
}
