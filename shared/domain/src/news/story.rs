use jiff::Timestamp;

use super::{EventFacts, Kind, PlannedFacts};
use crate::{
    Zone,
    events::{Money, PaymentMethod},
    ids::{MailingId, PaymentId, RegistrationId, TicketId, UserId},
    mailings::Wording,
    power::{Channel, Cut, OutageKey},
};

/// What happened, with all that its words need. Facts are as they were when it happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum News {
    /// A region lost power.
    Outage {
        /// The cut.
        outage: OutageKey,
        /// What people call the region.
        region: String,
        /// Where the region's clocks stand.
        zone: Zone,
    },
    /// It has power again.
    Restored {
        /// The cut that is over.
        outage: OutageKey,
        /// When it ended.
        ended_at: Timestamp,
        /// What people call the region.
        region: String,
        /// Where the region's clocks stand.
        zone: Zone,
    },
    /// A home lost power, or fell silent.
    HomeOutage {
        /// The cut.
        outage: OutageKey,
        /// What its owner calls the home.
        home: String,
        /// Where the home's clocks stand.
        zone: Zone,
        /// Whether nothing but silence says so, which may have another reason.
        is_silence: bool,
    },
    /// It has power again, or is heard again.
    HomeRestored {
        /// The cut that is over.
        outage: OutageKey,
        /// When it ended.
        ended_at: Timestamp,
        /// What its owner calls the home.
        home: String,
        /// Where the home's clocks stand.
        zone: Zone,
        /// Whether nothing but silence said so.
        is_silence: bool,
    },
    /// A region's power is about to be cut, as planned.
    PlannedCut {
        /// The cut.
        cut: PlannedFacts,
    },
    /// A cut of which people were told comes at another time, or does not come.
    PlannedCutChanged {
        /// The time that they were told.
        was: Cut,
        /// As it is.
        cut: PlannedFacts,
    },
    /// Somebody asked for a new password. The code for it is drawn by the sender, so that no notice has it.
    PasswordReset {
        /// For whose account.
        user: UserId,
        /// When.
        requested_at: Timestamp,
    },
    /// A person is registered for an event.
    Registered {
        /// Their seat.
        registration: RegistrationId,
        /// The event.
        event: EventFacts,
        /// What the ticket is called.
        ticket: String,
        /// Since when.
        registered_at: Timestamp,
    },
    /// A person's registration is by another ticket of the same event.
    RegistrationChanged {
        /// Their seat.
        registration: RegistrationId,
        /// The event.
        event: EventFacts,
        /// The ticket that it was by.
        was: TicketFacts,
        /// The ticket that it is by.
        ticket: TicketFacts,
    },
    /// A person is no longer registered.
    RegistrationCancelled {
        /// The seat that was theirs.
        registration: RegistrationId,
        /// The event.
        event: EventFacts,
        /// What the ticket is called.
        ticket: String,
    },
    /// A person has paid.
    PaymentCompleted {
        /// What they paid.
        payment: PaymentId,
        /// What for.
        registration: RegistrationId,
        /// The event.
        event: EventFacts,
        /// What the ticket is called.
        ticket: String,
        /// How much.
        amount: Money,
        /// How.
        method: PaymentMethod,
        /// When.
        paid_at: Timestamp,
    },
    /// An event is at another time or place, will not be, or will be after all.
    EventChanged {
        /// As those who come to it knew it.
        was: EventFacts,
        /// As it is.
        event: EventFacts,
    },
    /// An event is about to start.
    Reminder {
        /// The event.
        event: EventFacts,
        /// The registration of the one person whom it is for, who registered after the others were reminded.
        registration: Option<RegistrationId>,
    },
    /// What an operator has to say to many.
    Mailing {
        /// Which mailing.
        mailing: MailingId,
        /// How it goes.
        channel: Channel,
        /// One line, if it has one.
        subject: Option<Wording>,
        /// What they say, in lines, with fields that are each reader's own.
        text: Wording,
    },
    /// Somebody wants to see whether words get there.
    Test {
        /// When.
        requested_at: Timestamp,
    },
}

/// A ticket as news tells of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TicketFacts {
    /// Which.
    pub id: TicketId,
    /// What it is called.
    pub name: String,
}

impl News {
    /// The mailing it is of, if it is of one.
    #[must_use]
    pub const fn mailing(&self) -> Option<MailingId> {
        match self {
            Self::Mailing { mailing, .. } => Some(*mailing),
            _ => None,
        }
    }

    /// Its kind.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        match self {
            Self::Outage { .. } => Kind::Outage,
            Self::Restored { .. } => Kind::Restored,
            Self::HomeOutage { .. } => Kind::HomeOutage,
            Self::HomeRestored { .. } => Kind::HomeRestored,
            Self::PlannedCut { .. } => Kind::PlannedCut,
            Self::PlannedCutChanged { .. } => Kind::PlannedCutChanged,
            Self::PasswordReset { .. } => Kind::PasswordReset,
            Self::Registered { .. } => Kind::Registration,
            Self::RegistrationChanged { .. } => Kind::RegistrationChanged,
            Self::RegistrationCancelled { .. } => Kind::RegistrationCancelled,
            Self::PaymentCompleted { .. } => Kind::Payment,
            Self::EventChanged { .. } => Kind::EventChanged,
            Self::Reminder { .. } => Kind::Reminder,
            Self::Mailing { .. } => Kind::Mailing,
            Self::Test { .. } => Kind::Test,
        }
    }
}
