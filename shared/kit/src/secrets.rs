use std::error::Error;

/// A secret that could not be read; it says which, never what.
#[derive(Debug, thiserror::Error)]
#[error("the SSM parameter {name} cannot be read")]
pub struct SecretError {
    name: String,
    source: Option<Box<dyn Error + Send + Sync>>,
}

/// Reads a `SecureString` from the SSM parameter store.
///
/// # Errors
/// When there is none of that name, or the function may not read it.
pub async fn secret(client: &aws_sdk_ssm::Client, name: &str) -> Result<String, SecretError> {
    let failed = |source: Option<Box<dyn Error + Send + Sync>>| SecretError {
        name: name.to_owned(),
        source,
    };
    let answer = client
        .get_parameter()
        .name(name)
        .with_decryption(true)
        .send()
        .await;
    let parameter = answer.map_err(|error| failed(Some(Box::new(error))))?.parameter;
    parameter
        .and_then(|parameter| parameter.value)
        .ok_or_else(|| failed(None))
}

/// Reads several `SecureString`s in one request, in the order of their names: whoever needs them waits once, over one
/// connection.
///
/// # Errors
/// When there is none of one of the names, or the function may not read it.
pub async fn secrets<const N: usize>(
    client: &aws_sdk_ssm::Client,
    names: [&str; N],
) -> Result<[String; N], SecretError> {
    let failed = |name: &str, source: Option<Box<dyn Error + Send + Sync>>| SecretError {
        name: name.to_owned(),
        source,
    };
    let asked = client
        .get_parameters()
        .set_names(Some(names.map(str::to_owned).into()))
        .with_decryption(true);
    let answer = asked.send().await;
    let found = answer
        .map_err(|error| failed(&names.join(", "), Some(Box::new(error))))?
        .parameters
        .unwrap_or_default();
    let mut values = names.map(|_| String::new());
    for (name, value) in names.iter().zip(&mut values) {
        let of_name = found.iter().find(|parameter| parameter.name() == Some(name));
        *value = of_name
            .and_then(|parameter| parameter.value.clone())
            .ok_or_else(|| failed(name, None))?;
    }
    Ok(values)
}
