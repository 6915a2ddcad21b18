//! `FromRejection` for a custom return type.

use lambda_http::Request;
use require_claims::{FromRejection, Rejection, require_claims};

struct Answer(u16);

impl FromRejection for Answer {
    fn from_rejection(rejection: Rejection) -> Self {
        Self(rejection.status().as_u16())
    }
}

type Outcome<T> = Result<T, String>;

#[require_claims(authenticated)]
async fn plain(_event: Request) -> Answer {
    Answer(200)
}

#[require_claims(authenticated)]
async fn within_a_result(event: Request) -> Outcome<Answer> {
    if event.uri().path() == "/" {
        Err("no".to_owned())
    } else {
        Ok(Answer(200))
    }
}

#[test]
fn compiles() {
    let _ = (plain, within_a_result);
    let _ = Answer(1).0;
}
