//! The season of events of `--demo`. Organizers, events and prices are made up.

/// When an event is, as seen from the day on which the data is made.
pub(super) enum When {
    /// So many minutes from now.
    Soon(i64),
    /// So many days from today, at this hour of the event's own clock.
    Day(i64, i8),
}

/// An event with its tickets and who holds them.
pub(super) struct Event {
    pub(super) name: &'static str,
    pub(super) description: &'static str,
    pub(super) location: &'static str,
    /// The region of the power grid that it lies in.
    pub(super) region: Option<&'static str>,
    pub(super) time_zone: &'static str,
    pub(super) category: &'static str,
    pub(super) organizer: &'static str,
    pub(super) when: When,
    pub(super) hours: i64,
    /// How far it is in the end: it sells before.
    pub(super) status: &'static str,
    pub(super) quota: u32,
    /// A PNG.
    pub(super) poster: Option<&'static [u8]>,
    pub(super) tickets: &'static [Ticket],
}

/// A kind of ticket and the people who hold it.
pub(super) struct Ticket {
    pub(super) name: &'static str,
    /// In rupiah.
    pub(super) price: u32,
    pub(super) quota: u32,
    /// Who holds one, and how far their payment is; free seats have none.
    pub(super) holders: &'static [(&'static str, Option<&'static str>)],
}

const fn ticket(
    name: &'static str,
    price: u32,
    quota: u32,
    holders: &'static [(&'static str, Option<&'static str>)],
) -> Ticket {
    Ticket {
        name,
        price,
        quota,
        holders,
    }
}

/// People of the demo who organize events.
pub(super) const ORGANIZERS: &[&str] = &["citra", "dewi", "fitri"];

const PAID: Option<&str> = Some("completed");
const PENDING: Option<&str> = Some("pending");
const FAILED: Option<&str> = Some("failed");

pub(super) const EVENTS: &[Event] = &[
    Event {
        name: "Kopi Darat Pembaca Senja",
        description: "Bawa satu buku, pulang dengan buku lain.",
        location: "Kedai Braga, Bandung",
        region: Some("Bandung"),
        time_zone: "Asia/Jakarta",
        category: "community",
        organizer: "citra",
        when: When::Soon(115),
        hours: 2,
        status: "scheduled",
        quota: 30,
        poster: None,
        tickets: &[ticket(
            "Tanpa biaya",
            0,
            30,
            &[("ayu", None), ("budi", None), ("hans", None)],
        )],
    },
    Event {
        name: "Malam Puisi Kota Tua",
        description: "Dua belas penyair, satu mikrofon.",
        location: "Teater Kecil, Jakarta",
        region: Some("Jakarta"),
        time_zone: "Asia/Jakarta",
        category: "literature",
        organizer: "fitri",
        when: When::Day(4, 19),
        hours: 3,
        status: "scheduled",
        quota: 4,
        poster: Some(include_bytes!("posters/poetry.png")),
        tickets: &[ticket(
            "Umum",
            75_000,
            4,
            &[
                ("ayu", PAID),
                ("iris", PAID),
                ("lukas", PAID),
                ("kirana", PENDING),
            ],
        )],
    },
    Event {
        name: "Festival Jazz Senja",
        description: "Tiga panggung di bawah pohon-pohon damar.",
        location: "Taman Hutan Raya, Bandung",
        region: Some("Bandung Utara"),
        time_zone: "Asia/Jakarta",
        category: "music",
        organizer: "citra",
        when: When::Day(6, 17),
        hours: 5,
        status: "scheduled",
        quota: 500,
        poster: Some(include_bytes!("posters/jazz.png")),
        tickets: &[
            ticket(
                "Reguler",
                150_000,
                400,
                &[("budi", PAID), ("eko", PENDING), ("james", FAILED)],
            ),
            ticket("VIP", 350_000, 2, &[("hans", PAID), ("ayu", PAID)]),
        ],
    },
    Event {
        name: "Lari Pagi Danau Sentani",
        description: "Sepuluh kilometer sebelum matahari tinggi.",
        location: "Dermaga Khalkote, Jayapura",
        region: Some("Jayapura"),
        time_zone: "Asia/Jayapura",
        category: "sport",
        organizer: "fitri",
        when: When::Day(9, 5),
        hours: 4,
        status: "scheduled",
        quota: 120,
        poster: Some(include_bytes!("posters/run.png")),
        tickets: &[
            ticket("10 km", 100_000, 100, &[("eko", PAID)]),
            ticket("5 km", 60_000, 20, &[("kirana", PAID)]),
        ],
    },
    Event {
        name: "Festival Layang-Layang Sanur",
        description: "Layang-layang setinggi rumah, dan lomba untuk anak-anak.",
        location: "Pantai Sanur, Denpasar",
        region: Some("Denpasar Selatan"),
        time_zone: "Asia/Makassar",
        category: "culture",
        organizer: "dewi",
        when: When::Day(20, 9),
        hours: 8,
        status: "scheduled",
        quota: 1_000,
        poster: Some(include_bytes!("posters/kites.png")),
        tickets: &[ticket(
            "Harian",
            25_000,
            1_000,
            &[("gita", PAID), ("hans", PENDING)],
        )],
    },
    Event {
        name: "Konser Akustik Losari",
        description: "Dibatalkan karena cuaca.",
        location: "Anjungan Losari, Makassar",
        region: None,
        time_zone: "Asia/Makassar",
        category: "music",
        organizer: "dewi",
        when: When::Day(3, 20),
        hours: 3,
        status: "cancelled",
        quota: 200,
        poster: None,
        tickets: &[ticket(
            "Tribun",
            120_000,
            200,
            &[("gita", PAID), ("eko", PENDING)],
        )],
    },
    Event {
        name: "Lokakarya Membatik",
        description: "Sehari dengan canting dan malam.",
        location: "Rumah Batik, Pekalongan",
        region: None,
        time_zone: "Asia/Jakarta",
        category: "workshop",
        organizer: "fitri",
        when: When::Day(-6, 9),
        hours: 7,
        status: "completed",
        quota: 15,
        poster: None,
        tickets: &[ticket(
            "Peserta",
            225_000,
            15,
            &[("iris", PAID), ("citra", PAID), ("ayu", PAID)],
        )],
    },
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::demo::grid::{PEOPLE, REGIONS};

    #[test]
    fn everybody_and_every_place_exists_and_nobody_holds_more_than_there_is() {
        let is_person = |name: &str| PEOPLE.iter().any(|person| person.username == name);
        assert!(ORGANIZERS.iter().all(|name| is_person(name)));
        for event in EVENTS {
            assert!(ORGANIZERS.contains(&event.organizer), "{}", event.name);
            let region = event.region;
            assert!(region.is_none_or(|name| REGIONS.iter().any(|known| known.name == name)));
            let mut sold = 0;
            for ticket in event.tickets {
                let holders: BTreeSet<_> = ticket.holders.iter().map(|(name, _)| name).collect();
                assert!(holders.iter().all(|name| is_person(name)), "{}", event.name);
                assert_eq!(holders.len(), ticket.holders.len(), "{}: once each", event.name);
                assert!(holders.len() <= ticket.quota as usize, "{}", event.name);
                sold += holders.len();
            }
            assert!(sold <= event.quota as usize, "{}", event.name);
        }
    }
}
