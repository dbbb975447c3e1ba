use jiff::SignedDuration;
use kabar_domain::Language;
use minijinja::{Value, context};

use super::{Letter, Own, Words, WordsError, duration, one_line};

/// Words that need only what is one reader's own: the news as all people of one page read it.
pub struct Draft<'w> {
    pub(super) words: &'w Words,
    pub(super) folder: String,
    pub(super) language: Language,
    pub(super) facts: Value,
}

impl Draft<'_> {
    /// The letter to a person.
    ///
    /// # Errors
    /// When a template of this crate asks for what the news does not have.
    pub fn letter(&self, own: &Own<'_>) -> Result<Letter, WordsError> {
        let tickets: Vec<String> = own.tickets.iter().map(|ticket| one_line(ticket)).collect();
        let facts = context! {
            name => one_line(own.name), code => own.code, unsubscribe => own.unsubscribe, link => own.link, tickets,
            ..self.facts.clone()
        };
        let subject = self.fill("subject.txt", &facts)?.trim().to_owned();
        let facts = context! { subject => &subject, ..facts };
        Ok(Letter {
            text: self.text(own, &facts)?,
            html: self.fill("body.html", &facts)?,
            subject,
        })
    }

    /// The plain text. HTML has a layout that ends with the link; this has none.
    fn text(&self, own: &Own<'_>, facts: &Value) -> Result<String, WordsError> {
        let body = self.fill("body.txt", facts)?;
        if own.link.is_none() {
            return Ok(body);
        }
        let foot = self.render(&format!("link/{}.txt", self.language.code()), facts)?;
        Ok(format!("{}\n{foot}", body.trim_end()))
    }

    /// The message to a chat, in the HTML that Telegram knows. `lit`: for how long there had been power, if that is known
    /// and what the news is about.
    ///
    /// # Errors
    /// As [`Self::letter`], and for news that chats are not told.
    pub fn chat(&self, lit: Option<SignedDuration>) -> Result<String, WordsError> {
        let lit = lit.map(|lit| duration(lit, self.language));
        let facts = context! { lit, ..self.facts.clone() };
        Ok(self.fill("chat.html", &facts)?.trim().to_owned())
    }

    /// What the message of an outage says once it is over: news of the end is told anew, and this notifies nobody.
    ///
    /// # Errors
    /// As [`Self::letter`], and for news that is of no end.
    pub fn over(&self) -> Result<String, WordsError> {
        Ok(self.fill("over.html", &self.facts)?.trim().to_owned())
    }

    fn fill(&self, part: &str, facts: &Value) -> Result<String, WordsError> {
        self.render(&format!("{}/{part}", self.folder), facts)
    }

    fn render(&self, template: &str, facts: &Value) -> Result<String, WordsError> {
        Ok(self.words.0.get_template(template)?.render(facts)?)
    }
}
