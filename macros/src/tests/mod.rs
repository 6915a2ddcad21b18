//! The whole macro on tokens: no input makes it panic or leaves a handler unguarded.

mod attributes;
mod docs;
mod signatures;
mod ui_inputs;
mod ui_messages;

use proc_macro2::{Group, TokenStream, TokenTree};

use crate::guard;
use crate::handler::Handler;
use crate::parse::Parsed;
use attributes::{FAILING, PASSING};

const ITEM: &str = "
    /// Cancels.
    #[inline]
    pub async fn cancel(&self, LambdaEvent { payload, .. }: LambdaEvent<E>, n: [u8; 4])
        -> Result<impl IntoResponse + Send, Error> where E: Send { #![allow(x)] f(payload)?; Ok(n) }
";

fn tokens(text: &str) -> TokenStream {
    text.parse().unwrap()
}

fn expand(attribute: &str, item: &str) -> String {
    guard(tokens(attribute), tokens(item)).to_string()
}

/// Without spaces, which depend on how tokens were made.
fn plain(text: &str) -> String {
    text.replace(' ', "")
}

/// Every prefix of the tokens, also inside parentheses, as an editor passes them during typing.
fn prefixes(whole: TokenStream) -> Vec<TokenStream> {
    let mut all = vec![TokenStream::new()];
    let mut before = TokenStream::new();
    for token in whole {
        if let TokenTree::Group(group) = &token {
            all.extend(prefixes(group.stream()).into_iter().map(|inside| {
                let mut tokens = before.clone();
                tokens.extend([TokenTree::Group(Group::new(group.delimiter(), inside))]);
                tokens
            }));
        }
        before.extend([token]);
        all.push(before.clone());
    }
    all
}

/// Asserts that the result is guarded or an error, and that it is valid Rust if the item was.
fn assert_closed(attribute: &TokenStream, item: &TokenStream) {
    let expanded = guard(attribute.clone(), item.clone());
    let text = expanded.to_string();
    let guarded = ["check (", "guard (", "axum_guard !"]
        .map(|call| text.contains(&format!(":: __private :: {call}")));
    let guarded = guarded.contains(&true);
    let refused = text.contains("compile_error !");
    assert!(guarded != refused, "{attribute}\n{text}");
    if guarded && syn::parse2::<syn::ImplItemFn>(item.clone()).is_ok() {
        // A handler of axum is followed by its guard.
        let guarded = syn::parse2::<syn::ImplItemFn>(expanded.clone()).map(drop);
        let guarded = guarded.or_else(|_| syn::parse2::<syn::File>(expanded).map(drop));
        guarded.unwrap_or_else(|error| panic!("{attribute}\n{error}: {text}"));
    }
}

#[test]
fn guards_handlers_with_valid_attributes() {
    for attribute in PASSING {
        let expanded = expand(attribute, ITEM);
        assert!(
            !expanded.contains("compile_error"),
            "{attribute}\n{expanded}"
        );
    }
}

#[test]
fn rejects_invalid_attributes_with_one_error() {
    for (attribute, message) in FAILING {
        let expanded = expand(attribute, ITEM);
        assert!(
            expanded.contains("compile_error"),
            "{attribute}\n{expanded}"
        );
        let quoted = format!("{message:?}");
        assert!(
            expanded.contains(quoted.trim_matches('"')),
            "{attribute}\n{message}\n{expanded}"
        );
        let errors = expanded.matches("compile_error").count();
        assert_eq!(errors, 1, "{attribute}\n{expanded}");
    }
}

#[test]
fn rejects_paths_to_generics_and_arguments_of_the_handler() {
    let item = "async fn f<names: Named, const MAX: i64>(event: Request, (ROLE, x): (String, u8),
        #[claims] User { OTHER, .. }: User) -> Response<Body> { g() }";
    for (attribute, what) in [
        ("role = names::ADMIN", "a generic"),
        ("names::PLAN", "a generic"),
        ("any(mfa, all(claims::SEATS = MAX))", "a generic"),
        ("role = any(\"a\", ROLE)", "an argument"),
        ("role = OTHER", "an argument"),
        ("ROLE = \"a\"", "an argument"),
        ("mfa, on_reject = names::reject", "a generic"),
    ] {
        let expanded = expand(attribute, item);
        let errors = expanded.matches("compile_error").count();
        assert!(
            expanded.contains(what) && errors == 1,
            "{attribute}\n{expanded}"
        );
    }
    for attribute in ["role = ::names::ADMIN", "role = x::ROLE", "role = ADMIN"] {
        let expanded = expand(attribute, item);
        assert!(
            !expanded.contains("compile_error"),
            "{attribute}\n{expanded}"
        );
    }
}

#[test]
fn rejects_a_claims_argument_with_the_name_of_another() {
    for arguments in [
        "event: Request, #[claims] event: User",
        "Wrapped(event, [claims, ..]): Request, #[claims] claims: User",
        "event: Request, (a, &b): T, #[claims] User { c: (b @ 1) }: User",
        "event: Request, #[claims] a: User, #[claims] a: Session",
    ] {
        let item = format!("fn f({arguments}) -> Response<Body> {{ g() }}");
        let expanded = expand("mfa", &item);
        let errors = expanded.matches("compile_error").count();
        assert!(expanded.contains("rename one") && errors == 1, "{expanded}");
    }
}

#[test]
fn reports_several_errors_at_once() {
    let expanded = expand(
        "emailVerified, role = \"\", mfa = \"ttop\", tenant = all(\"a\")",
        "const fn f(event: Request) {}",
    );
    assert_eq!(expanded.matches("compile_error").count(), 6, "{expanded}");
}

/// Regression: without an arm of the check, the first two were guarded by a weaker requirement.
#[test]
fn generates_no_code_for_what_the_check_should_reject() {
    for attribute in [
        "tenant = all(\"a\", \"b\")",
        "mfa = none(\"totp\")",
        "mfa(none(\"totp\"), max_age = \"1h\")",
        "",
        "any()",
        "mfa, any(mfa, all())",
        "role",
        "role = all()",
        "role = none()",
        "tenant(\"a\", max_age = \"1h\")",
        "mfa(max_age = \"1h\")",
    ] {
        let Parsed { args, mut errors } = syn::parse_str(attribute).unwrap();
        let handler: Handler = syn::parse_str(ITEM).unwrap();
        let shape = handler.shape(false, &mut errors);
        errors.finish().unwrap();
        let error = crate::write(&args, Some(handler).zip(shape)).unwrap_err();
        assert!(
            error.to_string().contains("could not be guarded"),
            "{attribute}"
        );
    }
}

#[test]
fn never_panics_or_leaves_a_handler_open_for_a_half_typed_attribute() {
    let failing = FAILING.iter().map(|(attribute, _)| attribute);
    for attribute in PASSING.iter().chain(failing) {
        for prefix in prefixes(tokens(attribute)) {
            assert_closed(&prefix, &tokens(ITEM));
        }
    }
}

#[test]
fn never_panics_or_leaves_a_half_typed_handler_open() {
    for item in [
        ITEM,
        "async fn f(_: Request) -> impl IntoResponse {}",
        "fn f(mut event: &Request) -> Response<Body> { g(); }",
        "pub(crate) unsafe extern \"C\" fn f(a: A, _req: B) -> R<impl T> { loop {} }",
        "struct S { a: u8 }",
        "impl S { fn f() {} }",
        "const C: u8 = 1;",
        "const fn f(event: Request) -> R { }",
    ] {
        for prefix in prefixes(tokens(item)) {
            assert_closed(&tokens("mfa"), &prefix);
        }
    }
}
