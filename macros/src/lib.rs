//! The attribute of [`require-claims`](https://docs.rs/require-claims); use that crate.

// The way of an attribute, each step only by what the one before handed it:
//
// | step | files |
// |---|---|
// | parse: arguments → `tree.rs` | `args.rs`, of one claim `claim.rs`, of an age `age.rs` |
// | check: what the tree means | `check.rs` on its own, `conflicts.rs` together |
// | look: event and return type of the function | `handler.rs` |
// | write: tree + function → code | `expand.rs`, of the requirements `values.rs` |
// | or give up: the item + `compile_error!` | `fallback.rs` |
//
// What the steps share:
//
// | file | what it does |
// |---|---|
// | `vocabulary.rs` | one row a word; a token's claim keys are there for suggestions only |
// | `cursor.rs` | looks at tokens and walks over them |
// | `elements.rs` | elements between commas, texts |
// | `refuse.rs` | what is not in the language, and what to write instead |
// | `describe.rs` | a requirement as it is written |
// | `errors.rs` | collects all errors |
mod age;
mod args;
mod check;
mod claim;
mod conflicts;
mod cursor;
mod describe;
mod elements;
mod errors;
mod expand;
mod fallback;
mod handler;
mod refuse;
#[cfg(test)]
mod tests;
mod tree;
mod values;
mod vocabulary;

use proc_macro2::{Delimiter, Span, TokenStream, TokenTree};

use crate::args::Parsed;
use crate::handler::{Handler, Shape};
use crate::tree::Args;

/// Lets a handler run only for callers whose claims meet every requirement.
///
/// ```
/// use lambda_http::{Body, Error, Request, Response};
/// use require_claims::require_claims;
///
/// #[require_claims(email_verified, role = "admin", mfa)]
/// async fn cancel_order(event: Request) -> Result<Response<Body>, Error> {
///     Ok(Response::new(Body::Empty))
/// }
/// # let _ = cancel_order;
/// ```
///
/// Any other caller gets status 403 with the body of SuperTokens' `verifySession`, which lists what
/// was not met, and the handler's body does not run. All requirements are checked, in the order
/// written; a claim that is missing, malformed or not readable without doubt is not met.
///
/// # Requirements
///
/// | written | met where | in the SDK |
/// |---|---|---|
/// | `email_verified` | `st-ev` is true; SuperTokens counts users without an address as verified | `isVerified` |
/// | `mfa` | `st-mfa` says that all factors required of this user are done; where none is required, the first is enough | `hasCompletedMFARequirementsForAuth` |
/// | `mfa = "totp"` | the factor is completed | `hasCompletedRequirementList(["totp"])` |
/// | `mfa = any("totp", "webauthn")` | one of the factors is completed | … `[{ oneOf: […] }]` |
/// | `mfa = all("totp", "otp-email")` | each of them is completed | … `[{ allOfInAnyOrder: […] }]` |
/// | `mfa = custom("badge")` | a factor that SuperTokens does not define is completed | `hasCompletedRequirementList(["badge"])` |
/// | `authenticated` | an authorizer handed over claims of a session | |
/// | `role = "admin"` | the claim includes the name | `includes` |
/// | `role = any("admin", "owner")` | it includes one of them | `includesAny` |
/// | `role = all("admin", "owner")` | it includes each of them | `includesAll` |
/// | `role = none("banned")` | it is there, and includes none of them | `excludesAll` |
/// | `tenant = "public"` | the claim has this value | `hasValue` |
/// | `tenant = any("public", "eu")` | it has one of these values | |
/// | `tenant = none("test")` | it is there, and has none of these values | |
/// | `any(role = "admin", mfa)` | one of the requirements is met | |
/// | `all(role = "admin", mfa)` | each of them is met; of use within `any` | |
///
/// As `role` are `permission` (`st-perm`), `scope` (the token's own `scope` or `scp`) and `audience`
/// (`aud`); as `tenant` (`tId`) are `subject` (the user id, `sub`) and `issuer` (`iss`). Names are
/// string literals, compared byte for byte.
///
/// There is no `not`: a missing claim would meet it. `none(…)` keeps names out, and a missing claim
/// fails it.
///
/// # How old a claim may be
///
/// ```
/// # use lambda_http::{Body, Error, Request, Response};
/// # use require_claims::require_claims;
/// #[require_claims(
///     email_verified(max_age = "1d"),
///     role("admin", max_age = "1h"),
///     permission(any("orders:write", "orders:admin"), max_age = "1h"),
///     mfa("totp", max_age = "5m"),
/// )]
/// # async fn cancel_order(event: Request) -> Result<Response<Body>, Error> {
/// #     Ok(Response::new(Body::Empty))
/// # }
/// # let _ = cancel_order;
/// ```
///
/// The age is a whole number, at least 1, of seconds (`s`), minutes (`m`), hours (`h`) or days
/// (`d`), counted from when SuperTokens fetched the claim, or from when the factor was completed.
/// An age equal to the maximum passes. The other words' claims have no time, and neither has `mfa`
/// without a factor, so a `max_age` there does not compile.
///
/// # One of several
///
/// ```
/// # use lambda_http::{Body, Error, Request, Response};
/// # use require_claims::require_claims;
/// #[require_claims(email_verified, any(role = "admin", all(permission = "orders:write", mfa)))]
/// # async fn cancel_order(event: Request) -> Result<Response<Body>, Error> {
/// #     Ok(Response::new(Body::Empty))
/// # }
/// # let _ = cancel_order;
/// ```
///
/// # The handler
///
/// It is a function or a method, `async` or not, and keeps its signature.
///
/// - Its event is the only argument whose type is named `Request`, `LambdaEvent`,
///   `ApiGatewayV2httpRequest` or `ApiGatewayProxyRequest` (or a reference to one), or that is
///   itself named `event`, `request` or `req`; without such a one, the only argument. The type must
///   be an event that has claims, a `GatewayEvent`.
/// - It returns what can carry a rejection: `Result<_, E>` of a response, a response, `impl
///   IntoResponse`, `Result<impl IntoResponse, E>`, or a type of yours that implements
///   `FromRejection`. A rejection is never an `Err`, which Lambda would turn into a 500.
///
/// ```
/// # use lambda_http::{Error, IntoResponse, Request};
/// # use require_claims::require_claims;
/// struct Orders;
///
/// impl Orders {
///     #[require_claims(permission = "orders:read", tenant = "public")]
///     async fn list(&self, event: &Request) -> Result<impl IntoResponse, Error> {
///         let page: u32 = event.uri().query().unwrap_or("1").parse()?;
///         Ok(format!("page {page}"))
///     }
/// }
/// # let _ = Orders::list;
/// ```
///
/// Several attributes on one handler must all be met. The handler's docs get a line "Requires
/// claims: …".
///
/// # What it becomes
///
/// The first example, as the compiler sees it:
///
/// ```text
/// #[doc = ""]
/// #[doc = "Requires claims: `email_verified`, `role = \"admin\"`, `mfa`"]
/// async fn cancel_order(event: Request) -> Result<Response<Body>, Error> {
///     if let ::require_claims::__private::Result::Err(rejection) =
///         ::require_claims::__private::check(
///             &event,
///             "cancel_order",
///             &[
///                 ::require_claims::__private::EMAIL_VERIFIED.is_true(),
///                 ::require_claims::__private::ROLE.includes("admin"),
///                 ::require_claims::__private::MFA.has_completed_requirements_for_auth()
///             ]
///         )
///     {
///         return <Result<Response<Body>, Error>
///             as ::require_claims::__private::FromRejection>::from_rejection(rejection);
///     }
///     Ok(Response::new(Body::Empty))
/// }
/// ```
///
/// Names that the attribute brings, such as `rejection`, are not visible to the body.
///
/// # Options
///
/// `crate = ::path`, behind the requirements, says where `require-claims` is if it is not
/// `::require_claims`.
///
/// ```
/// mod guards {
///     pub use require_claims::*;
/// }
/// # use lambda_http::{Body, Error, Request, Response};
///
/// #[guards::require_claims(authenticated, crate = crate::guards)]
/// # async fn cancel_order(event: Request) -> Result<Response<Body>, Error> {
/// #     Ok(Response::new(Body::Empty))
/// # }
/// # fn main() { let _ = cancel_order; }
/// ```
///
/// # Errors
///
/// All of these are compile errors, at the token that is wrong: no requirement or an empty list;
/// a word, list or factor that does not exist; a claim required twice, or requirements that nobody
/// meets together; a name that is empty, has blanks around it or control characters; a value or a
/// `max_age` where the claim has none; a negation; an item that is no function with a body; no
/// event, or more than one; a return type that cannot carry a rejection.
///
/// ```compile_fail
/// # use lambda_http::{Body, Error, Request, Response};
/// # use require_claims::require_claims;
/// #[require_claims(emailVerified)] // `emailVerified` is not a requirement; did you mean `email_verified`?
/// # async fn cancel_order(event: Request) -> Result<Response<Body>, Error> {
/// #     Ok(Response::new(Body::Empty))
/// # }
/// ```
#[proc_macro_attribute]
pub fn require_claims(
    args: proc_macro::TokenStream,
    item: proc_macro::TokenStream,
) -> proc_macro::TokenStream {
    guard(args.into(), item.into()).into()
}

