//! Every kind of thing that the console shows, and its menu.

mod clients;
mod cuts;
mod detectors;
mod events;
mod followers;
mod groups;
mod homes;
mod letters;
mod mailings;
mod messages;
mod notices;
mod outages;
mod own_messages;
mod payments;
mod posters;
mod regions;
mod registrations;
mod subscribers;
mod suppressions;
mod tickets;
mod users;

use crate::{
    entity::Entity,
    words::{Text, things},
};

pub(crate) use cuts::PLAN;
pub(crate) use events::EVENTS;
pub(crate) use letters::LETTERS;
pub(crate) use mailings::{MAILINGS, WRITTEN};
pub(crate) use own_messages::OWN_MESSAGES;
pub(crate) use posters::PICTURE;
pub(crate) use regions::REGIONS;
pub(crate) use registrations::REGISTRATIONS;
pub(crate) use users::{PROFILE, SIGN_UP};

/// A part of the menu.
pub(crate) struct Section {
    pub(crate) title: Text,
    pub(crate) entities: &'static [&'static Entity],
}

/// The menu, in its order.
pub(crate) const SECTIONS: &[Section] = &[
    Section {
        title: things::EVENTS_SECTION,
        entities: &[&EVENTS, &tickets::TICKETS, &REGISTRATIONS, &payments::PAYMENTS],
    },
    Section {
        title: things::POWER_SECTION,
        entities: &[&REGIONS, &homes::HOMES, &outages::OUTAGES],
    },
    Section {
        title: things::MAILINGS_SECTION,
        entities: &[
            &clients::CLIENTS,
            &MAILINGS,
            &messages::MESSAGES,
            &suppressions::SUPPRESSIONS,
        ],
    },
    Section {
        title: things::PEOPLE_SECTION,
        entities: &[&users::USERS, &groups::GROUPS, &subscribers::SUBSCRIBERS],
    },
    Section {
        title: things::OPERATIONS_SECTION,
        entities: &[
            &notices::NOTICES,
            &letters::DEAD_LETTER_QUEUES,
            &letters::STUCK_PAGES,
        ],
    },
];

/// The kind of thing that an address names.
pub(crate) fn named(name: &str) -> Option<&'static Entity> {
    let all = SECTIONS.iter().flat_map(|section| section.entities);
    all.copied().find(|entity| entity.name == name)
}
