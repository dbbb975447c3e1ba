use kabar_app::Expected;
use kabar_domain::people::{Role, User};

use crate::House;

impl House {
    /// Has a superuser remove an account.
    pub async fn remove_account(&self, user: &User) {
        let superuser = self.caller(&[Role::Superuser]);
        let removed = self.app.remove_user(&superuser, user.id, Expected::Any).await;
        removed.expect("an account");
    }

    /// All that lies in a table, as text to search.
    pub async fn dump(&self, table: &str) -> String {
        let all = self.engine.client().scan().table_name(table).send().await;
        format!("{:?}", all.expect("the table answers").items)
    }
}
