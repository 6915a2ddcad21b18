//! Empty: the tests are in `tests/ui/main.rs`, and the files that they compile in `ui`.
