use jiff::Timestamp;

use super::Money;
use crate::{
    Invalid,
    ids::{EventId, PaymentId, RegistrationId, UserId},
};

/// How many payments a registration can have, failed tries included: what is cancelled with it fits one transaction.
pub const MOST_PAYMENTS: u32 = 10;

/// How somebody pays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PaymentMethod {
    /// Indonesia's standard of QR codes.
    Qris,
    /// From account to account.
    BankTransfer,
    /// By card.
    CreditCard,
    /// At the door.
    Cash,
}

impl PaymentMethod {
    /// Every method.
    pub const ALL: [Self; 4] = [Self::Qris, Self::BankTransfer, Self::CreditCard, Self::Cash];

    /// Reads a method.
    ///
    /// # Errors
    /// When it is none.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let found = Self::ALL.into_iter().find(|method| method.name() == text);
        found.ok_or_else(|| Invalid::because("Must be one of QRIS, BANK_TRANSFER, CREDIT_CARD, CASH."))
    }

    /// Its name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Qris => "QRIS",
            Self::BankTransfer => "BANK_TRANSFER",
            Self::CreditCard => "CREDIT_CARD",
            Self::Cash => "CASH",
        }
    }
}

/// How far a payment is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PaymentStatus {
    /// Asked for.
    #[default]
    Pending,
    /// Paid.
    Completed,
    /// It did not go through.
    Failed,
    /// Nobody wants it any more.
    Cancelled,
    /// Paid back.
    Refunded,
}

impl PaymentStatus {
    /// Every status.
    pub const ALL: [Self; 5] = [
        Self::Pending,
        Self::Completed,
        Self::Failed,
        Self::Cancelled,
        Self::Refunded,
    ];

    /// Reads a status; `canceled` is read as `cancelled`.
    ///
    /// # Errors
    /// When it is none.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let text = if text == "canceled" { "cancelled" } else { text };
        let found = Self::ALL.into_iter().find(|status| status.name() == text);
        found.ok_or_else(|| {
            Invalid::because("Must be one of pending, completed, failed, cancelled, refunded.")
        })
    }

    /// Its name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Completed => "completed",
            Self::Failed => "failed",
            Self::Cancelled => "cancelled",
            Self::Refunded => "refunded",
        }
    }

    /// Whether a payment may go on like this (SPEC §3); staying as it is, is no move.
    #[must_use]
    pub const fn may_become(self, next: Self) -> bool {
        matches!(
            (self, next),
            (Self::Pending, Self::Completed | Self::Failed | Self::Cancelled)
                | (Self::Failed, Self::Pending)
                | (Self::Completed, Self::Refunded)
        )
    }
}

/// A payment for a registration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Payment {
    /// Which.
    pub id: PaymentId,
    /// What for; perhaps cancelled meanwhile.
    pub registration: RegistrationId,
    /// The event of that registration.
    pub event: EventId,
    /// Who pays.
    pub user: UserId,
    /// Whose event it is, as far as lists have caught up.
    pub organizer: UserId,
    /// How.
    pub method: PaymentMethod,
    /// How far it is.
    pub status: PaymentStatus,
    /// How much.
    pub amount: Money,
    /// When it was completed.
    pub paid_at: Option<Timestamp>,
    /// When it was made.
    pub created_at: Timestamp,
    /// Whether its registration is gone.
    pub is_orphaned: bool,
    /// How often it has changed; the entity tag.
    pub version: u64,
}

impl Payment {
    /// Whether money is kept for a seat that is no longer held.
    #[must_use]
    pub fn is_refund_due(&self) -> bool {
        self.is_orphaned && self.status == PaymentStatus::Completed
    }

    /// The same payment with another status. What is completed now was paid now; `paid_at` stays with what was paid.
    #[must_use]
    pub fn moved(mut self, next: PaymentStatus, now: Timestamp) -> Self {
        self.status = next;
        self.paid_at = match next {
            PaymentStatus::Completed => self.paid_at.or(Some(now)),
            PaymentStatus::Refunded => self.paid_at,
            PaymentStatus::Pending | PaymentStatus::Failed | PaymentStatus::Cancelled => None,
        };
        self
    }

    /// The same payment after its registration was cancelled: what is pending is pointless, what is paid is owed.
    #[must_use]
    pub fn orphaned(mut self, now: Timestamp) -> Self {
        self.is_orphaned = true;
        match self.status {
            PaymentStatus::Pending => self.moved(PaymentStatus::Cancelled, now),
            _ => self,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_payment_makes_only_its_legal_moves() {
        use PaymentStatus::{Cancelled, Completed, Failed, Pending, Refunded};
        let legal = [
            (Pending, Completed),
            (Pending, Failed),
            (Pending, Cancelled),
            (Failed, Pending),
            (Completed, Refunded),
        ];
        for from in PaymentStatus::ALL {
            for to in PaymentStatus::ALL {
                assert_eq!(
                    from.may_become(to),
                    legal.contains(&(from, to)),
                    "{from:?} to {to:?}"
                );
            }
        }
    }
}
