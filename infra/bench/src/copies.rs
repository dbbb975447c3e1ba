use dynoxide::types::{AttributeValue, Item};

use crate::{failure::Result, platform::Aws};

/// How many people are written at a time.
const AT_ONCE: u32 = 10_000;

/// What the store wrote for one person, to be written for others under their names.
pub(crate) struct Sample {
    /// What is theirs alone: first their id, by which their items are known, then the likes of an address.
    pub(crate) names: Vec<String>,
    items: Vec<Item>,
}

impl Sample {
    /// Somebody of whom no item is known yet.
    pub(crate) const fn named(names: Vec<String>) -> Self {
        Self {
            names,
            items: Vec::new(),
        }
    }

    /// Gives each sample its items of a table.
    pub(crate) fn gather(samples: &mut [Self], items: &[Item]) {
        for item in items {
            let names = |id: &str| {
                item.values()
                    .any(|value| matches!(value, AttributeValue::S(text) if text.contains(id)))
            };
            if let Some(sample) = samples.iter_mut().find(|sample| names(&sample.names[0])) {
                sample.items.push(item.clone());
            }
        }
    }

    /// The same for somebody else.
    fn copy(&self, names: &[String]) -> Vec<Item> {
        let renamed = |value: &AttributeValue| match value {
            AttributeValue::S(text) => AttributeValue::S(
                self.names
                    .iter()
                    .zip(names)
                    .fold(text.clone(), |text, (old, new)| text.replace(old, new)),
            ),
            other => other.clone(),
        };
        let item = |item: &Item| {
            item.iter()
                .map(|(name, value)| (name.clone(), renamed(value)))
                .collect()
        };
        self.items.iter().map(item).collect()
    }
}

/// Adds copies of samples to a table until there are so many people, each under the names that are made for a number.
pub(crate) fn fill(
    aws: &Aws,
    table: &str,
    samples: &[Sample],
    count: u32,
    names: impl Fn(&Sample, u32) -> Vec<String>,
) -> Result<()> {
    let made = u32::try_from(samples.len())?;
    let mut numbers = made..count.max(made);
    while !numbers.is_empty() {
        let some = numbers.by_ref().take(usize::try_from(AT_ONCE)?);
        let copies = some
            .zip(samples.iter().cycle())
            .flat_map(|(number, sample)| sample.copy(&names(sample, number)));
        aws.outside.engine.fill(table, copies.collect())?;
    }
    Ok(())
}
