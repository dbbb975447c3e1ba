mod headers;
mod operation;
mod problems;

use serde_json::{Value, json};
use utoipa::OpenApi;

use crate::{
    events::{calendar, event, payments, posters, registrations, tickets},
    frame::ProblemBody,
    mailings::{
        audience, clients, export, files, import, mailing, mailing_messages, mailing_orders, mailing_stats,
        preview,
    },
    operators::{dead_letters, lanes, stuck_pages},
    people::{groups, own_export, passwords, preferences, roles, sessions, users},
    power::{detectors, followers, history, homes, members, outages, pings, plans, regions, statistics},
    routes,
    telegram::{link, subscribers, webhook},
    telling::{brake, linked_letter, notices, own_copy, own_messages, suppressions, tasks, unsubscribe},
};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Kabar",
        description = "Kabar tells people what they need to know, when they need it, and only once.\n\nEvery path is \
                       served with and without a trailing slash. Errors have the members of RFC 9457, as \
                       `application/json`, or as `application/problem+json` when `Accept` asks for it.",
        license(name = "MIT", identifier = "MIT"),
    ),
    tags(
        (name = "people", description = "Users, sessions, groups and roles"),
        (name = "events", description = "Events, tickets, registrations, payments and posters"),
        (name = "power", description = "Regions and homes, who is told of them, what devices say, outages and planned cuts"),
        (name = "mailings", description = "Clients, and what is sent to many of them"),
        (name = "telling", description = "What people were told, what became of it, and whom not to tell"),
        (name = "telegram", description = "Who is told in Telegram, and what is said to the bot"),
        (name = "operators", description = "What does not go on by itself, and what to do about it"),
    ),
    components(schemas(ProblemBody)),
    paths(
        users::create_user, users::list_users, users::get_me, users::get_user, users::replace_user,
        users::change_user, users::delete_user,
        preferences::get_preferences, preferences::replace_preferences,
        own_messages::list_own_messages, own_messages::get_own_message, own_copy::get_own_copy,
        own_export::export_me,
        sessions::log_in, sessions::refresh, sessions::log_out,
        passwords::forgot_password, passwords::reset_password,
        groups::list_groups, groups::create_group, groups::get_group, groups::replace_group, groups::change_group,
        groups::delete_group,
        roles::assign_role, roles::take_role,
        event::list_events, event::create_event, event::get_event, event::replace_event, event::change_event,
        event::delete_event, event::get_availability,
        tickets::list_tickets, tickets::create_ticket, tickets::get_ticket, tickets::replace_ticket,
        tickets::change_ticket, tickets::delete_ticket,
        registrations::list_registrations, registrations::register, registrations::get_registration,
        registrations::replace_registration, registrations::change_registration, registrations::cancel_registration,
        calendar::get_calendar,
        payments::list_payments, payments::create_payment, payments::get_payment, payments::replace_payment,
        payments::change_payment, payments::delete_payment,
        posters::upload_poster, posters::list_posters, posters::delete_poster,
        regions::list_regions, regions::create_region, regions::get_region, regions::replace_region,
        regions::change_region, regions::delete_region, regions::say_status,
        plans::list_planned_cuts, plans::replace_planned_cuts,
        followers::list_followers, followers::follow, followers::unfollow,
        homes::list_homes, homes::create_home, homes::get_home, homes::replace_home, homes::change_home,
        homes::delete_home, homes::say_home_status, members::invite, members::join_home, members::remove_member,
        detectors::list_detectors, detectors::create_detector, detectors::get_detector, detectors::replace_detector,
        detectors::change_detector, detectors::delete_detector, detectors::replace_key,
        pings::get_ping, pings::ping, pings::get_ping_off, pings::ping_off, pings::get_ping_on, pings::ping_on,
        outages::list_outages, history::list_region_history, history::list_home_history,
        statistics::get_region_statistics, statistics::get_home_statistics,
        clients::list_clients, clients::create_client, clients::get_client, clients::replace_client,
        clients::change_client, clients::delete_client, import::import_clients, export::export_clients,
        files::create_import, files::get_import, files::start_import, files::list_import_errors,
        mailing::list_mailings, mailing::create_mailing, mailing::get_mailing, mailing::replace_mailing,
        mailing::change_mailing, mailing::delete_mailing, mailing_orders::pause_mailing, mailing_orders::resume_mailing,
        mailing_orders::cancel_mailing, mailing_orders::try_mailing, audience::get_audience,
        audience::find_audience, preview::preview_mailing,
        mailing_stats::list_counts, mailing_stats::get_statistics, mailing_messages::list_mailing_messages,
        mailing_messages::export_messages, mailing_messages::list_all_messages, mailing_messages::get_message,
        notices::list_notices, notices::get_notice, notices::list_messages, tasks::send_reminders, tasks::get_task,
        suppressions::list_suppressions, suppressions::suppress, suppressions::get_suppression,
        suppressions::lift_suppression,
        brake::get_brake, brake::release_brake,
        linked_letter::get_linked_letter, unsubscribe::get_unsubscribe, unsubscribe::unsubscribe,
        subscribers::list_subscribers, subscribers::add_subscriber, subscribers::remove_subscriber,
        subscribers::test_telegram, link::link_telegram, webhook::hear_telegram,
        lanes::get_queues, dead_letters::count_dead_letters, dead_letters::list_dead_letters, dead_letters::redrive_dead_letters,
        dead_letters::drop_dead_letters, stuck_pages::list_stuck_pages, stuck_pages::release_page,
    )
)]
struct Documented;

/// The `OpenAPI` document: what is said at each handler, and what follows from its route.
///
/// # Panics
/// When the document cannot be written as JSON, or a route is not documented. Called when the document is made, never
/// in the function.
#[must_use]
#[expect(
    clippy::expect_used,
    clippy::panic,
    reason = "runs when the document is made; a failure must stop that"
)]
pub fn document() -> Value {
    let mut document = serde_json::to_value(Documented::openapi()).expect("the document is JSON");
    for (route, _) in routes() {
        let path = format!("/paths/{}~1", route.path.replace('/', "~1"));
        let method = route.method.to_lowercase();
        let operation = document.pointer_mut(&path).and_then(|item| item.get_mut(&method));
        let operation = operation.and_then(Value::as_object_mut);
        operation::complete(
            operation.unwrap_or_else(|| panic!("{} {}/ is not documented", route.method, route.path)),
            &route,
        );
    }
    drop_null_defaults(&mut document);
    let components = document["components"]
        .as_object_mut()
        .expect("there are components");
    components.insert("responses".to_owned(), problems::all());
    components.insert("headers".to_owned(), headers::all());
    components.insert(
        "securitySchemes".to_owned(),
        json!({
            "bearer": { "type": "http", "scheme": "bearer", "bearerFormat": "JWT" },
            "telegram": {
                "type": "apiKey", "in": "header", "name": "X-Telegram-Bot-Api-Secret-Token",
                "description": "The secret that Telegram was given with the webhook",
            },
        }),
    );
    document
}

/// A field that may be absent has no default; the derived document says that its default is null.
fn drop_null_defaults(value: &mut Value) {
    if let Value::Object(map) = value {
        if map.get("default").is_some_and(Value::is_null) {
            map.remove("default");
        }
        map.values_mut().for_each(drop_null_defaults);
    } else if let Value::Array(list) = value {
        list.iter_mut().for_each(drop_null_defaults);
    }
}
