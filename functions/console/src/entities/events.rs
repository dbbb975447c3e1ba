use crate::{
    entity::{Action, Entity, Field, Kind, NO_ENTITY, Order, Part, Who, delete, field},
    words::{fields as f, text, things, values},
};

const NAME: Field = field("name", f::NAME, Kind::Text).required();
const START: Field = field("start_time", f::START, Kind::Time).required();
const END: Field = field("end_time", f::END, Kind::Time).required();
const LOCATION: Field = field("location", f::LOCATION, Kind::Text).required();
const CATEGORY: Field = field("category", f::CATEGORY, Kind::Text).required();
const QUOTA: Field = field("quota", f::QUOTA, Kind::Number).required();
const STATUS: Field = field("status", f::STATE, Kind::Choice(values::EVENT_STATUS));
const DESCRIPTION: Field = field("description", f::DESCRIPTION, Kind::LongText);
const ZONE: Field = field("time_zone", f::ZONE, Kind::Zone).hint(f::ZONE_HINT);
const REGION: Field = field("region", f::REGION, Kind::Reference("regions")).nullable();

pub(crate) static EVENTS: Entity = Entity {
    name: "events",
    path: "/api/events",
    list: "events",
    one: things::EVENT,
    many: things::EVENTS,
    who: Who::Everybody,
    makers: Who::Organizers,
    keepers: Who::Organizers,
    columns: &[NAME, START, END, LOCATION, CATEGORY, QUOTA, STATUS],
    facts: Some(&[
        DESCRIPTION,
        field("organizer", f::ORGANIZER, Kind::Reference("users")),
        ZONE,
        REGION,
        field("created_at", f::CREATED, Kind::Time),
        field("updated_at", f::CHANGED, Kind::Time),
    ]),
    order: Some(Order {
        column: "start_time",
        up: "earliest",
        down: "latest",
        usual: None,
        except: None,
    }),
    filters: &[
        field("q", f::SEARCH, Kind::Text),
        STATUS,
        field("category", f::CATEGORY, Kind::Text),
    ],
    create: &[
        NAME,
        DESCRIPTION,
        LOCATION,
        CATEGORY,
        START,
        END,
        QUOTA,
        ZONE,
        REGION,
    ],
    change: &[
        NAME,
        DESCRIPTION,
        LOCATION,
        CATEGORY,
        START,
        END,
        QUOTA,
        ZONE,
        REGION,
        STATUS,
    ],
    actions: &[Action {
        who: Who::Organizers,
        ..delete(text(
            "Its tickets, registrations, payments and posters go with it, and whoever holds a ticket is told.",
            "Tiket, pendaftaran, pembayaran, dan posternya ikut terhapus, dan pemegang tiket diberi tahu.",
        ))
    }],
    beside: Some(crate::sale::sale),
    parts: &[
        Part::By("event", &super::tickets::TICKETS),
        Part::By("event", &super::registrations::REGISTRATIONS),
        Part::Within(&super::posters::POSTERS),
    ],
    ..NO_ENTITY
};
