//! The signature after the expansion, as rustdoc, editors and other attributes see it.

use proc_macro2::{Delimiter, TokenStream, TokenTree};

use super::{expand, plain, tokens};
use crate::guard;

fn expanded(arguments: &str) -> String {
    let item = format!("async fn f({arguments}) -> Result<impl IntoResponse, Error> {{ g() }}");
    plain(&expand("mfa", &item))
}

/// Regression: with `#[bon::builder]` below the attribute, the `#[builder]` was no longer at its argument.
#[test]
fn moves_only_lint_levels_from_arguments() {
    let expanded = expanded(
        "event: Request, #[builder(default = 5)] #[allow(unused)] #[cfg(all())] limit: u8",
    );
    for expected in [
        "#[builder(default=5)]#[cfg(all())]limit:u8)",
        "#[cfg(all())]#[allow(unused)]letlimit=limit;",
    ] {
        assert!(expanded.contains(expected), "{expanded}");
    }
    assert_eq!(expanded.matches("#[builder").count(), 1, "{expanded}");
}

/// Rustdoc shows these names.
#[test]
fn gives_arguments_without_a_name_a_plain_one() {
    for (arguments, shown) in [
        ("_: Request", "_event:Request"),
        (
            "LambdaEvent { payload, .. }: LambdaEvent<E>",
            "_event:LambdaEvent<E>",
        ),
        (
            "mut event: Request, State(a): State<A>, mut b: B",
            "event:Request,_argument_1:State<A>,b:B",
        ),
        (
            "_event: Request, _: u8, _: u8",
            "_event:Request,_argument_1:u8,_argument_2:u8",
        ),
    ] {
        let expanded = expanded(arguments);
        assert!(
            expanded.contains(&format!("asyncfnf({shown})")),
            "{expanded}"
        );
    }
}

/// Regression: `async` reached over the whole body, so an editor explained it at every name.
#[test]
fn places_no_keyword_over_the_body() {
    let item = tokens("async fn f(event: Request) -> impl IntoResponse {\n    g(event)\n}");
    let mut keywords = Vec::new();
    collect(guard(tokens("mfa"), item), &mut keywords);
    assert_eq!(keywords, [5, 1]);
}

/// The lengths of all `async`, in characters of their first line.
fn collect(tokens: TokenStream, lengths: &mut Vec<usize>) {
    for token in tokens {
        match token {
            TokenTree::Ident(word) if word == "async" => {
                let (start, end) = (word.span().start(), word.span().end());
                assert_eq!(start.line, end.line);
                lengths.push(end.column - start.column);
            }
            TokenTree::Group(group) if group.delimiter() != Delimiter::None => {
                collect(group.stream(), lengths);
            }
            _ => {}
        }
    }
}
