//! Clients as CSV: what spreadsheets write is read, and what they read does them no harm.

use axum::{body::Body, http::Request};
use serde_json::{Value, json};

use crate::site::{Answer, Site, Who};

const IMPORT: &str = "/api/clients/import/";
const EXPORT: &str = "/api/clients/export/";

fn request(site: &Site, who: Who, query: &str, file: impl Into<Body>) -> Request<Body> {
    let mut request = site.request(who, "POST", &format!("{IMPORT}{query}"), &Value::Null);
    request
        .headers_mut()
        .insert("content-type", "text/csv; charset=utf-8".parse().unwrap());
    *request.body_mut() = file.into();
    request
}

/// Sends a file.
pub(crate) async fn import(site: &Site, who: Who, query: &str, file: impl Into<Body>) -> Answer {
    site.send(request(site, who, query, file)).await
}

async fn imported(site: &Site, file: &str) -> Value {
    let answer = import(site, Who::Admin, "", file.to_owned()).await;
    assert_eq!(answer.status, 200, "{}", answer.json);
    answer.json
}

fn counts(answer: &Value) -> [u64; 4] {
    ["created", "changed", "unchanged", "refused"].map(|name| answer[name].as_u64().unwrap())
}

/// What is wrong with which row.
fn refused(answer: &Value) -> Vec<(u64, Vec<&str>)> {
    let rows = answer["rows"].as_array().unwrap().iter();
    rows.map(|row| {
        let fields = row["errors"].as_object().unwrap().keys().map(String::as_str);
        (row["row"].as_u64().unwrap(), fields.collect())
    })
    .collect()
}

async fn clients(site: &Site) -> Vec<Value> {
    site.get(Who::Admin, "/api/clients?limit=200").await.json["clients"]
        .as_array()
        .unwrap()
        .clone()
}

#[tokio::test]
async fn right_rows_are_in_each_bad_row_is_named_and_a_second_import_changes_nothing() {
    let site = Site::with(&[Who::Admin]).await;
    let file = "\u{feff}Phone;Tag;Time_Zone;EMAIL;note\r\n\
                79160000001;vip;Europe/Moscow;ayu@example.com;\"two\r\nlines\"\r\n\
                \r\n\
                +79160000002;\"semi;colon\";Asia/Jakarta;;\r\n\
                8916;vip;Mars/Olympus;nobody;\r\n\
                79160000001;again;UTC;;\r\n\
                79160000003;\"\"\"quoted\"\"\";UTC;;\"a\nb\nc\"\r\n\
                79160000004;few\r\n\
                ;;;;\r\n\
                79160000005;no zone;;;\r\n\
                79160000006;\"a\nb\";UTC;;\r\n\
                79160000007;last;UTC;;";
    let answer = imported(&site, file).await;
    assert_eq!(counts(&answer), [4, 0, 0, 5]);
    let expected = [
        (6, vec!["email", "phone", "time_zone"]),
        (7, vec!["phone"]),
        (11, vec!["row"]),
        (13, vec!["time_zone"]),
        (14, vec!["tag"]),
    ];
    assert_eq!(refused(&answer), expected);
    assert_eq!(
        answer["rows"][1]["errors"]["phone"][0],
        "Repeats the phone of row 2."
    );
    assert_eq!(
        answer["rows"][2]["errors"]["row"][0],
        "Has 2 cells, the header has 5."
    );
    let before = clients(&site).await;
    let tags: Vec<_> = before
        .iter()
        .map(|client| client["tag"].as_str().unwrap())
        .collect();
    assert_eq!(tags.len(), 4);
    for tag in ["vip", "semi;colon", "\"quoted\"", "last"] {
        assert!(tags.contains(&tag), "{tag} is not among {tags:?}");
    }

    let _ = site.house.meter().take();
    let again = imported(&site, file).await;
    assert_eq!(counts(&again), [0, 0, 4, 5]);
    assert_eq!(again["rows"], answer["rows"]);
    assert_eq!(clients(&site).await, before);
    assert!(
        site.house.meter().take_total().write < f64::EPSILON,
        "nothing is written"
    );
}

#[tokio::test]
async fn columns_are_separated_by_commas_semicolons_or_tabs() {
    let site = Site::with(&[Who::Admin]).await;
    for (n, delimiter) in [",", ";", "\t"].into_iter().enumerate() {
        let file =
            format!("\"phone\"|\"time_zone\"|\"a,b;c\"\n7916000000{n}|UTC|x\n").replace('|', delimiter);
        assert_eq!(
            counts(&imported(&site, &file).await),
            [1, 0, 0, 0],
            "{delimiter:?}"
        );
    }
    assert_eq!(
        counts(&imported(&site, "phone\n79160000001\n").await),
        [0, 0, 1, 0],
        "one column"
    );
}

