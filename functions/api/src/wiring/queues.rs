use std::{collections::HashMap, sync::Arc};

use kabar_courier::DeadLetterQueue;
use kabar_domain::news::Lane;
use kabar_kit::Env;

/// Where the queues are, and the dead letters of each.
pub(crate) struct Queues {
    pub(crate) dispatch: String,
    pub(crate) lanes: HashMap<Lane, String>,
    pub(crate) removals: String,
    pub(crate) reminders: String,
    pub(crate) imports: String,
    pub(crate) letters: Arc<[DeadLetterQueue]>,
}

impl Queues {
    /// Reads the settings.
    pub(crate) fn read(env: &mut Env) -> Self {
        let [
            dispatch,
            urgent,
            bulk,
            sms,
            telegram,
            removals,
            reminders,
            feedback,
            imports,
        ] = [
            "DISPATCH_QUEUE_URL",
            "URGENT_QUEUE_URL",
            "BULK_QUEUE_URL",
            "SMS_QUEUE_URL",
            "TELEGRAM_QUEUE_URL",
            "REMOVAL_QUEUE_URL",
            "REMINDER_QUEUE_URL",
            "FEEDBACK_QUEUE_URL",
            "IMPORT_QUEUE_URL",
        ]
        .map(|name| env.text(name));
        let letters = [
            ("urgent", "URGENT_DEAD_LETTERS_URL", Some(&urgent)),
            ("bulk", "BULK_DEAD_LETTERS_URL", Some(&bulk)),
            ("sms", "SMS_DEAD_LETTERS_URL", Some(&sms)),
            ("telegram", "TELEGRAM_DEAD_LETTERS_URL", Some(&telegram)),
            ("dispatch", "DISPATCH_DEAD_LETTERS_URL", Some(&dispatch)),
            ("feedback", "FEEDBACK_DEAD_LETTERS_URL", Some(&feedback)),
            ("reminder", "REMINDER_DEAD_LETTERS_URL", Some(&reminders)),
            ("removal", "REMOVAL_DEAD_LETTERS_URL", Some(&removals)),
            ("import", "IMPORT_DEAD_LETTERS_URL", Some(&imports)),
            ("schedule", "SCHEDULE_DEAD_LETTERS_URL", None),
        ];
        let letters = letters.map(|(name, setting, source)| DeadLetterQueue {
            name,
            url: env.text(setting),
            source_url: source.cloned(),
        });
        Self {
            letters: letters.into(),
            dispatch,
            lanes: HashMap::from([
                (Lane::Urgent, urgent),
                (Lane::Bulk, bulk),
                (Lane::Sms, sms),
                (Lane::Telegram, telegram),
            ]),
            removals,
            reminders,
            imports,
        }
    }
}
