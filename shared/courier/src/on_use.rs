use std::{
    ops::Deref,
    sync::{Arc, LazyLock},
};

/// Something that is made by who first uses it: a start makes only what every event needs.
pub struct OnUse<T>(Arc<LazyLock<T, Box<dyn FnOnce() -> T + Send>>>);

impl<T> OnUse<T> {
    /// It will be made so.
    pub fn new(make: impl FnOnce() -> T + Send + 'static) -> Self {
        Self(Arc::new(LazyLock::new(Box::new(make))))
    }
}

impl<T> Clone for OnUse<T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<T> Deref for OnUse<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T: Send + 'static> From<T> for OnUse<T> {
    fn from(made: T) -> Self {
        Self::new(|| made)
    }
}
