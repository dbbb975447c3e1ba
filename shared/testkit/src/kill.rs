use std::{
    future::{Future, poll_fn},
    pin::pin,
    task::Poll,
};

/// Runs `work` until it has been polled `times` times, then drops it where it stands, as SIGKILL would. Returns its
/// result if it came to one.
pub async fn dies_after<T>(times: u32, work: impl Future<Output = T>) -> Option<T> {
    let mut work = pin!(work);
    let mut left = times;
    poll_fn(|context| {
        if left == 0 {
            return Poll::Ready(None);
        }
        left -= 1;
        let polled = work.as_mut().poll(context).map(Some);
        if left == 0 && polled.is_pending() {
            return Poll::Ready(None);
        }
        polled
    })
    .await
}

/// How often `work` has to be polled until it is done, and what it comes to.
pub async fn polls<T>(work: impl Future<Output = T>) -> (u32, T) {
    let mut work = pin!(work);
    let mut times = 0;
    let done = poll_fn(|context| {
        times += 1;
        work.as_mut().poll(context)
    })
    .await;
    (times, done)
}
