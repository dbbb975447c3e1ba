use std::{
    collections::VecDeque,
    sync::{Mutex, MutexGuard, PoisonError},
};

use tokio::sync::watch;

/// What a provider does instead of taking a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Says that it is asked too fast.
    Throttle,
    /// Answers 500 and has not taken it.
    Error,
    /// Does not answer and has not taken it.
    Hang,
    /// Takes it and answers 500.
    AcceptThenFail,
    /// Takes it and does not answer.
    AcceptThenHang,
    /// Takes it and answers when [`Provider::answer_late`] is called.
    Late,
    /// Says that we may not send now.
    Pause,
    /// Refuses this message for good.
    Reject,
}

/// What a provider answers, in words of its own.
pub(crate) enum Said {
    Taken,
    TooFast,
    Broken,
    NotNow,
    Never,
}

/// Somebody who keeps the messages they take and fails when told to.
pub struct Provider<T> {
    state: Mutex<State<T>>,
    calls: watch::Sender<u32>,
    may_answer: watch::Sender<bool>,
}

struct State<T> {
    taken: Vec<T>,
    faults: VecDeque<Fault>,
    always: Option<Fault>,
}

impl<T> Default for Provider<T> {
    fn default() -> Self {
        let state = State {
            taken: Vec::new(),
            faults: VecDeque::new(),
            always: None,
        };
        Self {
            state: Mutex::new(state),
            calls: watch::Sender::new(0),
            may_answer: watch::Sender::new(false),
        }
    }
}

impl<T> Provider<T> {
    fn state(&self) -> MutexGuard<'_, State<T>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Somebody hands over a message.
    pub(crate) async fn ask(&self, message: T) -> Said {
        self.calls.send_modify(|calls| *calls += 1);
        let fault = {
            let mut state = self.state();
            let fault = state.faults.pop_front().or(state.always);
            let takes = matches!(
                fault,
                None | Some(Fault::AcceptThenFail | Fault::AcceptThenHang | Fault::Late)
            );
            if takes {
                state.taken.push(message);
            }
            fault
        };
        match fault {
            None => Said::Taken,
            Some(Fault::Throttle) => Said::TooFast,
            Some(Fault::Error | Fault::AcceptThenFail) => Said::Broken,
            Some(Fault::Pause) => Said::NotNow,
            Some(Fault::Reject) => Said::Never,
            Some(Fault::Late) => {
                let mut may_answer = self.may_answer.subscribe();
                let _ = may_answer.wait_for(|may| *may).await;
                Said::Taken
            }
            Some(Fault::Hang | Fault::AcceptThenHang) => std::future::pending().await,
        }
    }

    /// Does this instead of taking the next `times` messages, after the faults that were asked for before.
    pub fn fail(&self, fault: Fault, times: usize) {
        self.state().faults.extend(std::iter::repeat_n(fault, times));
    }

    /// Does this to every message for which nothing else was asked; or takes them again.
    pub fn always(&self, fault: Option<Fault>) {
        self.state().always = fault;
    }

    /// Answers those who were to be answered [`Fault::Late`].
    pub fn answer_late(&self) {
        self.may_answer.send_replace(true);
    }

    /// How often it was asked.
    #[must_use]
    pub fn calls(&self) -> u32 {
        *self.calls.borrow()
    }

    /// Waits until it was asked `times` times in all.
    pub async fn asked(&self, times: u32) {
        let mut calls = self.calls.subscribe();
        calls
            .wait_for(|calls| *calls >= times)
            .await
            .expect("the sender lives in self");
    }
}

impl<T: Clone> Provider<T> {
    /// The messages that were taken, in order.
    #[must_use]
    pub fn taken(&self) -> Vec<T> {
        self.state().taken.clone()
    }
}
