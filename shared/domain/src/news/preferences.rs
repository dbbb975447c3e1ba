use std::collections::BTreeSet;

use super::Topic;
use crate::power::Channel;

/// What a person wants to be told, by topic and channel: everything, unless they said otherwise.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Preferences {
    silenced: BTreeSet<(Topic, Channel)>,
    /// How often they have changed; the entity tag.
    pub version: u64,
}

impl Preferences {
    /// Preferences that leave these out.
    #[must_use]
    pub fn without(silenced: impl IntoIterator<Item = (Topic, Channel)>, version: u64) -> Self {
        Self {
            silenced: silenced.into_iter().collect(),
            version,
        }
    }

    /// Whether the person wants to be told of a topic by a channel.
    #[must_use]
    pub fn wants(&self, topic: Topic, channel: Channel) -> bool {
        !self.silenced.contains(&(topic, channel))
    }

    /// Says whether the person wants to be told of a topic by a channel.
    pub fn set(&mut self, topic: Topic, channel: Channel, wants: bool) {
        if wants {
            self.silenced.remove(&(topic, channel));
        } else {
            self.silenced.insert((topic, channel));
        }
    }

    /// What the person does not want to be told, and by which channel.
    pub fn silenced(&self) -> impl Iterator<Item = (Topic, Channel)> + '_ {
        self.silenced.iter().copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_is_wanted_until_one_thing_is_not() {
        let mut preferences = Preferences::default();
        preferences.set(Topic::Mailings, Channel::Email, false);
        for topic in Topic::ALL {
            for channel in Channel::ALL {
                let is_other = (topic, channel) != (Topic::Mailings, Channel::Email);
                assert_eq!(preferences.wants(topic, channel), is_other);
            }
        }
        preferences.set(Topic::Mailings, Channel::Email, true);
        assert_eq!(preferences, Preferences::default());
    }
}
