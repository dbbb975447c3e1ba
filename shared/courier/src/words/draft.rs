use minijinja::{Value, context};

use super::{Letter, Own, Words, WordsError, one_line};

/// Words that need only what is one reader's own: the news as all people of one page read it.
pub struct Draft<'w> {
    pub(super) words: &'w Words,
    pub(super) folder: String,
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
            name => one_line(own.name), code => own.code, unsubscribe => own.unsubscribe, tickets,
            ..self.facts.clone()
        };
        let fill = |part: &str, facts: &Value| {
            let template = self.words.0.get_template(&format!("{}/{part}", self.folder))?;
            template.render(facts)
        };
        let subject = fill("subject.txt", &facts)?.trim().to_owned();
        let facts = context! { subject => &subject, ..facts };
        Ok(Letter {
            text: fill("body.txt", &facts)?,
            html: fill("body.html", &facts)?,
            subject,
        })
    }
}
