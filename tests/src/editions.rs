//! In each edition, a guarded handler drops what its last line borrows when the same handler without
//! the attribute does.
//!
//! The rule changed with [edition 2024], and a macro brings its own edition along where it does not see
//! to it. Below, the same program once for each.
//!
//! [edition 2024]: https://doc.rust-lang.org/edition-guide/rust-2024/temporary-tail-expr-scope.html

macro_rules! in_edition {
    ($name:ident, $edition:literal) => {
        #[doc = concat!("```", $edition)]
        #[doc = include_str!("editions/handlers.rs")]
        #[doc = "```"]
        pub mod $name {}
    };
}

in_edition!(edition_2018, "edition2018");
in_edition!(edition_2021, "edition2021");
in_edition!(edition_2024, "edition2024");
