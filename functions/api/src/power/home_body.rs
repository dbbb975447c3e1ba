use kabar_app::power::{HomeChange, NewHome};
use kabar_domain::{
    Invalid, Zone, bounded_text,
    ids::RegionId,
    power::{HOME_NAME_MAX, Word},
};
use serde::Deserialize;
use serde_json::Value;
use utoipa::ToSchema;

use crate::frame::{Fields, Result, Sent, read_text};

/// What a home is to be.
#[derive(Default, Deserialize, ToSchema)]
#[serde(default)]
#[schema(as = NewHome)]
pub(crate) struct HomeBody {
    #[schema(value_type = String, max_length = 255, required, example = "Rumah Dago")]
    name: Sent,
    /// The region it lies in.
    #[schema(value_type = String, required, example = "01990000-0000-7000-8000-000000000003")]
    region: Sent,
    /// IANA name; as the region's unless said.
    #[schema(value_type = Option<String>, example = "Asia/Jakarta")]
    time_zone: Sent,
}

/// What is to change of a home; what is absent stays.
#[derive(Default, Deserialize, ToSchema)]
#[serde(default)]
#[schema(as = HomeChange)]
pub(crate) struct HomeChangeBody {
    #[schema(value_type = String, max_length = 255, example = "Rumah Dago")]
    name: Sent,
    /// The region it lies in.
    #[schema(value_type = String)]
    region: Sent,
    /// IANA name.
    #[schema(value_type = String, example = "Asia/Jakarta")]
    time_zone: Sent,
}

/// The word of somebody of the home.
#[derive(Default, Deserialize, ToSchema)]
#[serde(default)]
#[schema(as = HomeStatus)]
pub(crate) struct HomeStatusBody {
    /// `on`, `off`, or `auto` to leave it to the devices.
    #[schema(value_type = String, required, example = "off")]
    status: Sent,
}

type Read<T> = std::result::Result<T, Invalid>;

fn read_name(value: &Value) -> Read<String> {
    bounded_text(read_text(value)?, HOME_NAME_MAX)
}

fn read_region(value: &Value) -> Read<RegionId> {
    RegionId::parse(read_text(value)?).ok_or_else(|| Invalid::because("There is no such region."))
}

fn read_zone(value: &Value) -> Read<Zone> {
    Zone::parse(read_text(value)?)
}

impl HomeBody {
    pub(super) fn read(&self) -> Result<NewHome> {
        let mut fields = Fields::default();
        let name = fields.required("name", &self.name, read_name);
        let region = fields.required("region", &self.region, read_region);
        let zone = fields.optional("time_zone", &self.time_zone, read_zone);
        let (name, region) = fields.all((name, region))?;
        Ok(NewHome { name, region, zone })
    }
}

impl HomeChangeBody {
    pub(super) fn read(&self) -> Result<HomeChange> {
        let mut fields = Fields::default();
        let change = HomeChange {
            name: fields.change("name", &self.name, read_name),
            region: fields.change("region", &self.region, read_region),
            zone: fields.change("time_zone", &self.time_zone, read_zone),
        };
        fields.done()?;
        Ok(change)
    }
}

impl HomeStatusBody {
    pub(super) fn read(&self) -> Result<Word> {
        let mut fields = Fields::default();
        let word = fields.required("status", &self.status, |v| Word::parse(read_text(v)?));
        fields.all(word)
    }
}
