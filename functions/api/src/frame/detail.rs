use super::{Problem, ProblemKind};

impl Problem {
    /// What there is to say of this very request: the handler's sentence, else the bad fields, else what to do about
    /// a problem of this kind. Of a defect of ours there is nothing to say.
    pub(crate) fn sentence(&self) -> Option<String> {
        let named = || {
            let fields = self.errors.iter();
            let fields = fields.map(|(field, reasons)| format!("{field}: {}", reasons.join(" ")));
            fields.collect::<Vec<_>>().join(" ")
        };
        let sentence = match self.kind {
            ProblemKind::Internal => return None,
            _ if self.detail.is_some() => return self.detail.clone(),
            ProblemKind::Invalid => return Some(named()),
            ProblemKind::Malformed => "It does not follow the rules of HTTP or of this API.",
            ProblemKind::NotLoggedIn => "A good access token is needed: log in, or refresh it.",
            ProblemKind::NotAllowed => "Your roles do not allow this, or it belongs to somebody else.",
            ProblemKind::NotFound => "There is nothing at this URL, or not any more.",
            ProblemKind::MethodNotAllowed => "The Allow header names the methods that apply.",
            ProblemKind::Conflict => "Read it again and see what has changed.",
            ProblemKind::Changed => "It is not the version that If-Match names; read it again.",
            ProblemKind::TooLarge => "Send a smaller body.",
            ProblemKind::UnsupportedMediaType => "Send application/json.",
            ProblemKind::KeyReused => "Use a new Idempotency-Key for another request.",
            ProblemKind::TooManyTries => "The Retry-After header says for how many seconds to wait.",
            ProblemKind::Unavailable => "Try again in the seconds that the Retry-After header says.",
        };
        Some(sentence.to_owned())
    }
}
