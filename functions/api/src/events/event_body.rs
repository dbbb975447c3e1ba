use kabar_app::events::{EventChange, NewEvent};
use kabar_domain::{
    Invalid, Zone, bounded_text,
    events::{CATEGORY_MAX, EVENT_NAME_MAX, EventStatus, LOCATION_MAX, ReminderRules, description},
    ids::RegionId,
};
use serde::Deserialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::read::{self, Read};
use crate::frame::{Fields, Result, Sent, read_millis, read_text, whole_number};

/// What an event is to be.
#[derive(Default, Deserialize, ToSchema)]
#[serde(default)]
#[schema(as = NewEvent)]
pub(crate) struct EventBody {
    #[schema(value_type = String, max_length = 255, required, example = "Jazz di Bandung")]
    name: Sent,
    #[schema(value_type = Option<String>, max_length = 10000, example = "Three bands, one night.")]
    description: Sent,
    #[schema(value_type = String, max_length = 255, required, example = "Gedung Merdeka, Bandung")]
    location: Sent,
    #[schema(value_type = String, required, example = "2026-12-05T19:00:00+07:00")]
    start_time: Sent,
    #[schema(value_type = String, required, example = "2026-12-05 16:00")]
    end_time: Sent,
    /// `scheduled` unless said.
    #[schema(value_type = Option<String>, example = "scheduled")]
    status: Sent,
    #[schema(value_type = String, max_length = 100, required, example = "music")]
    category: Sent,
    #[schema(schema_with = whole_number, required)]
    quota: Sent,
    /// The caller unless said; others by staff only.
    #[schema(value_type = Option<String>)]
    organizer_id: Sent,
    /// IANA name; the organizer's own zone unless said.
    #[schema(value_type = Option<String>, example = "Asia/Jakarta")]
    time_zone: Sent,
    /// The region of the power grid that it lies in.
    #[schema(value_type = Option<String>)]
    region: Sent,
    /// How long before its start people are reminded of it: up to five ISO 8601 durations from PT15M to P30D, or none;
    /// as usual unless said.
    #[schema(value_type = Option<Vec<String>>, max_items = 5, example = json!(["P1D", "PT2H"]))]
    reminders: Sent,
}

/// What is to change of an event; what is absent stays.
#[derive(Default, Deserialize, ToSchema)]
#[serde(default)]
#[schema(as = EventChange)]
pub(crate) struct EventChangeBody {
    #[schema(value_type = String, max_length = 255, example = "Jazz di Bandung")]
    name: Sent,
    #[schema(value_type = String, max_length = 10000, example = "Four bands, one night.")]
    description: Sent,
    #[schema(value_type = String, max_length = 255, example = "Gedung Merdeka, Bandung")]
    location: Sent,
    #[schema(value_type = String, example = "2026-12-05 19:00")]
    start_time: Sent,
    #[schema(value_type = String, example = "2026-12-05 23:00")]
    end_time: Sent,
    #[schema(value_type = String, example = "cancelled")]
    status: Sent,
    #[schema(value_type = String, max_length = 100, example = "music")]
    category: Sent,
    #[schema(schema_with = whole_number)]
    quota: Sent,
    #[schema(value_type = String)]
    organizer_id: Sent,
    #[schema(value_type = String, example = "Asia/Jakarta")]
    time_zone: Sent,
    /// The region, or null for none.
    #[schema(value_type = Option<String>)]
    region: Sent,
    /// ISO 8601 durations, or null for what is usual.
    #[schema(value_type = Option<Vec<String>>, max_items = 5, example = json!(["P1D", "PT2H"]))]
    reminders: Sent,
}

fn name(value: &Value) -> Read<String> {
    bounded_text(read_text(value)?, EVENT_NAME_MAX)
}

fn location(value: &Value) -> Read<String> {
    bounded_text(read_text(value)?, LOCATION_MAX)
}

