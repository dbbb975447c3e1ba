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
