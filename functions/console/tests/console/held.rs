//! What somebody holds tickets for, on their overview and on their page of it.

use kabar_domain::people::Role;

use crate::{
    browser::Browser,
    html::hidden,
    sale::{NOW, ticket},
    site::Site,
};

/// What the form of an event holds, in the afternoon of a day.
const fn fields<'a>(name: &'a str, [start, end]: [&'a str; 2]) -> [(&'a str, &'a str); 6] {
    [
        ("name", name),
        ("location", "Gedung Merdeka"),
        ("category", "music"),
        ("start_time", start),
        ("end_time", end),
        ("quota", "9"),
    ]
}

/// Where on a page these are, in the order in which they are named.
fn places(page: &str, names: &[&str]) -> Vec<usize> {
    names
        .iter()
        .map(|name| {
            page.find(&format!(">{name}<"))
                .unwrap_or_else(|| panic!("{name}: {page}"))
        })
        .collect()
}

/// What a page says of their tickets.
async fn held(visitor: &Browser, page: &str) -> String {
    let text = visitor.open(page).await.text;
    text.split_once("id=\"tickets\"")
        .map_or_else(|| text.clone(), |(_, tickets)| tickets.to_owned())
}

async fn call_off(organizer: &Browser, event: &str, fields: &[(&str, &str)]) {
    let edit = format!("{event}/edit");
    let tag = hidden(&organizer.open(&edit).await.text, "tag");
    let more = [("status", "cancelled"), ("tag", tag.as_str())];
    let changed = organizer.post(&edit, &[fields, more.as_slice()].concat()).await;
    assert_eq!(changed.status, 303, "{}", changed.text);
}

#[tokio::test]
async fn what_comes_first_is_first_and_what_is_over_or_off_is_not_there() {
    let site = Site::new().await;
    let oki = site.person("oki", &[Role::Organizer]).await;
    let sari = site.person("sari", &[]).await;
    let off = fields("Off", ["2026-12-06T15:00", "2026-12-06T18:00"]);
    for fields in [
        fields("Late", ["2026-12-20T15:00", "2026-12-20T18:00"]),
        fields("Soon", ["2026-12-05T18:00", "2026-12-05T19:00"]),
        off,
        fields("Over", ["2026-12-05T17:30", "2026-12-05T17:45"]),
    ] {
        let event = oki.made("/events", &fields).await;
        for name in ["Festival", "Balcony"] {
            let ticket = ticket(&oki, &event, name, NOW).await;
            let id = ticket.trim_start_matches("/tickets/");
            let once = format!("{event}{name}").replace('/', "");
            let form = [("once", once.as_str()), ("ticket_id", id)];
            assert_eq!(sari.post("/registrations", &form).await.status, 303);
        }
        if fields == off {
            call_off(&oki, &event, &fields).await;
        }
    }
    site.house.drain().await;
    let pages = ["/", "/me/tickets"];
    for page in pages {
        let all = held(&sari, page).await;
        assert!(places(&all, &["Over", "Soon", "Late"]).is_sorted(), "{all}");
    }

    // The sale ends at five in the afternoon of the fifth; it is ten minutes to six.
    site.house.world.pass_seconds(14 * 86_400 + 50 * 60);
    let sari = site.log_in("sari", sari.user).await;
    for page in pages {
        let ahead = held(&sari, page).await;
        assert!(places(&ahead, &["Soon", "Late"]).is_sorted(), "{ahead}");
        assert_eq!(ahead.matches("Festival").count(), 2, "{ahead}");
        for gone in [">Over<", ">Off<"] {
            assert!(!ahead.contains(gone), "{gone}: {ahead}");
        }
    }
    site.house.drain().await;
}
