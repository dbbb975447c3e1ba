use kabar_domain::{
    Language,
    news::{Because, Kind, News},
};

/// What stands on the page of a letter, beside the letter itself.
pub(super) struct Words {
    pub(super) heading: &'static str,
    pub(super) about: &'static str,
    pub(super) why: &'static str,
    pub(super) sent: &'static str,
    pub(super) told_of: &'static str,
    pub(super) all: &'static str,
}

pub(super) const fn words(language: Language) -> Words {
    match language {
        Language::En => Words {
            heading: "Your message",
            about: "About",
            why: "Why you got it",
            sent: "Sent",
            told_of: "What you are told",
            all: "All that you are told: log in",
        },
        Language::Id => Words {
            heading: "Pesan Anda",
            about: "Tentang",
            why: "Mengapa Anda menerimanya",
            sent: "Dikirim",
            told_of: "Apa yang dikabarkan kepada Anda",
            all: "Semua yang dikabarkan kepada Anda: masuk",
        },
    }
}

/// What a letter is about.
pub(super) const fn kind(kind: Kind, language: Language) -> &'static str {
    let (en, id) = match kind {
        Kind::Outage => ("The power is out", "Listrik padam"),
        Kind::Restored => ("The power is back", "Listrik menyala kembali"),
        Kind::HomeOutage => ("The power is out at home", "Listrik padam di rumah"),
        Kind::HomeRestored => ("The power is back at home", "Listrik menyala kembali di rumah"),
        Kind::PlannedCut => ("Planned cut", "Pemadaman terencana"),
        Kind::PlannedCutChanged => ("Planned cut changed", "Pemadaman terencana berubah"),
        Kind::PasswordReset => ("New password", "Kata sandi baru"),
        Kind::Registration => ("Registration", "Pendaftaran"),
        Kind::RegistrationChanged => ("Registration changed", "Pendaftaran berubah"),
        Kind::RegistrationCancelled => ("Registration cancelled", "Pendaftaran dibatalkan"),
        Kind::Payment => ("Payment", "Pembayaran"),
        Kind::EventChanged => ("Event changed", "Acara berubah"),
        Kind::Reminder => ("Reminder", "Pengingat"),
        Kind::Mailing => ("Mailing", "Kiriman"),
        Kind::Test => ("Test", "Uji coba"),
    };
    match language {
        Language::En => en,
        Language::Id => id,
    }
}

/// The region, the home or the event that a letter is about, as people call it.
pub(super) fn called(news: &News) -> Option<&str> {
    match news {
        News::Outage { region, .. } | News::Restored { region, .. } => Some(region),
        News::HomeOutage { home, .. } | News::HomeRestored { home, .. } => Some(home),
        News::PlannedCut { cut } | News::PlannedCutChanged { cut, .. } => Some(&cut.called),
        News::Registered { event, .. }
        | News::RegistrationChanged { event, .. }
        | News::RegistrationCancelled { event, .. }
        | News::PaymentCompleted { event, .. }
        | News::EventChanged { event, .. }
        | News::Reminder { event, .. } => Some(&event.name),
        News::PasswordReset { .. } | News::Mailing { .. } | News::Test { .. } => None,
    }
}

/// Why somebody got a letter.
pub(super) const fn because(because: Because, language: Language) -> &'static str {
    let (en, id) = match because {
        Because::Follower => ("You follow the region.", "Anda mengikuti wilayahnya."),
        Because::Member => ("It is your home.", "Itu rumah Anda."),
        Because::Resident => (
            "You have a home in the region.",
            "Anda punya rumah di wilayah itu.",
        ),
        Because::TicketHolder => (
            "You hold, or held, a ticket.",
            "Anda memegang, atau pernah memegang, tiketnya.",
        ),
        Because::Account => (
            "Somebody asked for it with your account.",
            "Ada yang memintanya dengan akun Anda.",
        ),
        Because::Subscriber => (
            "Your chat subscribes to the region.",
            "Obrolan Anda berlangganan wilayah itu.",
        ),
        Because::Client => ("The mailing is for you.", "Kirimannya untuk Anda."),
        Because::Test => ("Staff tried it out.", "Petugas mengujinya."),
    };
    match language {
        Language::En => en,
        Language::Id => id,
    }
}
