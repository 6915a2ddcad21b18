//! Empty: the tests are in `tests/ui`, and the files that they compile in `ui`.
