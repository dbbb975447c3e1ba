//! `GET /_local/health`: whose gate this is, and whether the stack behind it is ready.

use axum::Json;
use axum::extract::State;
use serde_json::{Value, json};

use super::Gate;
use crate::layout;

/// Says what `cargo local` needs to recognise a stack of this workspace and to stop it.
pub(super) async fn read(State(gate): State<Gate>) -> Json<Value> {
    let deployed = gate.shared.app.get();
    Json(json!({
        "status": if deployed.is_some() { "ready" } else { "starting" },
        "service": "kabar-local",
        "workspace": layout::workspace(),
        "pid": std::process::id(),
        "functions": deployed.map(|deployed| deployed.functions()).unwrap_or_default(),
    }))
}
