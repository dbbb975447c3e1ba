use std::fmt::Write;

use axum::response::Response;
use kabar_app::telling::{LinkedLetter, Subscribed};
use kabar_courier::words::moment;
use kabar_domain::{Language, news::Addressee};

use super::{
    letter_words::{because, called, kind, words},
    page::{Page, button, html},
    page_words::topic,
};

/// The page of a letter, in its person's language and by their clock.
pub(super) fn page(letter: &LinkedLetter) -> Response {
    let language = letter.language;
    let (words, news) = (words(language), &letter.notice.news);
    let mut about = kind(news.kind(), language).to_owned();
    if let Some(name) = called(news) {
        about = format!("{about}: {}", escaped(name));
    }
    let mut facts = fact(words.about, &about);
    facts += &fact(words.why, because(letter.notice.because(), language));
    if let Some(sent_at) = letter.sent_at {
        facts += &fact(words.sent, &escaped(&moment(sent_at, &letter.zone, language)));
    }
    let said = |text: &Option<String>| escaped(text.as_deref().unwrap_or_default());
    let forms: String = letter.subscription.iter().map(form).collect();
    // Of everything else somebody says so who is logged in: a mail is handed on.
    let all = match letter.person {
        Addressee::User(_) => format!("<p><a href=\"/me\">{}</a></p>", words.all),
        Addressee::Client(_) | Addressee::Chat(_) => String::new(),
    };
    let body = format!(
        "<dl>{facts}</dl>
  <h2>{}</h2>
  <div class=\"letter\" dir=\"auto\">{}</div>
  <h2>{}</h2>
  {forms}
  {all}
  <p class=\"note\">{}</p>",
        said(&letter.copy.subject),
        said(&letter.copy.text),
        words.told_of,
        Page::Asks.words(language, true).note,
    );
    html(language.code(), words.heading, &body)
}

/// A page for a letter that is no longer kept, in every language, for who has it may be gone.
pub(super) fn gone() -> Response {
    html(
        Language::En.code(),
        "This message is no longer here",
        "<p>It is no longer kept, or the account is gone. The mail itself is still yours.</p>
  <p class=\"note\" lang=\"id\">Pesan ini tidak lagi disimpan, atau akunnya sudah tidak ada. Emailnya sendiri tetap milik Anda.</p>",
    )
}

fn fact(name: &str, value: &str) -> String {
    format!("<dt>{name}</dt><dd>{value}</dd>")
}

/// What the person is told of, and the button of its link.
fn form((token, subscribed): &(String, Subscribed)) -> String {
    let language = subscribed.language;
    let about = topic(subscribed.about.topic, language);
    let says = Page::Asks.words(language, subscribed.is_wanted);
    let says = says.text.replace("{topic}", about);
    let (name, button) = (subscribed.about.topic.name(), button(subscribed));
    format!(
        "<form method=\"post\" action=\"/u/{token}\" aria-labelledby=\"{name}\"><p id=\"{name}\">{says}</p>{button}</form>"
    )
}

/// Text as it stands in HTML.
fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' | '<' | '>' | '\u{22}' | '\'' => {
                // Writing to a string does not fail.
                let _ = write!(html, "&#{};", u32::from(c));
            }
            c => html.push(c),
        }
    }
    html
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_somebody_wrote_is_text_and_nothing_else() {
        assert_eq!(
            escaped("<b class='x'>\"A\" & B</b>"),
            "&#60;b class=&#39;x&#39;&#62;&#34;A&#34; &#38; B&#60;/b&#62;"
        );
    }
}
