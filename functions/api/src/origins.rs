use axum::http::HeaderValue;
use kabar_kit::Env;

/// Whose pages may call, by `CORS_ORIGINS`; one that is none is noted in `env`.
pub fn origins(env: &mut Env) -> Vec<HeaderValue> {
    let origins = env.optional("CORS_ORIGINS").unwrap_or_default();
    let origins = origins.split(',').filter(|origin| !origin.is_empty());
    let origins: Result<Vec<_>, _> = origins.map(|origin| origin.trim().parse()).collect();
    origins.unwrap_or_else(|error| {
        env.problem("CORS_ORIGINS", error);
        Vec::new()
    })
}
