//! The whole macro on tokens: no input makes it panic, and nothing leaves it unguarded.

use proc_macro2::{Group, TokenStream, TokenTree};

use crate::args::Parsed;
use crate::guard;
use crate::handler::Handler;

const ITEM: &str = "
    /// Cancels.
    #[inline]
    pub async fn cancel(&self, LambdaEvent { payload, .. }: LambdaEvent<E>, n: [u8; 4])
        -> Result<impl IntoResponse + Send, Error> where E: Send { #![allow(x)] f(payload)?; Ok(n) }
";

/// Attributes that are right.
const PASSING: &[&str] = &[
    "email_verified",
    "email_verified, mfa, authenticated,",
    "role = \"admin\", permission = any(\"a\", \"b\"), scope = all(\"a\", \"b\",), audience = none(\"a\")",
    "tenant = \"t\", subject = any(\"a\", r\"b\"), issuer = none(r#\"a\"#)",
    "email_verified(max_age = \"5m\"), role(\"admin\", max_age = \"1h\",)",
    "role(any(\"a\", \"b\"), max_age = \"2d\"), mfa(\"totp\", max_age = \"90s\")",
    "mfa, mfa = all(\"totp\", custom(\"badge\"))",
    "any(role = \"admin\", all(permission = \"orders:read\", mfa), role = none(\"banned\"))",
    "role = \"admin\", role = none(\"banned\"), crate = ::renamed::deeper",
    "role = Role::Admin, permission = any(ADMIN, ::a::b::READ, \"write\"), mfa = Factor::Totp",
    "claims::TWO_FACTOR, PLAN = \"pro\", crate::SEATS = 5, self::LEFT = -5, ::a::BETA = false",
    "claims::PLAN = any(\"pro\", Plan::Team), claims::TEAMS = none(\"a\"), Self::C = all(\"a\")",
    "claims::PLAN(\"pro\", max_age = \"1h\"), claims::TWO_FACTOR(max_age = \"1h\")",
    "role::ADMIN, any(claims::A = 1, claims::A = 2), all(B)",
    "subject = path(\"user_id\"), tenant = path(\"tenant\"), claims::ORG = path(\"org\")",
    "mfa, on_reject = self::reject",
    "mfa, crate = ::renamed, on_reject = Self::reject",
    "mfa, on_reject = reject, crate = ::renamed",
];

/// Attributes that are wrong, each with a part of what is said about it.
const FAILING: &[(&str, &str)] = &[
    ("", "nothing is required"),
    (",", "nothing stands before this"),
    ("mfa,, email_verified", "nothing stands before this"),
    ("mfa email_verified", "`,` is missing"),
    ("role \"admin\"", "`=` is missing"),
    ("role == \"admin\"", "write one `=`"),
    ("role != \"admin\"", "none(…)"),
    ("role: \"admin\"", "write `=`"),
    ("role => \"admin\"", "write `=`"),
    ("mfa && email_verified", "all of them must hold"),
    ("mfa || email_verified", "any(…, …)"),
    ("role = \"a\" | \"b\"", "any(…, …)"),
    ("mfa; email_verified", "`;` is not expected"),
    (
        "role[\"admin\"]",
        "`[…]` is not expected here; write `role = \"admin\"` or `role = any(\"admin\", …)`",
    ),
    (
        "tenant{\"public\"}",
        "`{…}` is not expected here; write `tenant = \"public\"`",
    ),
    (
        "email_verified[true]",
        "`[…]` is not expected here; write `email_verified`",
    ),
    ("role = \"a\"[0]", "separate requirements with `,`"),
    ("role", "needs a value"),
    ("role =", "needs a value"),
    ("role = , mfa", "needs a value"),
    ("role()", "nothing stands in the parentheses"),
    ("email_verified()", "nothing stands in the parentheses"),
    (
        "role(\"admin\")",
        "parentheses are for a value with a `max_age`",
    ),
    ("role(\"a\", \"b\")", "several names need a word"),
    ("role(max_age = \"1h\", \"admin\")", "the value comes first"),
    ("role(max_age = \"1h\")", "needs a value"),
    (
        "role(\"a\", max_age = \"1h\", max_age = \"2h\")",
        "given twice",
    ),
    ("role(\"a\", max_age)", "needs an age"),
    ("role(\"a\", max_age =)", "needs an age"),
    ("role(\"a\", max_age = 5)", "text with a unit"),
    ("role(\"a\", max_age = 5m)", "text with a unit"),
    ("role(\"a\", max_age = \"5\")", "needs a unit"),
    (
        "role(any(\"a\", max_age = \"1h\"))",
        "stands behind the list",
    ),
    (
        "role = \"a\", max_age = \"1h\"",
        "belongs to one requirement",
    ),
    ("tenant(\"a\", max_age = \"1h\")", "has no time"),
    ("mfa(max_age = \"1h\")", "`mfa` has no time of its own"),
    ("emailVerified", "did you mean `email_verified`?"),
    ("email-verified", "did you mean `email_verified`?"),
    ("st-ev", "did you mean `email_verified`?"),
    (
        "\"email_verified\"",
        "a word without quotes; write `email_verified`",
    ),
    ("department = \"x\"", "the words are `email_verified`"),
    ("email_verified = true", "takes no value"),
    ("email_verified = false", "only be required"),
    ("email_verified(\"x\")", "takes no value"),
    ("authenticated = \"x\"", "takes no value"),
    ("authenticated(max_age = \"1h\")", "has no time"),
    ("role = admin", "did you mean `\"admin\"`?"),
    ("role = Role::", "expected path segment"),
    ("role = Self", "text in quotes"),
    ("role = 5", "text in quotes"),
    ("role = true", "text in quotes"),
    ("role = function()", "is no value"),
    ("role = b\"admin\"", "text in quotes"),
    ("role = \"admin\"u8", "remove `u8`"),
    ("role = [\"a\", \"b\"]", "write several names as"),
    ("role = &\"a\"", "remove `&`"),
    ("role = &Role::Admin", "remove `&`"),
    (
        "role(\"admin\", maxage = \"1h\")",
        "did you mean `max_age`?",
    ),
    ("any(\"admin\")", "`role = any(\"admin\", …)`"),
    ("plan = \"pro\"", "such as `claims::PLAN`"),
    ("mfa, on_reject = |r| r", "needs a path"),
    ("role = oneOf(\"a\", \"b\")", "did you mean `any(…)`?"),
    ("role = any()", "is empty"),
    ("role = any(any(\"a\"), \"b\")", "do not nest"),
    ("role = any(\"a\" \"b\")", "`,` is missing"),
    ("role = any(\"a\", \"a\")", "in this list twice"),
    ("role = \"\"", "is empty"),
    ("role = \" admin\"", "write `\"admin\"`"),
    ("role = \"ad\\u{0}min\"", "control characters"),
    (
        "scope = \"orders:read orders:write\"",
        "all(\"orders:read\", \"orders:write\")",
    ),
    ("role = custom(\"a\")", "only factors"),
    ("role = path(\"role\")", "goes with `subject`"),
    ("mfa = path(\"factor\")", "goes with `subject`"),
    ("subject = path(\"{user_id}\")", "write `path(\"user_id\")`"),
    (
        "subject = path(\"/users/{user_id+}/x\")",
        "write `path(\"user_id\")`",
    ),
    ("subject = path(\"\")", "this name is empty"),
    ("subject = path()", "takes the name of one parameter"),
    (
        "subject = path(\"a\", \"b\")",
        "takes the name of one parameter",
    ),
    ("subject = path(user_id)", "takes the name of one parameter"),
    (
        "subject = any(path(\"a\"), \"b\")",
        "`path(…)` is one value",
    ),
    ("subject = path", "did you mean `\"path\"`?"),
    ("path(\"user_id\")", "`path` belongs to a value"),
    ("subject = path(\"a\"), subject = \"b\"", "required twice"),
    ("tenant = all(\"a\", \"b\")", "use `any(…)`"),
    ("mfa = none(\"totp\")", "no reason to refuse"),
    ("mfa = \"topt\"", "did you mean `\"totp\"`?"),
    ("mfa = \"badge\"", "custom(\"badge\")"),
    ("mfa = custom(\"a b\")", "no blank, colon or bracket"),
    ("mfa = custom(\"totp\")", "own factors"),
    ("mfa = custom()", "takes one factor id"),
    ("mfa = custom(\"a\", \"b\")", "takes one factor id"),
    ("mfa = custom(1 2, 3)", "takes one factor id"),
    ("role = \"a\", role = \"b\"", "all(\"a\", \"b\")"),
    ("role = \"a\", role = \"a\"", "required twice; remove"),
    ("tenant = \"a\", tenant = \"b\"", "any(\"a\", \"b\")"),
    (
        "role = none(\"a\"), role = none(\"b\")",
        "none(\"a\", \"b\")",
    ),
    (
        "role = \"a\", role = any(\"b\", \"c\")",
        "an attribute of its own",
    ),
    (
        "email_verified, email_verified(max_age = \"1h\")",
        "required twice",
    ),
    (
        "role = \"admin\", role = none(\"admin\")",
        "nobody meets both",
    ),
    (
        "role = none(\"a\", \"b\"), all(role = any(\"b\", \"a\"))",
        "nobody meets both",
    ),
    ("any()", "is empty"),
    ("any(mfa, mfa)", "twice"),
    (
        "any(all(role = \"a\", role = \"b\"), mfa)",
        "all(\"a\", \"b\")",
    ),
    ("any", "in parentheses"),
    ("not(mfa)", "there is no negation"),
    ("!mfa", "there is no negation"),
    ("none(role = \"a\")", "belongs to a value"),
    ("claims::", "expected path segment"),
    ("claims::PLAN =", "`claims::PLAN` needs a value"),
    (
        "claims::PLAN()",
        "write `claims::PLAN`, or `claims::PLAN = \"pro\"`",
    ),
    (
        "claims::PLAN(\"pro\")",
        "without one, write `claims::PLAN = …`",
    ),
    ("claims::PLAN = \"\"", "this name is empty"),
    ("claims::PLAN = pro", "did you mean `\"pro\"`?"),
    ("claims::PLAN = any()", "is empty"),
    ("claims::SEATS = 5i64", "remove `i64`"),
    ("claims::SEATS = 5.5", "text in quotes"),
    ("claims::SEATS = 9007199254740992", "not exact in JSON"),
    (
        "claims::SEATS = any(5)",
        "any(claims::SEATS = …, claims::SEATS = …)",
    ),
    (
        "claims::PLAN = \"a\", claims::PLAN = \"a\"",
        "required twice; remove",
    ),
    (
        "claims::PLAN = \"a\", claims::PLAN = none(\"a\")",
        "nobody meets both",
    ),
    (
        "claims::SEATS = 5, claims::SEATS = 6",
        "an attribute of its own",
    ),
    ("claims::A, claims::A", "required twice"),
    ("role = any(Role::Admin, Role::Admin)", "in this list twice"),
    (
        "role = Role::Admin, role = none(Role::Admin)",
        "nobody meets both",
    ),
    ("claims::plan::<u8>::PLAN = \"a\"", "expected path segment"),
    ("on_reject = f, mfa", "move this before `on_reject = …`"),
    ("mfa, on_reject", "write the option as `on_reject"),
    ("mfa, on_reject =", "needs a path"),
    ("mfa, on_reject = \"f\"", "needs a path"),
    ("mfa, on_reject = f, on_reject = g", "given twice"),
    ("mfa, on_reject = f()", "is not expected here"),
    ("on_reject = f", "nothing is required"),
    ("any(on_reject = f)", "option of the whole attribute"),
    ("crate = ::a, mfa", "options come last"),
    ("mfa, crate = ::a, crate = ::b", "given twice"),
    ("mfa, crate = \"a\"", "needs a path"),
    ("mfa, crate =", "needs a path"),
    ("mfa, crate", "write the option as"),
    ("mfa, crate = ::", "expected identifier"),
    ("any(crate = ::a)", "option of the whole attribute"),
];

fn tokens(text: &str) -> TokenStream {
    text.parse().unwrap()
}

fn expand(attribute: &str, item: &str) -> String {
    guard(tokens(attribute), tokens(item)).to_string()
}

/// Without blanks, since those are printed by how tokens were made.
fn plain(text: &str) -> String {
    text.replace(' ', "")
}

/// Every beginning of `whole`, also within its parentheses, as an editor sees them.
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

/// Guarded or an error, never neither; and Rust, if the item was.
fn assert_closed(attribute: &TokenStream, item: &TokenStream) {
    let expanded = guard(attribute.clone(), item.clone());
    let text = expanded.to_string();
    let guarded = text.contains(":: __private :: check (");
    let refused = text.contains("compile_error !");
    assert!(guarded != refused, "{attribute}\n{text}");
    if guarded && syn::parse2::<syn::ImplItemFn>(item.clone()).is_ok() {
        let function = syn::parse2::<syn::ImplItemFn>(expanded);
        function.unwrap_or_else(|error| panic!("{attribute}\n{error}: {text}"));
    }
}

#[test]
fn what_is_right_is_guarded() {
    for attribute in PASSING {
        let expanded = expand(attribute, ITEM);
        assert!(
            !expanded.contains("compile_error"),
            "{attribute}\n{expanded}"
        );
    }
}

#[test]
fn what_is_wrong_is_refused_and_says_so() {
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
fn a_path_that_means_something_of_the_handler_is_refused() {
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
fn an_argument_of_claims_has_a_name_of_its_own() {
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
fn several_mistakes_are_told_at_once() {
    let expanded = expand(
        "emailVerified, role = \"\", mfa = \"ttop\", tenant = all(\"a\")",
        "const fn f() {}",
    );
    assert_eq!(expanded.matches("compile_error").count(), 7, "{expanded}");
}

/// Regression: had the check lost one of its arms, the first two would have been guarded by less.
#[test]
fn what_the_check_lets_through_by_mistake_is_refused_all_the_same() {
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
        let shape = handler.shape(&mut errors);
        errors.finish().unwrap();
        let error = crate::write(&args, Some(handler).zip(shape)).unwrap_err();
        assert!(
            error.to_string().contains("could not be guarded"),
            "{attribute}"
        );
    }
}

#[test]
fn no_beginning_of_an_attribute_panics_or_leaves_the_handler_open() {
    let failing = FAILING.iter().map(|(attribute, _)| attribute);
    for attribute in PASSING.iter().chain(failing) {
        for prefix in prefixes(tokens(attribute)) {
            assert_closed(&prefix, &tokens(ITEM));
        }
    }
}

/// The arguments of every attribute in a file.
fn attributes(tokens: TokenStream, all: &mut Vec<TokenStream>) {
    let mut name = String::new();
    for token in tokens {
        match token {
            TokenTree::Group(group) if name == "require_claims" => all.push(group.stream()),
            TokenTree::Group(group) => attributes(group.stream(), all),
            TokenTree::Ident(word) => {
                name = word.to_string();
                continue;
            }
            _ => {}
        }
        name.clear();
    }
}

#[test]
fn no_beginning_of_an_attribute_in_a_ui_test_panics_or_leaves_the_handler_open() {
    let mut folders = vec![concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/ui").into()];
    let mut all = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir::<std::path::PathBuf>(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                attributes(tokens(&std::fs::read_to_string(path).unwrap()), &mut all);
            }
        }
    }
    assert!(all.len() > 200, "{}", all.len());
    for attribute in all {
        for prefix in prefixes(attribute) {
            assert_closed(&prefix, &tokens(ITEM));
        }
    }
}

#[test]
fn no_beginning_of_a_handler_panics_or_leaves_it_open() {
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

/// The expansions that the docs show, without blanks and comments.
fn shown_in_the_docs() -> Vec<String> {
    let docs: Vec<&str> = include_str!("lib.rs")
        .lines()
        .filter_map(|line| line.strip_prefix("///"))
        .filter(|line| !line.trim_start().starts_with("//"))
        .collect();
    let blocks = docs.split(|line| line.starts_with(" ```"));
    let expansions = blocks.filter(|block| {
        let first = block.first();
        first.is_some_and(|line| line.starts_with(" #[doc = \"\"]"))
    });
    let plain = expansions.map(|block| plain(&tokens(&block.concat()).to_string()));
    plain.collect()
}

#[test]
fn the_first_handlers_of_the_docs_and_of_the_readme_expand_as_the_docs_show() {
    let readme = include_str!("../../README.md");
    let (_, example) = readme.split_once("#[require_claims(").unwrap();
    let (attribute, handler) = example.split_once(")]").unwrap();
    let (handler, _) = handler.split_once("```").unwrap();
    let of_readme = expand(attribute, handler);
    let of_docs = expand(
        "email_verified, role = \"admin\", mfa",
        "async fn cancel_order(event: Request) -> Result<Response<Body>, Error> {
            Ok(Response::new(Body::Empty))
        }",
    );
    let expanded = [of_docs, of_readme].map(|expanded| plain(&expanded));
    assert_eq!(expanded.as_slice(), shown_in_the_docs());
}

#[test]
fn every_form_in_the_readmes_table_is_one() {
    let readme = include_str!("../../README.md");
    let rows = readme
        .lines()
        .skip_while(|line| !line.starts_with("| write |"));
    let cells = rows
        .skip(2)
        .map_while(|row| row.strip_prefix("| ")?.split(" | ").next());
    let mut seen = 0;
    for form in cells.flat_map(|cell| cell.split('`').skip(1).step_by(2)) {
        // An option needs a requirement before it.
        let is_option = form.starts_with("crate") || form.starts_with("on_reject");
        let attribute = if is_option {
            format!("mfa, {form}")
        } else {
            form.to_owned()
        };
        let expanded = expand(&attribute, ITEM);
        assert!(!expanded.contains("compile_error"), "{form}\n{expanded}");
        seen += 1;
    }
    assert!(seen > 18, "{seen}");
}

#[test]
fn a_handler_with_impl_trait_expands_as_shown() {
    let expanded = expand(
        "mfa(\"totp\", max_age = \"5m\")",
        "async fn cancel(_event: Request) -> Result<impl IntoResponse, Error> { act() }",
    );
    let shown = tokens(
        r#"
        #[doc = ""]
        #[doc = "Requires claims: `mfa(\"totp\", max_age = \"5m\")`"]
        async fn cancel(event: Request) -> Result<impl IntoResponse, Error> {
            if let ::require_claims::__private::Result::Err(rejection) =
                ::require_claims::__private::check(
                    &event,
                    "cancel",
                    &[::require_claims::__private::MFA
                        .has_completed(::require_claims::__private::Factors::One("totp"))
                        .max_age(::require_claims::__private::Duration::from_secs(300u64))]
                )
            {
                return ::require_claims::__private::Result::Ok(
                    ::require_claims::__private::Guarded::rejected(rejection)
                );
            }
            let outcome = async move {
                if let ::require_claims::__private::Result::Ok(outcome) =
                    ::require_claims::__private::Result::<Result<_, Error>, ()>::Err(())
                {
                    return outcome;
                }
                let (_event,) = (event,);
                { act() }
            }
            .await;
            ::require_claims::__private::allow(outcome)
        }"#,
    );
    assert_eq!(plain(&expanded), plain(&shown.to_string()));
}