#[tokio::test]
async fn parameters_name_the_columns_and_others_are_ignored() {
    let site = Site::with(&[Who::Admin]).await;
    let file = "Nama,Telefon,phone,Zona\nAyu,79160000001,wrong,Asia/Jakarta\n";
    let query = "?phone_column=telefon&time_zone_column=Zona";
    let dry = import(&site, Who::Admin, &format!("{query}&dry_run=true"), file).await;
    assert_eq!(
        (counts(&dry.json), &dry.json["dry_run"]),
        ([1, 0, 0, 0], &json!(true))
    );
    assert!(clients(&site).await.is_empty(), "it was a dry run");
    assert_eq!(
        counts(&import(&site, Who::Admin, query, file).await.json),
        [1, 0, 0, 0]
    );
    assert_eq!(clients(&site).await[0]["time_zone"], "Asia/Jakarta");

    for (query, file, fields) in [
        ("", "telefon\n1\n", vec!["phone_column"]),
        ("", "", vec!["phone_column"]),
        ("", "phone,tag,TAG\n", vec!["tag_column"]),
        (
            "?tag_column=label&email_column=mail",
            "phone\n",
            vec!["email_column", "tag_column"],
        ),
        (
            "?dry_run=perhaps&tag_column=x",
            "phone\n",
            vec!["dry_run", "tag_column"],
        ),
    ] {
        let refused = import(&site, Who::Admin, query, file).await;
        assert_eq!(
            (refused.status.as_u16(), refused.bad_fields()),
            (400, fields),
            "{query} {file:?}"
        );
    }
}

#[tokio::test]
async fn an_empty_cell_empties_what_may_be_empty_and_leaves_the_rest() {
    let site = Site::with(&[Who::Admin]).await;
    let header = "phone,operator_code,tag,time_zone,email,language\n";
    imported(
        &site,
        &format!("{header}79160000001,999,vip,UTC,ayu@example.com,id\n"),
    )
    .await;
    assert_eq!(
        counts(&imported(&site, "phone\n79160000001\n").await),
        [0, 0, 1, 0]
    );
    assert_eq!(
        counts(&imported(&site, &format!("{header}79160000001,,,,,\n")).await),
        [0, 1, 0, 0]
    );
    let client = &clients(&site).await[0];
    assert_eq!(
        (&client["operator_code"], &client["time_zone"]),
        (&json!("999"), &json!("UTC"))
    );
    assert_eq!(
        (&client["tag"], &client["email"], &client["language"]),
        (&json!(""), &Value::Null, &Value::Null)
    );
}

#[tokio::test]
async fn what_is_no_csv_is_refused_whole() {
    let site = Site::with(&[Who::Admin]).await;
    let cases: [(&[u8], &str, u16); 5] = [
        (b"phone\n7916\xff\xfe", "text/csv", 400),
        (b"\xff\xfep\0h\0", "text/csv", 400),
        (b"phone\n79160000001\n", "application/json", 415),
        (b"phone\n79160000001\n", "text/plain", 415),
        (&vec![b'x'; 1024 * 1024 + 1], "text/csv", 413),
    ];
    for (body, kind, status) in cases {
        let mut request = request(&site, Who::Admin, "", body.to_vec());
        request
            .headers_mut()
            .insert("content-type", kind.parse().unwrap());
        assert_eq!(site.send(request).await.status, status, "{kind}");
    }
    let bytes: Vec<u8> = (0..200_000_u32)
        .map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8 & 0x7f)
        .collect();
    let noise = import(&site, Who::Admin, "", [b"phone\n", &bytes[..]].concat()).await;
    assert!(matches!(noise.status.as_u16(), 200 | 413), "{}", noise.json);
    assert!(clients(&site).await.is_empty());
}

#[tokio::test]
async fn too_many_rows_are_refused_before_any_is_written_and_all_bad_ones_fit_the_kept_answer() {
    let site = Site::with(&[Who::Admin]).await;
    let header = "phone,operator_code,tag,time_zone,email,language\n";
    let tag = "x".repeat(65);
    let bad = format!("x,x,{tag},x,x,x\n");
    let too_many = import(&site, Who::Admin, "", format!("{header}{}", bad.repeat(1_001))).await;
    assert_eq!(too_many.status, 413);
    let most = format!("{header}{}", bad.repeat(1_000));
    let mut answers = Vec::new();
    for _ in 0..2 {
        let mut request = request(&site, Who::Admin, "", most.clone());
        request
            .headers_mut()
            .insert("idempotency-key", "k1".parse().unwrap());
        answers.push(site.send(request).await);
    }
    assert_eq!(answers[0].status, 200);
    assert_eq!(answers[0].json["rows"].as_array().unwrap().len(), 1_000);
    assert_eq!(answers[1].text, answers[0].text);
    // The kept answer shares an item of at most 400 KB with little else.
    assert!(answers[0].text.len() < 390_000, "{} bytes", answers[0].text.len());
}

