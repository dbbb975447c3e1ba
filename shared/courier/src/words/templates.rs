//! The words, as files of this crate. A new kind of news is a new folder and its lines here.

macro_rules! words {
    ($($folder:literal),* $(,)?) => {
        /// Every template by name; names end in what decides how they are escaped.
        pub(super) const ALL: &[(&str, &str)] = &[
            ("layout.html", include_str!("../../words/layout.html")),
            $(
                (concat!($folder, "/subject.txt"), include_str!(concat!("../../words/", $folder, "/subject.txt"))),
                (concat!($folder, "/body.txt"), include_str!(concat!("../../words/", $folder, "/body.txt"))),
                (concat!($folder, "/body.html"), include_str!(concat!("../../words/", $folder, "/body.html"))),
            )*
        ];
    };
}

words![
    "outage/en",
    "outage/id",
    "password_reset/en",
    "password_reset/id",
    "registration/en",
    "registration/id",
    "restored/en",
    "restored/id",
];
