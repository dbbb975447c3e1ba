//! Prints the `OpenAPI` document: `cargo run -p kabar-api --example openapi > functions/api/openapi.json`.

fn main() {
    println!("{:#}", kabar_api::document());
}
