//! Who may do what: every route, every kind of caller, own things and others'.

use std::collections::BTreeSet;

use kabar_domain::ids::UserId;
use kabar_testkit::pictures::JPEG;
use serde_json::{Value, json};

use crate::{
    client_imports, clients, dead_letters,
    document::operations,
    file_imports, homes, linked_letters, mailings, own_messages, planned_cuts, posters, sales,
    site::{Site, Who},
    stuck_pages, telegram, unsubscribe,
};

/// A row: method, path, which thing, and the status for nobody, a user, an organizer, an admin, a superuser.
type Row = (&'static str, &'static str, &'static str, [u16; 5]);

#[rustfmt::skip]
const TABLE: &[Row] = &[
    ("POST",   "/api/users",                            "",      [201, 201, 201, 201, 201]),
    ("GET",    "/api/users",                            "",      [401, 403, 403, 200, 200]),
    ("GET",    "/api/users/me",                         "",      [401, 200, 200, 200, 200]),
    ("GET",    "/api/users/{id}",                       "own",   [401, 200, 200, 200, 200]),
    ("GET",    "/api/users/{id}",                       "other", [401, 403, 403, 200, 200]),
    ("PUT",    "/api/users/{id}",                       "own",   [401, 200, 200, 200, 200]),
    ("PUT",    "/api/users/{id}",                       "other", [401, 403, 403, 403, 200]),
    ("PATCH",  "/api/users/{id}",                       "own",   [401, 200, 200, 200, 200]),
    ("PATCH",  "/api/users/{id}",                       "other", [401, 403, 403, 403, 200]),
    ("DELETE", "/api/users/{id}",                       "own",   [401, 204, 204, 204, 204]),
    ("DELETE", "/api/users/{id}",                       "other", [401, 403, 403, 403, 204]),
    ("GET",    "/api/users/me/preferences",             "",      [401, 200, 200, 200, 200]),
    ("PUT",    "/api/users/me/preferences",             "",      [401, 200, 200, 200, 200]),
    ("GET",    "/api/users/me/export",                  "",      [401, 200, 200, 200, 200]),
    ("GET",    "/api/users/me/messages",                "",      [401, 200, 200, 200, 200]),
    ("GET",    "/api/users/me/messages/{id}",           "own",   [401, 200, 200, 200, 200]),
    ("GET",    "/api/users/me/messages/{id}",           "other", [401, 404, 404, 404, 404]),
    ("GET",    "/api/users/me/messages/{id}/copy",      "own",   [401, 200, 200, 200, 200]),
    ("GET",    "/api/users/me/messages/{id}/copy",      "other", [401, 404, 404, 404, 404]),
    ("POST",   "/api/login",                            "",      [200, 200, 200, 200, 200]),
    ("POST",   "/api/token",                            "",      [200, 200, 200, 200, 200]),
    ("POST",   "/api/logout",                           "own",   [401, 204, 204, 204, 204]),
    ("POST",   "/api/logout",                           "other", [401, 400, 400, 400, 400]),
    ("POST",   "/api/password/forgot",                  "",      [202, 202, 202, 202, 202]),
    ("POST",   "/api/password/reset",                   "",      [204, 204, 204, 204, 204]),
    ("GET",    "/api/groups",                           "",      [401, 403, 403, 403, 200]),
    ("POST",   "/api/groups",                           "",      [401, 403, 403, 403, 201]),
    ("GET",    "/api/groups/{id}",                      "",      [401, 403, 403, 403, 200]),
    ("PUT",    "/api/groups/{id}",                      "",      [401, 403, 403, 403, 200]),
    ("PATCH",  "/api/groups/{id}",                      "",      [401, 403, 403, 403, 200]),
    ("DELETE", "/api/groups/{id}",                      "",      [401, 403, 403, 403, 204]),
    ("POST",   "/api/assign-roles",                     "",      [401, 403, 403, 403, 201]),
    ("DELETE", "/api/assign-roles",                     "",      [401, 403, 403, 403, 204]),
    ("GET",     "/api/events", "", [200, 200, 200, 200, 200]),
    ("POST",    "/api/events", "own", [401, 403, 201, 201, 201]),
    ("POST",    "/api/events", "other", [401, 403, 403, 201, 201]),
    ("GET",     "/api/events/{id}", "other", [200, 200, 200, 200, 200]),
    ("PUT",     "/api/events/{id}", "own", [401, 403, 200, 200, 200]),
    ("PUT",     "/api/events/{id}", "other", [401, 403, 403, 200, 200]),
    ("PATCH",   "/api/events/{id}", "own", [401, 403, 200, 200, 200]),
    ("PATCH",   "/api/events/{id}", "other", [401, 403, 403, 200, 200]),
    ("DELETE",  "/api/events/{id}", "own", [401, 403, 204, 204, 204]),
    ("DELETE",  "/api/events/{id}", "other", [401, 403, 403, 204, 204]),
    ("GET",     "/api/tickets", "", [200, 200, 200, 200, 200]),
    ("POST",    "/api/tickets", "own", [401, 403, 201, 201, 201]),
    ("POST",    "/api/tickets", "other", [401, 403, 403, 201, 201]),
    ("GET",     "/api/tickets/{id}", "other", [200, 200, 200, 200, 200]),
    ("PUT",     "/api/tickets/{id}", "own", [401, 403, 200, 200, 200]),
    ("PUT",     "/api/tickets/{id}", "other", [401, 403, 403, 200, 200]),
    ("PATCH",   "/api/tickets/{id}", "own", [401, 403, 200, 200, 200]),
    ("PATCH",   "/api/tickets/{id}", "other", [401, 403, 403, 200, 200]),
    ("DELETE",  "/api/tickets/{id}", "own", [401, 403, 204, 204, 204]),
    ("DELETE",  "/api/tickets/{id}", "other", [401, 403, 403, 204, 204]),
    ("GET",     "/api/events/{id}/availability", "other", [200, 200, 200, 200, 200]),
    ("POST",    "/api/events/upload", "own", [401, 403, 201, 201, 201]),
    ("POST",    "/api/events/upload", "other", [401, 403, 403, 201, 201]),
    ("GET",     "/api/events/{id}/poster", "other", [200, 200, 200, 200, 200]),
    ("DELETE",  "/api/events/{id}/poster/{poster_id}", "own", [401, 403, 204, 204, 204]),
    ("DELETE",  "/api/events/{id}/poster/{poster_id}", "other", [401, 403, 403, 204, 204]),
    ("GET",     "/api/registrations", "", [401, 200, 200, 200, 200]),
    ("POST",    "/api/registrations", "self", [401, 201, 201, 201, 201]),
    ("POST",    "/api/registrations", "own", [401, 403, 201, 201, 201]),
    ("POST",    "/api/registrations", "other", [401, 403, 403, 201, 201]),
    ("GET",     "/api/registrations/{id}", "held", [401, 200, 200, 200, 200]),
    ("GET",     "/api/registrations/{id}", "own", [401, 403, 200, 200, 200]),
    ("GET",     "/api/registrations/{id}", "other", [401, 403, 403, 200, 200]),
    ("GET",     "/api/registrations/{id}/calendar", "held", [401, 200, 200, 200, 200]),
    ("GET",     "/api/registrations/{id}/calendar", "own", [401, 403, 200, 200, 200]),
    ("GET",     "/api/registrations/{id}/calendar", "other", [401, 403, 403, 200, 200]),
    ("PUT",     "/api/registrations/{id}", "held", [401, 403, 403, 200, 200]),
    ("PUT",     "/api/registrations/{id}", "own", [401, 403, 200, 200, 200]),
    ("PUT",     "/api/registrations/{id}", "other", [401, 403, 403, 200, 200]),
    ("PATCH",   "/api/registrations/{id}", "held", [401, 403, 403, 200, 200]),
    ("PATCH",   "/api/registrations/{id}", "own", [401, 403, 200, 200, 200]),
    ("PATCH",   "/api/registrations/{id}", "other", [401, 403, 403, 200, 200]),
    ("DELETE",  "/api/registrations/{id}", "held", [401, 204, 204, 204, 204]),
    ("DELETE",  "/api/registrations/{id}", "own", [401, 403, 204, 204, 204]),
    ("DELETE",  "/api/registrations/{id}", "other", [401, 403, 403, 204, 204]),
    ("GET",     "/api/payments", "", [401, 200, 200, 200, 200]),
    ("POST",    "/api/payments", "held", [401, 201, 201, 201, 201]),
    ("POST",    "/api/payments", "own", [401, 403, 403, 201, 201]),
    ("POST",    "/api/payments", "other", [401, 403, 403, 201, 201]),
    ("GET",     "/api/payments/{id}", "held", [401, 200, 200, 200, 200]),
    ("GET",     "/api/payments/{id}", "own", [401, 403, 200, 200, 200]),
    ("GET",     "/api/payments/{id}", "other", [401, 403, 403, 200, 200]),
    ("PUT",     "/api/payments/{id}", "held", [401, 403, 403, 200, 200]),
    ("PUT",     "/api/payments/{id}", "own", [401, 403, 403, 200, 200]),
    ("PUT",     "/api/payments/{id}", "other", [401, 403, 403, 200, 200]),
    ("PATCH",   "/api/payments/{id}", "held", [401, 403, 403, 200, 200]),
    ("PATCH",   "/api/payments/{id}", "own", [401, 403, 403, 200, 200]),
    ("PATCH",   "/api/payments/{id}", "other", [401, 403, 403, 200, 200]),
    ("DELETE",  "/api/payments/{id}", "held", [401, 403, 403, 204, 204]),
    ("DELETE",  "/api/payments/{id}", "own", [401, 403, 403, 204, 204]),
    ("DELETE",  "/api/payments/{id}", "other", [401, 403, 403, 204, 204]),
    ("GET",    "/api/regions",                          "",      [200, 200, 200, 200, 200]),
    ("POST",   "/api/regions",                          "",      [401, 403, 403, 201, 201]),
    ("GET",    "/api/regions/{id}",                     "",      [200, 200, 200, 200, 200]),
    ("PUT",    "/api/regions/{id}",                     "",      [401, 403, 403, 200, 200]),
    ("PATCH",  "/api/regions/{id}",                     "",      [401, 403, 403, 200, 200]),
    ("DELETE", "/api/regions/{id}",                     "",      [401, 403, 403, 204, 204]),
    ("PUT",    "/api/regions/{id}/status",              "",      [401, 403, 403, 200, 200]),
    ("GET",    "/api/regions/{id}/history",             "",      [200, 200, 200, 200, 200]),
    ("GET",    "/api/regions/{id}/stats",               "",      [200, 200, 200, 200, 200]),
    ("GET",    "/api/regions/{id}/planned-cuts",        "",      [200, 200, 200, 200, 200]),
    ("PUT",    "/api/regions/{id}/planned-cuts",        "",      [401, 403, 403, 200, 200]),
    ("GET",    "/api/regions/{id}/followers",           "",      [401, 200, 200, 200, 200]),
    ("POST",   "/api/regions/{id}/followers",           "own",   [401, 201, 201, 201, 201]),
    ("POST",   "/api/regions/{id}/followers",           "other", [401, 403, 403, 201, 201]),
    ("DELETE", "/api/regions/{id}/followers/{user_id}", "own",   [401, 204, 204, 204, 204]),
    ("DELETE", "/api/regions/{id}/followers/{user_id}", "other", [401, 404, 404, 204, 204]),
    ("GET",    "/api/homes",                            "",      [401, 200, 200, 200, 200]),
    ("POST",   "/api/homes",                            "",      [401, 201, 201, 201, 201]),
    ("POST",   "/api/homes/join",                       "",      [401, 201, 201, 201, 201]),
    ("GET",    "/api/homes/{id}",                       "own",   [401, 200, 200, 200, 200]),
    ("GET",    "/api/homes/{id}",                       "held",  [401, 200, 200, 200, 200]),
    ("GET",    "/api/homes/{id}",                       "other", [401, 404, 404, 200, 200]),
    ("GET",    "/api/homes/{id}/history",               "own",   [401, 200, 200, 200, 200]),
    ("GET",    "/api/homes/{id}/history",               "held",  [401, 200, 200, 200, 200]),
    ("GET",    "/api/homes/{id}/history",               "other", [401, 404, 404, 200, 200]),
    ("GET",    "/api/homes/{id}/stats",                 "own",   [401, 200, 200, 200, 200]),
    ("GET",    "/api/homes/{id}/stats",                 "held",  [401, 200, 200, 200, 200]),
    ("GET",    "/api/homes/{id}/stats",                 "other", [401, 404, 404, 200, 200]),
    ("PUT", "/api/homes/{id}", "own",   [401, 200, 200, 200, 200]),
    ("PUT", "/api/homes/{id}", "held",  [401, 403, 403, 403, 403]),
    ("PUT", "/api/homes/{id}", "other", [401, 404, 404, 403, 403]),
    ("PATCH", "/api/homes/{id}", "own",   [401, 200, 200, 200, 200]),
    ("PATCH", "/api/homes/{id}", "held",  [401, 403, 403, 403, 403]),
    ("PATCH", "/api/homes/{id}", "other", [401, 404, 404, 403, 403]),
    ("DELETE", "/api/homes/{id}", "own",   [401, 204, 204, 204, 204]),
    ("DELETE", "/api/homes/{id}", "held",  [401, 403, 403, 403, 403]),
    ("DELETE", "/api/homes/{id}", "other", [401, 404, 404, 403, 403]),
    ("POST", "/api/homes/{id}/invitations", "own",   [401, 201, 201, 201, 201]),
    ("POST", "/api/homes/{id}/invitations", "held",  [401, 403, 403, 403, 403]),
    ("POST", "/api/homes/{id}/invitations", "other", [401, 404, 404, 403, 403]),
    ("POST", "/api/homes/{id}/detectors", "own",   [401, 201, 201, 201, 201]),
    ("POST", "/api/homes/{id}/detectors", "held",  [401, 403, 403, 403, 403]),
    ("POST", "/api/homes/{id}/detectors", "other", [401, 404, 404, 403, 403]),
    ("PUT", "/api/homes/{id}/detectors/{detector_id}", "own",   [401, 200, 200, 200, 200]),
    ("PUT", "/api/homes/{id}/detectors/{detector_id}", "held",  [401, 403, 403, 403, 403]),
    ("PUT", "/api/homes/{id}/detectors/{detector_id}", "other", [401, 404, 404, 403, 403]),
    ("PATCH", "/api/homes/{id}/detectors/{detector_id}", "own",   [401, 200, 200, 200, 200]),
    ("PATCH", "/api/homes/{id}/detectors/{detector_id}", "held",  [401, 403, 403, 403, 403]),
    ("PATCH", "/api/homes/{id}/detectors/{detector_id}", "other", [401, 404, 404, 403, 403]),
    ("DELETE", "/api/homes/{id}/detectors/{detector_id}", "own",   [401, 204, 204, 204, 204]),
    ("DELETE", "/api/homes/{id}/detectors/{detector_id}", "held",  [401, 403, 403, 403, 403]),
    ("DELETE", "/api/homes/{id}/detectors/{detector_id}", "other", [401, 404, 404, 403, 403]),
    ("POST", "/api/homes/{id}/detectors/{detector_id}/key", "own",   [401, 201, 201, 201, 201]),
    ("POST", "/api/homes/{id}/detectors/{detector_id}/key", "held",  [401, 403, 403, 403, 403]),
    ("POST", "/api/homes/{id}/detectors/{detector_id}/key", "other", [401, 404, 404, 403, 403]),
    ("PUT", "/api/homes/{id}/status", "own",   [401, 200, 200, 200, 200]),
    ("PUT", "/api/homes/{id}/status", "held",  [401, 200, 200, 200, 200]),
    ("PUT", "/api/homes/{id}/status", "other", [401, 404, 404, 403, 403]),
    ("DELETE", "/api/homes/{id}/members/{user_id}", "own",   [401, 204, 204, 204, 204]),
    ("DELETE", "/api/homes/{id}/members/{user_id}", "held",  [401, 204, 204, 204, 204]),
    ("DELETE", "/api/homes/{id}/members/{user_id}", "other", [401, 404, 404, 403, 403]),
    ("GET", "/api/homes/{id}/detectors", "own",   [401, 200, 200, 200, 200]),
    ("GET", "/api/homes/{id}/detectors", "held",  [401, 200, 200, 200, 200]),
    ("GET", "/api/homes/{id}/detectors", "other", [401, 404, 404, 200, 200]),
    ("GET", "/api/homes/{id}/detectors/{detector_id}", "own",   [401, 200, 200, 200, 200]),
    ("GET", "/api/homes/{id}/detectors/{detector_id}", "held",  [401, 200, 200, 200, 200]),
    ("GET", "/api/homes/{id}/detectors/{detector_id}", "other", [401, 404, 404, 200, 200]),
    ("GET",    "/ping/{key}",                           "",      [204, 204, 204, 204, 204]),
    ("POST",   "/ping/{key}",                           "",      [204, 204, 204, 204, 204]),
    ("GET",    "/ping/{key}/off",                       "",      [204, 204, 204, 204, 204]),
    ("POST",   "/ping/{key}/off",                       "",      [204, 204, 204, 204, 204]),
    ("GET",    "/ping/{key}/on",                        "",      [204, 204, 204, 204, 204]),
    ("POST",   "/ping/{key}/on",                        "",      [204, 204, 204, 204, 204]),
    ("GET",    "/api/outages",                          "",      [200, 200, 200, 200, 200]),
    ("GET",    "/api/clients",                          "",      [401, 403, 403, 200, 200]),
    ("POST",   "/api/clients",                          "",      [401, 403, 403, 201, 201]),
    ("POST",   "/api/clients/import",                   "",      [401, 403, 403, 200, 200]),
    ("POST",   "/api/clients/imports",                  "",      [401, 403, 403, 201, 201]),
    ("GET",    "/api/clients/imports/{id}",             "",      [401, 403, 403, 200, 200]),
    ("POST",   "/api/clients/imports/{id}/start",       "",      [401, 403, 403, 202, 202]),
    ("GET",    "/api/clients/imports/{id}/errors",      "",      [401, 403, 403, 200, 200]),
    ("GET",    "/api/clients/export",                   "",      [401, 403, 403, 200, 200]),
    ("GET",    "/api/clients/{id}",                     "",      [401, 403, 403, 200, 200]),
    ("PUT",    "/api/clients/{id}",                     "",      [401, 403, 403, 200, 200]),
    ("PATCH",  "/api/clients/{id}",                     "",      [401, 403, 403, 200, 200]),
    ("DELETE", "/api/clients/{id}",                     "",      [401, 403, 403, 204, 204]),
    ("GET",    "/api/mailings",                         "",      [401, 403, 403, 200, 200]),
    ("POST",   "/api/mailings",                         "",      [401, 403, 403, 201, 201]),
    ("GET",    "/api/mailings/stats",                   "",      [401, 403, 403, 200, 200]),
    ("GET",    "/api/mailings/audience",                "",      [401, 403, 403, 200, 200]),
    ("POST",   "/api/mailings/preview",                 "",      [401, 403, 403, 200, 200]),
    ("GET",    "/api/mailings/{id}",                    "",      [401, 403, 403, 200, 200]),
    ("PUT",    "/api/mailings/{id}",                    "",      [401, 403, 403, 200, 200]),
    ("PATCH",  "/api/mailings/{id}",                    "",      [401, 403, 403, 200, 200]),
    ("DELETE", "/api/mailings/{id}",                    "",      [401, 403, 403, 204, 204]),
    ("POST",   "/api/mailings/{id}/pause",              "",      [401, 403, 403, 200, 200]),
    ("POST",   "/api/mailings/{id}/resume",             "",      [401, 403, 403, 200, 200]),
    ("POST",   "/api/mailings/{id}/cancel",             "",      [401, 403, 403, 200, 200]),
    ("POST",   "/api/mailings/{id}/test",               "",      [401, 403, 403, 202, 202]),
    ("GET",    "/api/mailings/{id}/audience",           "",      [401, 403, 403, 200, 200]),
    ("GET",    "/api/mailings/{id}/stats",              "",      [401, 403, 403, 200, 200]),
    ("GET",    "/api/mailings/{id}/messages",           "",      [401, 403, 403, 200, 200]),
    ("GET",    "/api/mailings/{id}/messages/export",    "",      [401, 403, 403, 200, 200]),
    ("GET",    "/api/messages",                         "",      [401, 403, 403, 200, 200]),
    ("GET",    "/api/messages/{id}",                    "",      [401, 403, 403, 200, 200]),
    ("GET",    "/api/notices",                          "",      [401, 403, 403, 200, 200]),
    ("GET",    "/api/notices/{id}",                     "",      [401, 403, 403, 200, 200]),
    ("GET",    "/api/notices/{id}/messages",            "",      [401, 403, 403, 200, 200]),
    ("GET",    "/api/suppressions",                     "",      [401, 403, 403, 200, 200]),
    ("POST",   "/api/suppressions",                     "",      [401, 403, 403, 201, 201]),
    ("GET",    "/api/suppressions/{id}",                "",      [401, 403, 403, 200, 200]),
    ("DELETE", "/api/suppressions/{id}",                "",      [401, 403, 403, 204, 204]),
    ("GET",    "/api/brake",                            "",      [401, 403, 403, 200, 200]),
    ("DELETE", "/api/brake",                            "",      [401, 403, 403, 204, 204]),
    ("GET",    "/api/queues",                           "",      [401, 403, 403, 200, 200]),
    ("GET",    "/api/dead-letters",                     "",      [401, 403, 403, 200, 200]),
    ("GET",    "/api/dead-letters/{queue}",             "",      [401, 403, 403, 200, 200]),
    ("POST",   "/api/dead-letters/{queue}/redrive",     "",      [401, 403, 403, 200, 200]),
    ("POST",   "/api/dead-letters/{queue}/drop",        "",      [401, 403, 403, 200, 200]),
    ("GET",    "/api/stuck-pages",                      "",      [401, 403, 403, 200, 200]),
    ("POST",   "/api/stuck-pages/{id}/release",         "",      [401, 403, 403, 200, 200]),
    ("GET",    "/api/telegram/subscribers",             "",      [401, 403, 403, 200, 200]),
    ("POST",   "/api/telegram/subscribers",             "",      [401, 403, 403, 201, 201]),
    ("DELETE", "/api/telegram/subscribers/{chat_id}",   "",      [401, 403, 403, 204, 204]),
    ("POST",   "/api/telegram/test",                    "",      [401, 403, 403, 202, 202]),
    ("POST",   "/api/telegram/link",                    "",      [401, 201, 201, 201, 201]),
    // Whoever they are, they do not know the secret.
    ("POST",   "/telegram/webhook",                     "",      [401, 401, 401, 401, 401]),
    ("GET",    "/m/{token}",                            "",      [200, 200, 200, 200, 200]),
    ("GET",    "/u/{token}",                            "",      [200, 200, 200, 200, 200]),
    ("POST",   "/u/{token}",                            "",      [200, 200, 200, 200, 200]),
    ("POST",   "/api/events/send-reminders",            "",      [401, 403, 403, 200, 200]),
    ("GET",    "/api/tasks/{id}",                       "",      [401, 403, 403, 200, 200]),
];

#[test]
fn every_operation_has_a_row() {
    let rows: BTreeSet<_> = TABLE
        .iter()
        .map(|(method, path, ..)| (method.to_string(), path.to_string()))
        .collect();
    let operations: BTreeSet<_> = operations(&kabar_api::document())
        .into_iter()
        .map(|(method, path, _)| (method, path))
        .collect();
    let missing: Vec<_> = operations.symmetric_difference(&rows).collect();
    assert!(
        missing.is_empty(),
        "You added or removed an operation. Say in TABLE what each kind of caller gets from it, for their own things \
         and for others', and give `prepare` a request that would succeed if they may: {missing:?}"
    );
}

#[tokio::test]
async fn each_caller_gets_what_the_table_says() {
    for (method, path, which, expected) in TABLE {
        for (who, status) in Who::ALL.into_iter().zip(expected) {
            // A site of their own, so that no call lives on what another did.
            let site = Site::with(&[who, Who::Superuser]).await;
            let (url, body) = prepare(&site, who, method, path, which).await;
            let answer = match *path {
                "/u/{token}" => unsubscribe::press(&site, who, method, &url).await,
                "/api/clients/import" => {
                    client_imports::import(&site, who, "", "phone,time_zone\n79160000009,UTC\n").await
                }
                "/api/events/upload" => posters::upload(&site, who, body.as_str().unwrap(), JPEG).await,
                _ => site.call(who, method, &url, body).await,
            };
            // What they asked for may be news to somebody.
            site.house.settle().await;
            assert_eq!(
                answer.status, *status,
                "{who:?} {method} {path} ({which}): {}",
                answer.json
            );
        }
    }
}

const SALES: [&str; 4] = [
    "/api/events",
    "/api/tickets",
    "/api/registrations",
    "/api/payments",
];

/// Who calls, and an ordinary person who is somebody else. Nobody's own things are somebody's.
pub(crate) fn themselves_and_another(site: &Site, who: Who) -> (UserId, UserId) {
    let somebody = site.id_of(if who == Who::User {
        Who::Organizer
    } else {
        Who::User
    });
    let own = if who == Who::Nobody {
        somebody
    } else {
        site.id_of(who)
    };
    (own, somebody)
}

/// The same for what is sold: the caller's own event or registration, or others'.
async fn prepare_sale(site: &Site, who: Who, method: &str, path: &str, which: &str) -> (String, Value) {
    let another = site.id_of(if who == Who::Superuser {
        Who::Admin
    } else {
        Who::Superuser
    });
    let (own, somebody) = themselves_and_another(site, who);
    let organizer = if which == "own" { own } else { another };
    let holder = if which == "held" { own } else { somebody };
    let sale = sales::sale(site, organizer, holder).await;
    let base = SALES.into_iter().find(|base| path.starts_with(base)).unwrap();
    let (id, body) = match base {
        "/api/events" if path == "/api/events/upload" => (&sale.event, json!(sale.event)),
        "/api/events" => (
            &sale.event,
            sales::event_body((method == "POST").then_some(organizer)),
        ),
        "/api/tickets" => (&sale.ticket, sales::ticket_body(&sale.event, "Late")),
        "/api/registrations" => {
            let mut body = json!({ "ticket_id": sale.other_ticket });
            if method == "POST" && which != "self" {
                body["user_id"] = somebody.to_string().into();
            }
            (&sale.registration, body)
        }
        _ => (&sale.payment, sales::payment_body(&sale.registration)),
    };
    let body = if matches!(method, "GET" | "DELETE") {
        Value::Null
    } else {
        body
    };
    let mut url = path.replace("{id}", id);
    if path.ends_with("{poster_id}") {
        let poster = posters::upload(site, Who::Superuser, id, JPEG).await.id();
        url = url.replace("{poster_id}", &poster);
    }
    (url, body)
}

/// A request that succeeds for whoever may make it.
async fn prepare(site: &Site, who: Who, method: &str, path: &str, which: &str) -> (String, Value) {
    if path != "/api/events/send-reminders" && SALES.into_iter().any(|base| path.starts_with(base)) {
        return prepare_sale(site, who, method, path, which).await;
    }
    if path.starts_with("/api/homes") || path.starts_with("/ping/") {
        return homes::prepare(site, who, method, path, which).await;
    }
    let (own, somebody) = themselves_and_another(site, who);
    if path == "/m/{token}" {
        let token = linked_letters::token(site, somebody).await;
        return (path.replace("{token}", &token), Value::Null);
    }
    let person = if which == "own" { own } else { somebody };
    let tokens = |name: &'static str| async move {
        site.house
            .app
            .log_in(name, kabar_testkit::PASSWORD, None)
            .await
            .unwrap()
    };
    let body = match (method, path) {
        ("POST", "/api/users") => {
            json!({ "username": "baru", "email": "baru@example.com", "password": "correct horse" })
        }
        ("PUT" | "PATCH", "/api/users/{id}") => json!({ "first_name": "Someone" }),
        ("POST", "/api/login") => json!({ "username": "ulla", "password": kabar_testkit::PASSWORD }),
        ("POST", "/api/token") => json!({ "refresh": tokens("ulla").await.refresh }),
        ("POST", "/api/logout") if which == "other" => {
            let other = if who == Who::User { "oki" } else { "ulla" };
            json!({ "refresh": tokens(other).await.refresh })
        }
        ("POST", "/api/password/forgot") => json!({ "email": "ulla@example.com" }),
        ("POST", "/api/password/reset") => {
            json!({ "token": site.code("ulla@example.com").await, "password": "another horse" })
        }
        (_, "/api/assign-roles") => json!({ "user_id": somebody.to_string(), "group_id": 1 }),
        ("POST", "/api/groups") => json!({ "name": "volunteers" }),
        (_, "/api/groups/{id}") if method != "GET" => json!({ "name": "planners" }),
        ("POST" | "PUT" | "PATCH", "/api/regions" | "/api/regions/{id}") => {
            json!({ "name": "Cimahi", "time_zone": "Asia/Jakarta" })
        }
        ("POST" | "PUT" | "PATCH", "/api/clients" | "/api/clients/{id}") => {
            json!({ "phone": "79160000002", "time_zone": "Europe/Moscow" })
        }
        ("POST" | "PUT" | "PATCH", "/api/mailings" | "/api/mailings/preview" | "/api/mailings/{id}") => {
            mailings::body()
        }
        ("POST", "/api/mailings/{id}/test") => json!({ "to": "ayu@example.com" }),
        ("PUT", "/api/users/me/preferences") => json!({ "mailings": { "email": false } }),
        ("POST", "/api/telegram/subscribers") => json!({ "chat_id": 1001 }),
        ("POST", "/api/telegram/test") => json!({ "chat_id": telegram::chat(site).await }),
        ("POST", "/telegram/webhook") => telegram::update(1, 1001, "/start"),
        ("POST", "/api/suppressions") => json!({ "email": "gone@example.com" }),
        ("POST", "/api/dead-letters/{queue}/redrive" | "/api/dead-letters/{queue}/drop") => {
            json!({ "ids": [dead_letters::buried(site).await] })
        }
        ("PUT", "/api/regions/{id}/planned-cuts") => planned_cuts::body(),
        ("PUT", "/api/regions/{id}/status") => json!({ "status": "off" }),
        ("POST", "/api/regions/{id}/followers") if which == "other" => {
            json!({ "user_id": somebody.to_string() })
        }
        _ => Value::Null,
    };
    let id = if path.starts_with("/api/users/{id}") {
        person.to_string()
    } else if path.starts_with("/api/users/me/messages/{id}") {
        own_messages::message(site, person).await
    } else if path.starts_with("/api/groups/{id}") {
        "1".to_owned()
    } else if path.starts_with("/api/regions/{id}") {
        site.region().await
    } else if path.starts_with("/api/clients/{id}") {
        clients::client(site, "79160000001").await
    } else if path.starts_with("/api/clients/imports/{id}") {
        let import = file_imports::import(site).await;
        file_imports::upload(site, &import, "phone,time_zone\n79160000009,UTC\n");
        import
    } else if path.starts_with("/api/mailings/{id}") {
        mailings::mailing(site).await
    } else if path.starts_with("/api/messages/{id}") {
        mailings::message(site).await
    } else if path.starts_with("/api/notices/{id}") {
        crate::telling::told(site).await
    } else if path.starts_with("/api/suppressions/{id}") {
        crate::telling::suppressed(site).await
    } else if path.starts_with("/api/stuck-pages/{id}") {
        stuck_pages::lost(site).await
    } else if path.starts_with("/api/tasks/{id}") {
        site.house.app.send_reminders().await.unwrap().to_string()
    } else {
        String::new()
    };
    if path.ends_with("{user_id}") {
        let url = format!("/api/regions/{id}/followers");
        site.call(
            Who::Superuser,
            "POST",
            &url,
            json!({ "user_id": person.to_string() }),
        )
        .await;
    }
    let chat = match path.ends_with("{chat_id}") {
        true => telegram::chat(site).await.to_string(),
        false => String::new(),
    };
    (
        path.replace("{id}", &id)
            .replace("{user_id}", &person.to_string())
            .replace("{queue}", "urgent")
            .replace("{chat_id}", &chat)
            .replace("{token}", &unsubscribe::token(site, somebody)),
        body,
    )
}

#[tokio::test]
async fn roles_are_looked_up_and_not_believed_from_a_token() {
    let site = Site::new().await;
    assert_eq!(site.get(Who::Admin, "/api/users").await.status, 200);
    let groups = site.get(Who::Superuser, "/api/groups").await;
    let admin = groups.json["groups"]
        .as_array()
        .unwrap()
        .iter()
        .find(|g| g["name"] == "admin")
        .unwrap()["id"]
        .clone();
    let body = json!({ "user_id": site.id_of(Who::Admin).to_string(), "group_id": admin });
    assert_eq!(
        site.call(Who::Superuser, "DELETE", "/api/assign-roles", body)
            .await
            .status,
        204
    );
    assert_eq!(
        site.get(Who::Admin, "/api/users").await.status,
        403,
        "with the same token"
    );
}
