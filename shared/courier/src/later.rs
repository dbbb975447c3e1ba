use std::{
    ops::Deref,
    sync::{Arc, LazyLock},
};

/// A client that is made by who first uses it: a start makes only what every event needs.
pub struct Later<T>(Arc<LazyLock<T, Box<dyn FnOnce() -> T + Send>>>);

impl<T> Later<T> {
    /// A client that will be made so.
    pub fn new(make: impl FnOnce() -> T + Send + 'static) -> Self {
        Self(Arc::new(LazyLock::new(Box::new(make))))
    }
}

impl<T> Clone for Later<T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<T> Deref for Later<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T: Send + 'static> From<T> for Later<T> {
    fn from(made: T) -> Self {
        Self::new(|| made)
    }
}
