//! The words, as files of this crate. A new kind of news is a new folder and its lines here: mails
//! first, then what is said to chats.

macro_rules! words {
    ($($folder:literal),* $(,)?; $($chat:literal),* $(,)?) => {
        /// Every template by name; names end in what decides how they are escaped.
        const ALL: &[(&str, &str)] = &[
            ("layout.html", include_str!("../../words/layout.html")),
            ("link/en.txt", include_str!("../../words/link/en.txt")),
            ("link/en.html", include_str!("../../words/link/en.html")),
            ("link/id.txt", include_str!("../../words/link/id.txt")),
            ("link/id.html", include_str!("../../words/link/id.html")),
            ("event/en/rows.txt", include_str!("../../words/event/en/rows.txt")),
            ("event/en/rows.html", include_str!("../../words/event/en/rows.html")),
            ("event/id/rows.txt", include_str!("../../words/event/id/rows.txt")),
            ("event/id/rows.html", include_str!("../../words/event/id/rows.html")),
            $(
                (concat!($folder, "/subject.txt"), include_str!(concat!("../../words/", $folder, "/subject.txt"))),
                (concat!($folder, "/body.txt"), include_str!(concat!("../../words/", $folder, "/body.txt"))),
                (concat!($folder, "/body.html"), include_str!(concat!("../../words/", $folder, "/body.html"))),
            )*
            $(($chat, include_str!(concat!("../../words/", $chat))),)*
        ];
    };
}

/// The template of this name.
pub(super) fn source(name: &str) -> Option<&'static str> {
    ALL.iter()
        .find_map(|(known, source)| (*known == name).then_some(*source))
}

words![
    "event_changed/en",
    "event_changed/id",
    "home_outage/en",
    "home_outage/id",
    "home_restored/en",
    "home_restored/id",
    "mailing/en",
    "mailing/id",
    "outage/en",
    "outage/id",
    "password_reset/en",
    "password_reset/id",
    "payment/en",
    "payment/id",
    "planned_cut/en",
    "planned_cut/id",
    "planned_cut_changed/en",
    "planned_cut_changed/id",
    "registration/en",
    "registration/id",
    "registration_cancelled/en",
    "registration_cancelled/id",
    "registration_changed/en",
    "registration_changed/id",
    "reminder/en",
    "reminder/id",
    "restored/en",
    "restored/id";
    "home_outage/en/chat.html",
    "home_outage/id/chat.html",
    "home_restored/en/chat.html",
    "home_restored/en/over.html",
    "home_restored/id/chat.html",
    "home_restored/id/over.html",
    "outage/en/chat.html",
    "outage/id/chat.html",
    "planned_cut/en/chat.html",
    "planned_cut/id/chat.html",
    "planned_cut_changed/en/chat.html",
    "planned_cut_changed/id/chat.html",
    "restored/en/chat.html",
    "restored/en/over.html",
    "restored/id/chat.html",
    "restored/id/over.html",
    "test/en/chat.html",
    "test/id/chat.html",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Words;

    #[test]
    fn every_template_can_be_parsed() {
        let Words(environment) = Words::default();
        for (name, _) in ALL {
            assert!(environment.get_template(name).is_ok(), "{name}");
        }
    }
}
