use axum::routing::{MethodFilter, MethodRouter, on};

use crate::{
    Api,
    events::{calendar, event, payments, posters, registrations, tickets},
    frame::{DeclaresAccess, Rule},
    mailings::{
        audience, clients, export, files, import, mailing, mailing_messages, mailing_orders, mailing_stats,
        preview,
    },
    operators::{dead_letters, lanes, stuck_pages},
    people::{groups, own_export, passwords, preferences, roles, sessions, users},
    power::{detectors, followers, history, homes, members, outages, pings, plans, regions, statistics},
    telegram::{link, subscribers, webhook},
    telling::{brake, linked_letter, notices, own_copy, own_messages, suppressions, tasks, unsubscribe},
};

/// A route: what it answers to, and who may call it.
#[derive(Clone, Copy, Debug)]
pub struct Route {
    /// The HTTP method.
    pub method: &'static str,
    /// The path, without the trailing slash that it also answers to.
    pub path: &'static str,
    /// Who may call it, as the handler's signature says.
    pub rule: Rule,
    /// Whether it honours an idempotency key: every POST that creates or sends does.
    pub is_once: bool,
}

/// A handler whose first parameter is not an access rule does not compile here.
fn route<H, T>(
    method: &'static str,
    filter: MethodFilter,
    path: &'static str,
    is_once: bool,
    handler: H,
) -> (Route, MethodRouter<Api>)
where
    H: axum::handler::Handler<T, Api>,
    T: DeclaresAccess + 'static,
{
    (
        Route {
            method,
            path,
            rule: T::RULE,
            is_once,
        },
        on(filter, handler),
    )
}

macro_rules! routes {
    ($($method:ident $path:literal => $handler:path $(, $once:ident)?;)*) => {
        /// The whole URL space.
        #[must_use]
        pub fn routes() -> Vec<(Route, MethodRouter<Api>)> {
            vec![$(route(stringify!($method), MethodFilter::$method, $path, false $(|| stringify!($once) == "once")?, $handler)),*]
        }
    };
}

