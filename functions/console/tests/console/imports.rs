//! Clients from a file.

use kabar_testkit::House;

use crate::browser::Browser;

const FILE: &str = "number,tag,zone,first_name\r\n79160000001,vip,Asia/Jakarta,Ayu\r\n123,old,Asia/Jakarta,<b>Bad</b>\r\n\
                    79160000002,old,Mars/Olympus,Boris\r\n79160000003,,Europe/Moscow,\"Cici, too\"\r\n";
const COLUMNS: [(&str, &str); 2] = [("phone_column", "number"), ("time_zone_column", "zone")];

/// What the page would send of the file that it shows.
fn shown_file(page: &str) -> String {
    let (_, rest) = page.split_once("<textarea name=\"csv\"").unwrap();
    let (_, rest) = rest.split_once(">\n").unwrap();
    let (file, _) = rest.split_once("</textarea>").unwrap();
    let marks = [
        ("&#60;", "<"),
        ("&#62;", ">"),
        ("&#34;", "\""),
        ("&#39;", "'"),
        ("&#38;", "&"),
    ];
    marks
        .into_iter()
        .fold(file.to_owned(), |file, (mark, letter)| file.replace(mark, letter))
}

#[tokio::test]
async fn a_file_is_tried_row_by_row_and_then_imported_as_it_was_tried() {
    let house = House::new().await;
    let visitor = Browser::superuser(&house).await;
    visitor
        .open("/clients")
        .await
        .has(&["href=\"/clients/import\">Import clients"]);
    visitor
        .open("/clients/import")
        .await
        .has(&["enctype=\"multipart/form-data\"", "type=\"file\""]);
    let tried = visitor.upload("/clients/import", FILE, &COLUMNS).await;
    assert_eq!(tried.status, 200, "{}", tried.text);
    tried.has(&[
        "Nothing is imported yet",
        "<dt>New</dt><dd>2</dd>",
        "<dt>Not imported</dt><dd>2</dd>",
        "<th scope=\"row\">3</th><td data-label=\"What it says\"><code>123,old,Asia/Jakarta,&#60;b&#62;Bad",
        "phone: ",
        "<th scope=\"row\">4</th>",
        "time_zone: ",
        "name=\"phone_column\" value=\"number\"",
        "Import it",
    ]);
    visitor
        .open("/clients")
        .await
        .has(&["There is nothing here yet."]);

    let file = shown_file(&tried.text);
    assert_eq!(file, FILE);
    let mut fields = vec![
        ("csv", file.as_str()),
        ("sure", "1"),
        ("once", "a-key-of-a-page-of-ours"),
    ];
    fields.extend(COLUMNS);
    for _ in 0..2 {
        let done = visitor.post("/clients/import", &fields).await;
        assert_eq!(done.status, 200, "{}", done.text);
        done.has(&[
            "The file is imported.",
            "<dt>New</dt><dd>2</dd>",
            "<dt>Not imported</dt><dd>2</dd>",
        ]);
        assert!(!done.text.contains("name=\"csv\""));
    }
    let clients = visitor.open("/clients").await;
    clients.has(&["79160000003", "Cici, too"]);
    clients.has(&["79160000001", "Ayu"]);
}

#[tokio::test]
async fn what_is_no_file_of_clients_is_refused_and_the_form_is_there_again() {
    let house = House::new().await;
    let visitor = Browser::superuser(&house).await;
    for (file, status, text) in [
        ("", 400, "Choose a file."),
        ("name\r\nAyu\r\n", 400, "id=\"phone_column-error-1\""),
        (
            &format!("phone,time_zone\r\n{}", "79160000001,UTC\r\n".repeat(1_001)),
            413,
            "At most 1,000 rows",
        ),
    ] {
        let refused = visitor.upload("/clients/import", file, &[]).await;
        assert_eq!(refused.status, status, "{}", refused.text);
        refused.has(&[text]);
        refused.has(&["type=\"file\""]);
    }
    let huge = visitor.upload("/clients/import", &"x".repeat(1 << 20), &[]).await;
    assert_eq!(huge.status, 413);
    huge.has(&["This is too large", "other files a megabyte"]);
    let stranger = Browser::of(&house, "ulla", &[]).await;
    assert_eq!(stranger.get("/clients/import").await.status, 403);
    assert_eq!(
        stranger.upload("/clients/import", FILE, &COLUMNS).await.status,
        403
    );
}
