use kabar_domain::people::User;

use crate::House;

impl House {
    /// Has an account and what it claims go from the table.
    pub async fn remove_account(&self, user: &User) {
        let profile = &user.profile;
        for (pk, sk) in [
            (format!("user#{}", user.id), "user"),
            (format!("username#{}", profile.username.folded()), "claim"),
            (format!("email#{}", profile.email.folded()), "claim"),
        ] {
            let key = [("pk", pk), ("sk", sk.to_owned())];
            let key = key.map(|(name, value)| {
                let value = aws_sdk_dynamodb::types::AttributeValue::S(value);
                (name.to_owned(), value)
            });
            let delete = self.engine.client().delete_item().table_name("people");
            let deleted = delete.set_key(Some(key.into())).send().await;
            deleted.expect("the table answers");
        }
    }

    /// All that lies in a table, as text to search.
    pub async fn dump(&self, table: &str) -> String {
        let all = self.engine.client().scan().table_name(table).send().await;
        format!("{:?}", all.expect("the table answers").items)
    }
}