routes! {
    // people
    POST   "/api/users" => users::create_user, once;
    GET    "/api/users" => users::list_users;
    GET    "/api/users/me" => users::get_me;
    GET    "/api/users/me/preferences" => preferences::get_preferences;
    PUT    "/api/users/me/preferences" => preferences::replace_preferences;
    GET    "/api/users/me/export" => own_export::export_me;
    GET    "/api/users/me/messages" => own_messages::list_own_messages;
    GET    "/api/users/me/messages/{id}" => own_messages::get_own_message;
    GET    "/api/users/me/messages/{id}/copy" => own_copy::get_own_copy;
    GET    "/api/users/{id}" => users::get_user;
    PUT    "/api/users/{id}" => users::replace_user;
    PATCH  "/api/users/{id}" => users::change_user;
    DELETE "/api/users/{id}" => users::delete_user;
    POST   "/api/login" => sessions::log_in;
    POST   "/api/token" => sessions::refresh;
    POST   "/api/logout" => sessions::log_out;
    POST   "/api/password/forgot" => passwords::forgot_password, once;
    POST   "/api/password/reset" => passwords::reset_password;
    GET    "/api/groups" => groups::list_groups;
    POST   "/api/groups" => groups::create_group, once;
    GET    "/api/groups/{id}" => groups::get_group;
    PUT    "/api/groups/{id}" => groups::replace_group;
    PATCH  "/api/groups/{id}" => groups::change_group;
    DELETE "/api/groups/{id}" => groups::delete_group;
    POST   "/api/assign-roles" => roles::assign_role, once;
    DELETE "/api/assign-roles" => roles::take_role;

    // events
    GET    "/api/events" => event::list_events;
    POST   "/api/events" => event::create_event, once;
    GET    "/api/events/{id}" => event::get_event;
    PUT    "/api/events/{id}" => event::replace_event;
    PATCH  "/api/events/{id}" => event::change_event;
    DELETE "/api/events/{id}" => event::delete_event;
    GET    "/api/events/{id}/availability" => event::get_availability;
    POST   "/api/events/send-reminders" => tasks::send_reminders, once;
    POST   "/api/events/upload" => posters::upload_poster, once;
    GET    "/api/events/{id}/poster" => posters::list_posters;
    DELETE "/api/events/{id}/poster/{poster_id}" => posters::delete_poster;
    GET    "/api/tickets" => tickets::list_tickets;
    POST   "/api/tickets" => tickets::create_ticket, once;
    GET    "/api/tickets/{id}" => tickets::get_ticket;
    PUT    "/api/tickets/{id}" => tickets::replace_ticket;
    PATCH  "/api/tickets/{id}" => tickets::change_ticket;
    DELETE "/api/tickets/{id}" => tickets::delete_ticket;
    GET    "/api/registrations" => registrations::list_registrations;
    POST   "/api/registrations" => registrations::register, once;
    GET    "/api/registrations/{id}" => registrations::get_registration;
    PUT    "/api/registrations/{id}" => registrations::replace_registration;
    PATCH  "/api/registrations/{id}" => registrations::change_registration;
    DELETE "/api/registrations/{id}" => registrations::cancel_registration;
    GET    "/api/registrations/{id}/calendar" => calendar::get_calendar;
    GET    "/api/payments" => payments::list_payments;
    POST   "/api/payments" => payments::create_payment, once;
    GET    "/api/payments/{id}" => payments::get_payment;
    PUT    "/api/payments/{id}" => payments::replace_payment;
    PATCH  "/api/payments/{id}" => payments::change_payment;
    DELETE "/api/payments/{id}" => payments::delete_payment;

    // power
    GET    "/api/regions" => regions::list_regions;
    POST   "/api/regions" => regions::create_region, once;
    GET    "/api/regions/{id}" => regions::get_region;
    PUT    "/api/regions/{id}" => regions::replace_region;
    PATCH  "/api/regions/{id}" => regions::change_region;
    DELETE "/api/regions/{id}" => regions::delete_region;
    PUT    "/api/regions/{id}/status" => regions::say_status;
    GET    "/api/regions/{id}/history" => history::list_region_history;
    GET    "/api/regions/{id}/stats" => statistics::get_region_statistics;
    GET    "/api/regions/{id}/planned-cuts" => plans::list_planned_cuts;
    PUT    "/api/regions/{id}/planned-cuts" => plans::replace_planned_cuts;
    GET    "/api/regions/{id}/followers" => followers::list_followers;
    POST   "/api/regions/{id}/followers" => followers::follow, once;
    DELETE "/api/regions/{id}/followers/{user_id}" => followers::unfollow;
    GET    "/api/homes" => homes::list_homes;
    POST   "/api/homes" => homes::create_home, once;
    POST   "/api/homes/join" => members::join_home, once;
    GET    "/api/homes/{id}" => homes::get_home;
    PUT    "/api/homes/{id}" => homes::replace_home;
    PATCH  "/api/homes/{id}" => homes::change_home;
    DELETE "/api/homes/{id}" => homes::delete_home;
    PUT    "/api/homes/{id}/status" => homes::say_home_status;
    GET    "/api/homes/{id}/history" => history::list_home_history;
    GET    "/api/homes/{id}/stats" => statistics::get_home_statistics;
    POST   "/api/homes/{id}/invitations" => members::invite, once;
    DELETE "/api/homes/{id}/members/{user_id}" => members::remove_member;
    GET    "/api/homes/{id}/detectors" => detectors::list_detectors;
    POST   "/api/homes/{id}/detectors" => detectors::create_detector, once;
    GET    "/api/homes/{id}/detectors/{detector_id}" => detectors::get_detector;
    PUT    "/api/homes/{id}/detectors/{detector_id}" => detectors::replace_detector;
    PATCH  "/api/homes/{id}/detectors/{detector_id}" => detectors::change_detector;
    DELETE "/api/homes/{id}/detectors/{detector_id}" => detectors::delete_detector;
    POST   "/api/homes/{id}/detectors/{detector_id}/key" => detectors::replace_key, once;
    GET    "/api/outages" => outages::list_outages;

    // mailings
    GET    "/api/clients" => clients::list_clients;
    POST   "/api/clients" => clients::create_client, once;
    POST   "/api/clients/import" => import::import_clients, once;
    POST   "/api/clients/imports" => files::create_import, once;
    GET    "/api/clients/imports/{id}" => files::get_import;
    POST   "/api/clients/imports/{id}/start" => files::start_import, once;
    GET    "/api/clients/imports/{id}/errors" => files::list_import_errors;
    GET    "/api/clients/export" => export::export_clients;
    GET    "/api/clients/{id}" => clients::get_client;
    PUT    "/api/clients/{id}" => clients::replace_client;
    PATCH  "/api/clients/{id}" => clients::change_client;
    DELETE "/api/clients/{id}" => clients::delete_client;
    GET    "/api/mailings" => mailing::list_mailings;
    POST   "/api/mailings" => mailing::create_mailing, once;
    GET    "/api/mailings/stats" => mailing_stats::list_counts;
    GET    "/api/mailings/audience" => audience::find_audience;
    POST   "/api/mailings/preview" => preview::preview_mailing;
    GET    "/api/mailings/{id}" => mailing::get_mailing;
    PUT    "/api/mailings/{id}" => mailing::replace_mailing;
    PATCH  "/api/mailings/{id}" => mailing::change_mailing;
    DELETE "/api/mailings/{id}" => mailing::delete_mailing;
    POST   "/api/mailings/{id}/pause" => mailing_orders::pause_mailing, once;
    POST   "/api/mailings/{id}/resume" => mailing_orders::resume_mailing, once;
    POST   "/api/mailings/{id}/cancel" => mailing_orders::cancel_mailing, once;
    POST   "/api/mailings/{id}/test" => mailing_orders::try_mailing, once;
    GET    "/api/mailings/{id}/audience" => audience::get_audience;
    GET    "/api/mailings/{id}/stats" => mailing_stats::get_statistics;
    GET    "/api/mailings/{id}/messages" => mailing_messages::list_mailing_messages;
    GET    "/api/mailings/{id}/messages/export" => mailing_messages::export_messages;
    GET    "/api/messages" => mailing_messages::list_all_messages;
    GET    "/api/messages/{id}" => mailing_messages::get_message;

    // telling
    GET    "/api/notices" => notices::list_notices;
    GET    "/api/notices/{id}" => notices::get_notice;
    GET    "/api/notices/{id}/messages" => notices::list_messages;
    GET    "/api/tasks/{id}" => tasks::get_task;
    GET    "/api/suppressions" => suppressions::list_suppressions;
    POST   "/api/suppressions" => suppressions::suppress, once;
    GET    "/api/suppressions/{id}" => suppressions::get_suppression;
    DELETE "/api/suppressions/{id}" => suppressions::lift_suppression;
    GET    "/api/brake" => brake::get_brake;
    DELETE "/api/brake" => brake::release_brake;

    // telegram
    GET    "/api/telegram/subscribers" => subscribers::list_subscribers;
    POST   "/api/telegram/subscribers" => subscribers::add_subscriber, once;
    DELETE "/api/telegram/subscribers/{chat_id}" => subscribers::remove_subscriber;
    POST   "/api/telegram/test" => subscribers::test_telegram, once;
    POST   "/api/telegram/link" => link::link_telegram;
    POST   "/telegram/webhook" => webhook::hear_telegram;

    // operators
    GET    "/api/queues" => lanes::get_queues;
    GET    "/api/dead-letters" => dead_letters::count_dead_letters;
    GET    "/api/dead-letters/{queue}" => dead_letters::list_dead_letters;
    POST   "/api/dead-letters/{queue}/redrive" => dead_letters::redrive_dead_letters, once;
    POST   "/api/dead-letters/{queue}/drop" => dead_letters::drop_dead_letters, once;
    GET    "/api/stuck-pages" => stuck_pages::list_stuck_pages;
    POST   "/api/stuck-pages/{id}/release" => stuck_pages::release_page, once;

    // for devices
    GET    "/ping/{key}" => pings::get_ping;
    POST   "/ping/{key}" => pings::ping;
    GET    "/ping/{key}/off" => pings::get_ping_off;
    POST   "/ping/{key}/off" => pings::ping_off;
    GET    "/ping/{key}/on" => pings::get_ping_on;
    POST   "/ping/{key}/on" => pings::ping_on;

    // for everybody, from a mail
    GET    "/m/{token}" => linked_letter::get_linked_letter;
    GET    "/u/{token}" => unsubscribe::get_unsubscribe;
    POST   "/u/{token}" => unsubscribe::unsubscribe;
}