#[tokio::test]
async fn a_key_that_was_used_for_a_dry_run_is_not_good_for_the_real_one() {
    let site = Site::with(&[Who::Admin]).await;
    for (query, status) in [("?dry_run=true", 200), ("", 422), ("?dry_run=true", 200)] {
        let mut request = request(&site, Who::Admin, query, "phone,time_zone\n79160000001,UTC\n");
        request
            .headers_mut()
            .insert("idempotency-key", "k1".parse().unwrap());
        assert_eq!(site.send(request).await.status, status, "{query}");
    }
    assert!(clients(&site).await.is_empty());
    let other_method = (Who::Admin, "PUT", IMPORT, Value::Null);
    let refused = site.call_with(other_method, ("idempotency-key", "k1")).await;
    assert_eq!(refused.status, 405, "a key makes no method apply");
}

#[tokio::test]
async fn an_export_does_spreadsheets_no_harm_and_is_imported_as_it_is() {
    let site = Site::with(&[Who::Admin, Who::Superuser]).await;
    let tags = [
        "=1+1",
        "+x",
        "-x",
        "@x",
        "'=x",
        "'x",
        "''@x",
        "\"q\",;",
        "Москва",
        "=cmd|' /C calc'!A0",
    ];
    for (n, tag) in tags.iter().enumerate() {
        site.house.world.pass_seconds(1);
        let body = json!({ "phone": format!("7916000000{n}"), "tag": tag, "time_zone": "UTC",
            "email": (n == 0).then_some("=a@example.com"), "language": (n == 1).then_some("id") });
        assert_eq!(
            site.call(Who::Admin, "POST", "/api/clients", body).await.status,
            201,
            "{tag}"
        );
    }
    let file = site.get(Who::Superuser, EXPORT).await;
    assert_eq!(
        (file.status.as_u16(), file.header("content-type")),
        (200, "text/csv; charset=utf-8")
    );
    assert_eq!(
        file.header("content-disposition"),
        "attachment; filename=\"clients.csv\""
    );
    assert_eq!(file.header("link"), "");
    let lines: Vec<&str> = file.text.split("\r\n").collect();
    assert_eq!(
        lines[0],
        "phone,operator_code,tag,time_zone,email,first_name,language,created_at,id"
    );
    assert!(
        lines[1].starts_with("79160000009,916,'=cmd|' /C calc'!A0,UTC,,,,2026-11-21T10:00:10Z,"),
        "{}",
        lines[1]
    );
    for cell in lines.iter().skip(1).flat_map(|line| line.split(',')) {
        assert!(
            !cell.trim_matches('"').starts_with(['=', '+', '-', '@']),
            "{cell}"
        );
    }
    let before = clients(&site).await;
    assert_eq!(counts(&imported(&site, &file.text).await), [0, 0, 10, 0]);
    for client in &before {
        let path = format!("/api/clients/{}", client["id"].as_str().unwrap());
        site.call(Who::Admin, "DELETE", &path, Value::Null).await;
    }
    assert_eq!(counts(&imported(&site, &file.text).await), [10, 0, 0, 0]);
    let bare = |clients: Vec<Value>| {
        let mut bare: Vec<_> = clients
            .into_iter()
            .map(|client| {
                json!([
                    client["phone"],
                    client["tag"],
                    client["email"],
                    client["language"]
                ])
                .to_string()
            })
            .collect();
        bare.sort_unstable();
        bare
    };
    assert_eq!(bare(clients(&site).await), bare(before));
}

#[tokio::test]
async fn a_long_export_goes_on_by_its_link_with_the_same_filters() {
    let site = Site::with(&[Who::Admin]).await;
    for part in 0..3 {
        let rows = (0..900).map(|n| format!("7916{:07},{},UTC\n", part * 900 + n, ["a b", "c"][n / 899]));
        let file = format!("phone,tag,time_zone\n{}", rows.collect::<String>());
        assert_eq!(counts(&imported(&site, &file).await)[0], 900);
    }
    let query = "?tag=a%20b&cursor=";
    let refused = site
        .get(Who::Admin, &format!("{EXPORT}{query}x&operator_code=9"))
        .await;
    assert_eq!(refused.bad_fields(), ["cursor", "operator_code"]);
    let first = site.get(Who::Admin, &format!("{EXPORT}?tag=a%20b")).await;
    let link = first.header("link");
    let next = link
        .strip_prefix('<')
        .and_then(|link| link.strip_suffix(">; rel=\"next\""))
        .unwrap();
    assert!(next.starts_with("?tag=a%20b&cursor="), "{link}");
    let rest = site.get(Who::Admin, &format!("{EXPORT}{next}")).await;
    assert_eq!(rest.header("link"), "");
    let whole = format!("{}{}", first.text, rest.text);
    assert_eq!(first.text.lines().count(), 2_001);
    assert_eq!(whole.lines().count(), 1 + 3 * 899);
    assert_eq!(whole.matches("phone,").count(), 1, "one header");
}
