//! Messages in Telegram, against a Bot API that takes them, refuses them, hangs and hangs up, on a port of its own (D12 of
//! SPEC §11: an older system lost its alert with the network, never noticed who blocked it, and logged its token).
#![expect(clippy::expect_used, reason = "what fails here fails the test")]

mod answers;
mod requests;
#[path = "../sms/server.rs"]
#[expect(dead_code, reason = "text messages need more of it")]
mod server;
