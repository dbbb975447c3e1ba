/// Why there is no figure. The bench says so and stops: a partial table would be read as a whole one.
pub(crate) type Failure = Box<dyn std::error::Error + Send + Sync>;

pub(crate) type Result<T> = std::result::Result<T, Failure>;
