use axum::{http::Uri, response::Response};
use kabar_app::mailings::{COLUMNS, harmless};
use kabar_domain::{Language, mailings::Client};
use kabar_store::Window;

use super::clients::{LISTING, filter};
use crate::frame::{Fields, ListQuery, Params, Request, Result, Staff, csv_part, rows};

/// How many clients one answer has. An answer of a function behind an HTTP API is sent whole and may have 6 MB; with
/// the longest tags and addresses, a client has 700 bytes.
const MOST: u16 = 2_000;
/// Export clients, the newest first.
///
/// An answer has a part of 2,000. While there are more, a `Link` header has the URL of the next part; the parts put
/// together, the first of which names the columns, are one file, which an import takes as it is, a thousand rows at once.
///
/// A cell that a spreadsheet would take for a formula begins with an apostrophe; an import takes it away.
#[utoipa::path(get, path = "/api/clients/export/", tag = "mailings",
    params(("operator_code" = Option<String>, Query, description = "Only of this operator", example = "916"),
           ("tag" = Option<String>, Query, description = "Only with this tag; empty for those without one", example = "vip"),
           ("phone" = Option<String>, Query, description = "Only the one with this phone", example = "79161234567"),
           ("cursor" = Option<String>, Query, description = "Where to go on, as the `Link` header of the part before has it")),
    responses((status = 200, content_type = "text/csv", body = String,
        headers(("Link" = String, description = "While there are more: `<?cursor=…>; rel=\"next\"` (RFC 8288)"),
                ("Content-Disposition" = String, description = "The name of the file")))))]
pub(crate) async fn export_clients(
    _: Staff,
    Request(app): Request,
    uri: Uri,
    params: Params,
) -> Result<Response> {
    let mut query = ListQuery {
        params: &params,
        fields: Fields::default(),
    };
    let window = Window {
        limit: MOST,
        after: query.cursor(LISTING),
        ..Window::default()
    };
    let filter = filter(&mut query);
    query.fields.done()?;
    let found = app.clients(&filter, &window).await?;
    let next = found.next.map(|key| LISTING.cursor(&key));
    let columns = window.after.is_none().then(columns);
    let file = rows(columns, found.entries.iter().map(row));
    csv_part("clients.csv", file, &uri, next.as_deref())
}

/// What an import reads, and what an export says beside it.
fn columns() -> [&'static str; 9] {
    let [a, b, c, d, e, f, g] = COLUMNS.map(|(field, _)| field);
    [a, b, c, d, e, f, g, "created_at", "id"]
}

fn row(client: &Client) -> [String; 9] {
    let [a, b, c, d, e, f, g] = [
        client.phone.as_str(),
        client.operator_code.as_str(),
        client.tag.as_str(),
        client.zone.name(),
        client.email.as_ref().map_or("", |email| email.as_str()),
        client.first_name.as_str(),
        client.language.map_or("", Language::code),
    ]
    .map(harmless);
    let (created_at, id) = (client.created_at.to_string(), client.id.to_string());
    [a, b, c, d, e, f, g, created_at, id]
}
