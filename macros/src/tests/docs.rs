//! The attribute's page and the README show what the macro does.

use super::{ITEM, expand, plain, tokens};

/// The expansions that the attribute's page shows, without spaces and comments.
fn shown_in_the_docs() -> Vec<String> {
    let docs: Vec<&str> = include_str!("../../docs/attribute.md")
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .map(|line| line.split(" // ").next().unwrap_or(line))
        .collect();
    let blocks = docs.split(|line| line.starts_with("```"));
    let expansions = blocks.filter(|block| {
        let first = block.first();
        first.is_some_and(|line| line.starts_with("#[doc = \"\"]"))
    });
    let plain = expansions.map(|block| plain(&tokens(&block.concat()).to_string()));
    plain.collect()
}

#[test]
fn expands_the_first_handler_as_the_page_shows() {
    let bodies = [
        ("Response<Body>", "Response::new(Body::Empty)"),
        (
            "impl IntoResponse",
            "format!(\"cancelled {}\", event.uri().path())",
        ),
    ];
    let handlers = bodies.map(|(response, body)| {
        format!(
            "async fn cancel_order(event: Request) -> Result<{response}, Error> {{ Ok({body}) }}"
        )
    });
    let of_axum =
        "async fn cancel_order(Path(id): Path<u64>) -> String { format!(\"cancelled {id}\") }";
    let handlers = handlers.into_iter().chain([of_axum.to_owned()]);
    let attribute = "email_verified, role = \"admin\", mfa";
    let expanded: Vec<_> = handlers
        .map(|handler| plain(&expand(attribute, &handler)))
        .collect();
    assert_eq!(expanded, shown_in_the_docs());
}

#[test]
fn accepts_every_requirement_of_the_readmes_table() {
    let readme = include_str!("../../../README.md");
    let rows = readme
        .lines()
        .skip_while(|line| !line.starts_with("| Requirement |"));
    let cells = rows
        .skip(2)
        .map_while(|row| row.strip_prefix("| ")?.split(" | ").next());
    let mut seen = 0;
    for form in cells.flat_map(|cell| cell.split('`').skip(1).step_by(2)) {
        let expanded = expand(form, ITEM);
        assert!(!expanded.contains("compile_error"), "{form}\n{expanded}");
        seen += 1;
    }
    assert!(seen > 18, "{seen}");
}

#[test]
fn expands_a_handler_with_an_unused_event() {
    let expanded = expand(
        "mfa(\"totp\", max_age = \"5m\")",
        "async fn cancel(_event: Request) -> Result<impl IntoResponse, Error> { act() }",
    );
    let shown = tokens(
        r#"
        #[doc = ""]
        #[doc = "Requires claims: `mfa(\"totp\", max_age = \"5m\")`"]
        async fn cancel(_event: Request) -> Result<impl IntoResponse, Error> {
            let _event = {
                let _event = _event;
                if let ::require_claims::__private::Result::Err(__require_claims_rejection) =
                    ::require_claims::__private::check(
                        &_event,
                        "cancel",
                        &[::require_claims::__private::MFA
                            .has_completed(::require_claims::__private::Factors::One("totp"))
                            .max_age(::require_claims::__private::Duration::from_secs(300u64))]
                    )
                {
                    return ::require_claims::__private::Result::Ok(
                        ::require_claims::__private::Guarded::rejected(__require_claims_rejection)
                    );
                }
                _event
            };
            let __require_claims_outcome = async move {
                if let ::require_claims::__private::Result::Ok(__require_claims_outcome) =
                    ::require_claims::__private::Result::<(Result<_, Error>,), ()>::Err(())
                {
                    return __require_claims_outcome.0;
                }
                let (_event,) = (_event,);
                match () { () => { act() } }
            }
            .await;
            return ::require_claims::__private::allow(__require_claims_outcome);
        }"#,
    );
    assert_eq!(plain(&expanded), plain(&shown.to_string()));
}
