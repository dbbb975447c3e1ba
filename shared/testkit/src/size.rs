/// How large a test is: as its usual size, unless whoever runs it says otherwise in the environment.
#[must_use]
#[expect(
    clippy::disallowed_methods,
    reason = "the size of a test is no setting of Kabar"
)]
pub fn size(variable: &str, usual: u32) -> u32 {
    let told = std::env::var(variable).ok();
    told.map_or(usual, |told| told.parse().expect("a number"))
}
