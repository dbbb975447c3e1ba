//! Events, their tickets and seats, registrations, payments and posters.

mod event;
mod framing;
mod image;
mod image_kind;
mod money;
mod payment;
mod poster;
mod registration;
mod reminders;
mod removal;
mod seats;
mod terms;
mod ticket;

pub use event::{
    CATEGORY_MAX, DESCRIPTION_MAX, EVENT_NAME_MAX, Event, EventStatus, LOCATION_MAX, description,
};
pub use image::{IMAGE_MAX, IMAGE_SIDE_MAX, Image};
pub use image_kind::ImageKind;
pub use money::Money;
pub use payment::{MOST_PAYMENTS, Payment, PaymentMethod, PaymentStatus};
pub use poster::{MOST_POSTERS, Poster, PosterObject};
pub use registration::Registration;
pub use reminders::{Due, Reminded, ReminderRules, Reminders};
pub use removal::{Hidden, Removal};
pub use seats::{MOST_TICKETS, NoSeat, Seats, Stock};
pub use terms::{EventFilter, Term, terms, words};
pub use ticket::{TICKET_NAME_MAX, Ticket};