fn category(value: &Value) -> Read<String> {
    bounded_text(read_text(value)?, CATEGORY_MAX)
}

fn about(value: &Value) -> Read<String> {
    description(read_text(value)?)
}

fn status(value: &Value) -> Read<EventStatus> {
    EventStatus::parse(read_text(value)?)
}

fn zone(value: &Value) -> Read<Zone> {
    Zone::parse(read_text(value)?)
}

fn region(value: &Value) -> Read<RegionId> {
    RegionId::parse(read_text(value)?).ok_or_else(|| Invalid::because("There is no such region."))
}

fn reminders(value: &Value) -> Read<ReminderRules> {
    let texts = value
        .as_array()
        .map(|all| all.iter().map(Value::as_str).collect::<Option<Vec<_>>>());
    let texts = texts.flatten();
    let texts = texts.ok_or_else(|| Invalid::because("Must be a list of durations, as PT2H or P1D."))?;
    ReminderRules::parse(&texts)
}

impl EventBody {
    /// A whole event.
    pub(super) fn read(&self) -> Result<NewEvent> {
        let mut fields = Fields::default();
        let name = fields.required("name", &self.name, name);
        let about = fields.optional("description", &self.description, about);
        let location = fields.required("location", &self.location, location);
        let start = fields.required("start_time", &self.start_time, read_millis);
        let end = fields.required("end_time", &self.end_time, read_millis);
        let status = fields.optional("status", &self.status, status);
        let category = fields.required("category", &self.category, category);
        let quota = fields.required("quota", &self.quota, read::quota);
        let organizer = fields.optional("organizer_id", &self.organizer_id, read::user);
        let zone = fields.optional("time_zone", &self.time_zone, zone);
        let region = fields.optional("region", &self.region, region);
        let reminders = fields.optional("reminders", &self.reminders, reminders);
        let (name, location, start, end, category, quota) =
            fields.all((name, location, start, end, category, quota))?;
        Ok(NewEvent {
            name,
            description: about.unwrap_or_default(),
            location,
            start,
            end,
            status: status.unwrap_or_default(),
            category,
            quota,
            organizer,
            zone,
            region,
            reminders,
        })
    }

    /// A whole event in place of another, of which stays what is optional and absent.
    pub(super) fn read_anew(&self) -> Result<EventChange> {
        let is_there = |sent: &Sent| sent.is_there();
        let new = self.read()?;
        Ok(EventChange {
            name: Some(new.name),
            description: is_there(&self.description).then_some(new.description),
            location: Some(new.location),
            start: Some(new.start),
            end: Some(new.end),
            status: is_there(&self.status).then_some(new.status),
            category: Some(new.category),
            quota: Some(new.quota),
            organizer: new.organizer,
            zone: new.zone,
            region: is_there(&self.region).then_some(new.region),
            reminders: is_there(&self.reminders).then_some(new.reminders),
        })
    }
}

impl EventChangeBody {
    pub(super) fn read(&self) -> Result<EventChange> {
        let mut fields = Fields::default();
        let change = EventChange {
            name: fields.change("name", &self.name, name),
            description: fields.change("description", &self.description, about),
            location: fields.change("location", &self.location, location),
            start: fields.change("start_time", &self.start_time, read_millis),
            end: fields.change("end_time", &self.end_time, read_millis),
            status: fields.change("status", &self.status, status),
            category: fields.change("category", &self.category, category),
            quota: fields.change("quota", &self.quota, read::quota),
            organizer: fields.change("organizer_id", &self.organizer_id, read::user),
            zone: fields.change("time_zone", &self.time_zone, zone),
            region: {
                let region = fields.optional("region", &self.region, region);
                self.region.is_there().then_some(region)
            },
            reminders: {
                let reminders = fields.optional("reminders", &self.reminders, reminders);
                self.reminders.is_there().then_some(reminders)
            },
        };
        fields.done()?;
        Ok(change)
    }
}