/// The handler with its guard, or with the errors.
fn guard(args: TokenStream, item: TokenStream) -> TokenStream {
    let item = ungrouped(item);
    match try_guard(args, item.clone()) {
        Ok(guarded) => guarded,
        Err(error) => fallback::fallback(item, &error),
    }
}

/// The steps: parse, check, look at the handler, write the guard.
fn try_guard(args: TokenStream, item: TokenStream) -> syn::Result<TokenStream> {
    let Parsed { args, mut errors } = syn::parse2(args)?;
    check::check(&args, &mut errors);
    let handler = errors.take(syn::parse2::<Handler>(item));
    let shape = handler
        .as_ref()
        .and_then(|handler| handler.shape(&mut errors));
    errors.finish()?;
    write(&args, handler.zip(shape))
}

/// The last step. What it has no code for is an error, never less of a guard.
fn write(args: &Args, handler: Option<(Handler, Shape)>) -> syn::Result<TokenStream> {
    let guarded = handler.and_then(|(handler, shape)| expand::expand(args, handler, &shape));
    guarded.ok_or_else(|| syn::Error::new(Span::call_site(), "this function could not be guarded"))
}

/// The item that a `macro_rules!` passed on as one piece.
fn ungrouped(item: TokenStream) -> TokenStream {
    let mut tokens = item.clone().into_iter();
    match (tokens.next(), tokens.next()) {
        (Some(TokenTree::Group(group)), None) if group.delimiter() == Delimiter::None => {
            group.stream()
        }
        _ => item,
    }
}
