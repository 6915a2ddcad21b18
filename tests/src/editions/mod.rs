//! In each edition, a guarded handler drops its temporaries and arguments in the same order as without the
//! attribute.
//!
//! [Edition 2024] changed the order for the last line of a body. A body keeps the edition of the user's
//! crate, not that of the macro. Documentation tests are the only tests that can choose their edition.
//!
//! [Edition 2024]: https://doc.rust-lang.org/edition-guide/rust-2024/temporary-tail-expr-scope.html

macro_rules! in_edition {
    ($name:ident, $edition:literal) => {
        #[doc = concat!("```", $edition)]
        #[doc = include_str!("handlers.rs")]
        #[doc = "```"]
        pub mod $name {}
    };
}

in_edition!(edition_2018, "edition2018");
in_edition!(edition_2021, "edition2021");
in_edition!(edition_2024, "edition2024");
