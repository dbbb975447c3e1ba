use std::error::Error;

use kabar_app::people::{Passwords, make_superuser};
use kabar_domain::{
    World,
    people::{Email, Password, Username},
};
use kabar_store::people::People;

/// Makes the superuser, or gives them a new password, which is read from standard input: an argument would show in
/// the list of processes.
pub(crate) async fn make(
    people: &People,
    world: &dyn World,
    username: &str,
    email: &str,
) -> Result<String, Box<dyn Error>> {
    let username = Username::parse(username).map_err(|reason| format!("--username: {reason}"))?;
    let email = Email::parse(email).map_err(|reason| format!("--email: {reason}"))?;
    let mut line = String::new();
    std::io::stdin().read_line(&mut line)?;
    let password = Password::parse(line.trim_end_matches(['\r', '\n']), Some(&username));
    let password = password.map_err(|reason| format!("the password on standard input: {reason}"))?;
    let name = username.as_str().to_owned();
    let id = make_superuser(people, &Passwords::default(), world, username, email, &password).await?;
    Ok(format!("{name} is a superuser: {id}"))
}
