//! Services that the gate plays itself, because no emulator keeps what they send.

use axum::response::Response;

use super::faults::{Kind, Service};
use super::{Gate, answers, aws, telegram};

/// Counts a call and has it accepted, unless a fault says otherwise.
pub(super) async fn answer(
    gate: &Gate,
    service: Service,
    operation: &str,
    request: &[u8],
    accept: impl FnOnce() -> Response,
) -> Response {
    gate.shared.calls.count(service, operation);
    match gate.shared.faults.take(service, operation, &[request]) {
        None => accept(),
        Some(Kind::Throttle) => answers::throttled(service),
        Some(Kind::Hang) => {
            aws::hang(gate).await;
            accept()
        }
        Some(Kind::AcceptThenFail) => {
            accept();
            answers::failed(service)
        }
        Some(Kind::Error | Kind::Conflict | Kind::Duplicate) => answers::failed(service),
        Some(kind @ (Kind::Blocked | Kind::Deactivated | Kind::Kicked | Kind::NotFound | Kind::Migrated)) => {
            telegram::unreachable(kind, request)
        }
    }
}
