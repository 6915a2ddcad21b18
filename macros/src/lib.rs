//! The attribute of [`require-claims`](https://docs.rs/require-claims); use that crate.

// The way of an attribute, each step only by what the one before handed it:
//
// | step | files |
// |---|---|
// | parse: arguments → `tree.rs` | `args.rs`, of one claim `claim.rs`, of an age `age.rs` |
// | check: what the tree means | `check.rs` on its own, `conflicts.rs` together, `capture.rs` beside the function |
// | look: event and return type of the function | `handler.rs`, `outcome.rs`, its `#[claims]` arguments `claims_argument.rs` |
// | write: tree + function → code | `expand.rs`, of arguments and body `arguments.rs`, `body.rs`, of the requirements `values.rs`, on claims of the user's own `own.rs` |
// | or give up: the item + `compile_error!` | `fallback.rs` |
//
// What the steps share:
//
// | file | what it does |
// |---|---|
// | `vocabulary.rs` | one row a word; a token's claim keys are there for suggestions only |
// | `cursor.rs` | looks at tokens and walks over them |
// | `elements.rs` | elements between commas, texts |
// | `refuse/` | what is not in the language, and what to write instead |
// | `written.rs` | a requirement as it is written |
// | `errors.rs` | collects all errors |
//
// The derive of `ClaimValue` is `derive/`.
mod check;
mod derive;
mod errors;
mod expand;
mod handler;
mod parse;
#[cfg(test)]
mod tests;
mod vocabulary;

use proc_macro2::{Delimiter, Span, TokenStream, TokenTree};

use crate::handler::{Handler, Shape};
use crate::parse::Parsed;
use crate::parse::ast::Args;

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
/// | written | met where | in the SDK | a denial says |
/// |---|---|---|---|
/// | `email_verified` | `st-ev` is true; SuperTokens counts users without an address as verified | `isVerified` | `wrong value` |
/// | `mfa` | `st-mfa` says that all factors required of this user are done; where none is required, the first is enough | `hasCompletedMFARequirementsForAuth` | `MFA requirement for auth is not satisfied` |
/// | `mfa = "totp"` | the factor is completed | `hasCompletedRequirementList(["totp"])` | `Factor validation failed: totp not completed` |
/// | `mfa = any("totp", "webauthn")` | one of the factors is completed | … `[{ oneOf: […] }]` | `None of these factors are complete in the session: totp, webauthn` |
/// | `mfa = all("totp", "otp-email")` | each of them is completed | … `[{ allOfInAnyOrder: […] }]` | `Some of the factors are not complete in the session: totp, otp-email` |
/// | `mfa = custom("badge")` | a factor that SuperTokens does not define is completed | `hasCompletedRequirementList(["badge"])` | `Factor validation failed: badge not completed` |
/// | `email_verified(max_age = "1d")` | as without it, and fetched no longer ago than that | `isVerified(…, 86400)` | `expired` |
/// | `mfa("totp", max_age = "5m")` | the factor was completed no longer ago than that | | `expired` |
/// | `mfa(any("totp", "webauthn"), max_age = "5m")` | one of the factors was; `all(…)`: each of them | | `expired` |
/// | `authenticated` | an authorizer handed over claims of a session | | `value does not exist` |
/// | `role = "admin"` | the claim includes the name | `includes` | `wrong value` |
/// | `role = any("admin", "owner")` | it includes one of them | `includesAny` | `wrong value` |
/// | `role = all("admin", "owner")` | it includes each of them | `includesAll` | `wrong value` |
/// | `role = none("banned")` | it is there, and includes none of them | `excludesAll` | `wrong value` |
/// | `role = Role::Admin` | it includes the name that the variant or constant stands for | `includes` | `wrong value` |
/// | `role("admin", max_age = "1h")` | it includes the name, and was fetched no longer ago than that | `includes("admin", 3600)` | `expired` |
/// | `permission(any("read", "write"), max_age = "1h")` | it includes one of them, and is no older; also `all(…)`, `none(…)` | `includesAny([…], 3600)` | `expired` |
/// | `scope = "orders:read"` | the token's own `scope` or `scp` includes the name; what the gateway lists as `scopes` is not read | | `wrong value` |
/// | `tenant = "public"` | the claim has this value | `hasValue` | `wrong value` |
/// | `tenant = any("public", "eu")` | it has one of these values | | `wrong value` |
/// | `tenant = none("test")` | it is there, and has none of these values | | `wrong value` |
/// | `subject = path("user_id")` | it is the request's path parameter | | `wrong value` |
/// | `claims::TWO_FACTOR` | your own [boolean] claim is true | `isTrue` | `wrong value` |
/// | `claims::TWO_FACTOR = false` | it is there, and false | `isFalse` | `wrong value` |
/// | `claims::PLAN = "pro"` | your own [claim of one value][primitive] has this value | `hasValue` | `wrong value` |
/// | `claims::SEATS = 5` | it is this whole number | `hasValue` | `wrong value` |
/// | `claims::TEAMS = any("billing", "sales")` | your own [list][array] includes one of them; also `all(…)`, `none(…)` | `includesAny` | `wrong value` |
/// | `claims::TEAMS = path("team_id")` | it includes the request's path parameter | | `wrong value` |
/// | `claims::STAFF` | your own [requirement][requirement] is met | | what it says |
/// | `claims::FACTORS = "totp"` | in your own [claim of factors][mfa] the factor is completed; also alone, `any(…)`, `all(…)` | `hasCompletedRequirementList(["totp"])` | `Factor validation failed: totp not completed` |
/// | `claims::PLAN("pro", max_age = "1d")` | it has this value, and is no older; so with each of your own | `hasValue("pro", 86400)` | `expired` |
/// | `any(role = "admin", mfa)` | one of the requirements is met | | what each of them says |
/// | `all(role = "admin", mfa)` | each of them is met; of use within `any` | | what they say |
///
/// A claim that is missing is told as `value does not exist` by every form. Where an HTTP API handed
/// over text that has several readings, and the token that tells is not in `Authorization`, the
/// denial is `ambiguous value`; where the token there says something else, `unknown rendering`. As
/// `role` are `permission` (`st-perm`), `scope` (the token's own `scope` or `scp`) and `audience`
/// (`aud`); as `tenant` (`tId`) are `subject` (the user id, `sub`) and `issuer` (`iss`). Names are
/// compared byte for byte.
///
/// There is no `not`: a missing claim would meet it. `none(…)` keeps names out, and a missing claim
/// fails it.
///
/// [boolean]: https://docs.rs/require-claims/latest/require_claims/struct.BooleanClaim.html
/// [primitive]: https://docs.rs/require-claims/latest/require_claims/struct.PrimitiveClaim.html
/// [array]: https://docs.rs/require-claims/latest/require_claims/struct.PrimitiveArrayClaim.html
/// [mfa]: https://docs.rs/require-claims/latest/require_claims/struct.MultiFactorAuthClaim.html
/// [requirement]: https://docs.rs/require-claims/latest/require_claims/struct.Requirement.html
///
/// # Names that cannot be misspelt
///
/// A name in quotes can be misspelt, and then nobody has the role. Teams do better with a type:
///
/// ```
/// # use lambda_http::{Body, Error, Request, Response};
/// # use require_claims::require_claims;
/// use require_claims::ClaimValue;
///
/// #[derive(ClaimValue)]
/// #[claim(rename_all = "kebab-case")]
/// enum Role {
///     Admin,
///     OrderDesk,
/// }
///
/// #[require_claims(role = any(Role::Admin, Role::OrderDesk))]
/// # async fn cancel_order(event: Request) -> Result<Response<Body>, Error> {
/// #     Ok(Response::new(Body::Empty))
/// # }
/// # let _ = cancel_order;
/// ```
///
/// A path can stand wherever a name can: a variant, an associated constant, a constant that is a
/// `&str`. A variant that does not exist is rustc's own error, at that name. A single lower-case
/// name is no path: it would be a variable.
///
/// # Claims of your own
///
/// ```
/// # use lambda_http::{Body, Error, Request, Response};
/// # use require_claims::require_claims;
/// mod claims {
///     use require_claims::{BooleanClaim, PrimitiveClaim, Requirement, supertokens::ROLE};
///
///     pub const TWO_FACTOR: BooleanClaim = BooleanClaim::new("2fa-completed");
///     pub const PLAN: PrimitiveClaim = PrimitiveClaim::new("plan");
///     pub const SEATS: PrimitiveClaim<i64> = PrimitiveClaim::new("seats");
///     pub const STAFF: Requirement = ROLE.includes_any(&["admin", "support"]);
/// }
///
/// #[require_claims(claims::STAFF, claims::TWO_FACTOR, any(claims::PLAN = "pro", claims::SEATS = 5))]
/// # async fn cancel_order(event: Request) -> Result<Response<Body>, Error> {
/// #     Ok(Response::new(Body::Empty))
/// # }
/// # fn main() { let _ = cancel_order; }
/// ```
///
/// The constant's type says what it can be compared with: text for a number does not compile.
///
/// Use `bare` instead of `new` for a claim whose value is not wrapped in an object: `"plan": "pro"`
/// instead of `"plan": {"v": "pro", "t": …}`. Other issuers write claims like this, and so does a backend
/// that adds a claim to the payload itself.
///
/// If your roles never contain a space, declare
/// `const ROLE: PrimitiveArrayClaim = supertokens::ROLE.without_spaces();`. `ROLE = "admin"` is then
/// decided on text alone.
///
/// # Whose it is
///
/// ```
/// # use lambda_http::{Body, Error, Request, Response};
/// # use require_claims::require_claims;
/// // On the route `GET /tenants/{tenant_id}/users/{user_id}/orders`.
/// #[require_claims(subject = path("user_id"), tenant = path("tenant_id"))]
/// # async fn cancel_order(event: Request) -> Result<Response<Body>, Error> {
/// #     Ok(Response::new(Body::Empty))
/// # }
/// # let _ = cancel_order;
/// ```
///
/// The parameter is that of `lambda_http`'s `path_parameters()`, compared byte for byte. A route
/// without it denies, as `no path parameter`; so does an empty one and one of more than 1,024 bytes.
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
/// without a factor, so a `max_age` there does not compile. Claims of your own may have one.
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
/// It is a function or a method, `async` or not, and keeps its signature, but for `#[claims]`
/// arguments.
///
/// - Its event is the only argument whose type is named `Request`, `LambdaEvent`,
///   `ApiGatewayV2httpRequest` or `ApiGatewayProxyRequest` (or a reference to one), or that is
///   itself named `event`, `request` or `req`; without such a one, the only argument. The type must
///   be an event that has claims, a `GatewayEvent`.
/// - It returns what can carry a rejection: `Result<_, E>` of a response, a response, `impl
///   IntoResponse`, `Result<impl IntoResponse, E>`, or a type of yours that implements
///   `FromRejection`. A rejection is never an `Err`, which the gateway would answer with 500 or 502.
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
/// Several attributes on one handler must all be met: each answers for itself, the lowest first.
/// `#[cfg]` can stand on the function, and not on an event argument. The handler's docs get a line
/// "Requires claims: …", with which rustc's `missing_docs` is content, too.
///
/// # The claims as an argument
///
/// ```
/// # use lambda_http::{Error, IntoResponse, Request};
/// # use require_claims::require_claims;
/// use require_claims::Session;
///
/// #[derive(serde::Deserialize)]
/// struct User {
///     #[serde(rename = "sub")]
///     id: String,
///     email: Option<String>,
/// }
///
/// #[require_claims(email_verified)]
/// async fn my_orders(event: Request, #[claims] user: User) -> Result<impl IntoResponse, Error> {
///     Ok(format!("the orders of {}", user.id))
/// }
///
/// #[require_claims(mfa)]
/// async fn my_roles(event: Request, #[claims] session: Session) -> Result<impl IntoResponse, Error> {
///     Ok(format!("{:?}", session.roles()))
/// }
///
/// // Callers do not see the argument.
/// let answers = (my_orders(Request::default()), my_roles(Request::default()));
/// # let _ = answers;
/// ```
///
/// It is filled once all requirements are met, with a type that is `Deserialize`, or with the crate's
/// own `Session`. A claim that cannot be read exactly is a denial, and never a default.
///
/// # What it becomes
///
/// The first example, as the compiler sees it:
///
/// ```text
/// #[doc = ""]
/// #[doc = "Requires claims: `email_verified`, `role = \"admin\"`, `mfa`"]
/// async fn cancel_order(event: Request) -> Result<Response<Body>, Error> {
///     if let ::require_claims::__private::Result::Err(__require_claims_rejection) =
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
///             as ::require_claims::__private::FromRejection>::from_rejection(__require_claims_rejection);
///     }
///     // In an arm: what the last line borrows is dropped as in the plain function, in every edition.
///     match () {
///         () => {
///             Ok(Response::new(Body::Empty))
///         }
///     }
/// }
/// ```
///
/// A type with `impl Trait` has no name, so there the body runs in its own block, and what it returns
/// is wrapped. The first example of the README:
///
/// ```text
/// #[doc = ""]
/// #[doc = "Requires claims: `email_verified`, `role = \"admin\"`, `mfa`"]
/// async fn cancel_order(event: Request) -> Result<impl IntoResponse, Error> {
///     let event = {
///         let event = event;
///         if let ::require_claims::__private::Result::Err(__require_claims_rejection) =
///             ::require_claims::__private::check(
///                 &event,
///                 "cancel_order",
///                 &[
///                     ::require_claims::__private::EMAIL_VERIFIED.is_true(),
///                     ::require_claims::__private::ROLE.includes("admin"),
///                     ::require_claims::__private::MFA.has_completed_requirements_for_auth()
///                 ]
///             )
///         {
///             return ::require_claims::__private::Result::Ok(
///                 ::require_claims::__private::Guarded::rejected(__require_claims_rejection)
///             );
///         }
///         event
///     };
///     let __require_claims_outcome = async {
///         // Never taken; tells rustc what `?` and `return` in the body convert to.
///         if let ::require_claims::__private::Result::Ok(__require_claims_outcome) =
///             ::require_claims::__private::Result::<(Result<_, Error>,), ()>::Err(())
///         {
///             return __require_claims_outcome.0;
///         }
///         let event = event;
///         let _ = &event; // The guard has used it, so the body need not.
///         match () {
///             () => {
///                 Ok(format!("cancelled {}", event.uri().path()))
///             }
///         }
///     }
///     .await;
///     return ::require_claims::__private::allow(__require_claims_outcome);
/// }
/// ```
///
/// Names that the attribute brings, such as `__require_claims_rejection`, are not visible to the body,
/// and items in the body are not visible to the attribute.
///
/// # Options
///
/// They stand behind the requirements. `on_reject = path` names a function that answers instead of
/// the crate: it gets the rejection and returns what the handler returns, for instance to add headers
/// or to hide what the claims say. It cannot let the body run.
///
/// ```
/// # use lambda_http::{Body, Error, Request, Response};
/// use require_claims::{Rejection, require_claims};
///
/// fn with_cors(rejection: Rejection) -> Result<Response<Body>, Error> {
///     let mut response = Response::from(rejection);
///     let origin = "https://shop.example.com".parse()?;
///     response.headers_mut().insert("access-control-allow-origin", origin);
///     Ok(response)
/// }
///
/// #[require_claims(role = "admin", on_reject = with_cors)]
/// async fn cancel_order(event: Request) -> Result<Response<Body>, Error> {
///     Ok(Response::new(Body::Empty))
/// }
/// # let _ = cancel_order;
/// ```
///
/// It is an `fn` by its path: not `async`, since nothing waits for it, no closure, and without `self`.
/// Where the handler returns `impl IntoResponse`, the function returns any type that is one; where
/// it returns `Result<impl IntoResponse, E>`, a `Result` of one with the same `E`.
///
/// `crate = ::path` says where `require-claims` is if it is not `::require_claims`.
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
/// `max_age` where the claim has none, or a value of another type; a constant that is no claim; a
/// negation; an item that is no function with a body; no event, or more than one; a return type that
/// cannot carry a rejection; claims as an argument of a type that cannot be read.
///
/// What is wrong in the handler's body is told as without the attribute, at the same places. Where the
/// return type has an `impl`, rustc says of the body that it is a block or a closure, as it is there.
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

/// Gives the variants of an enum the names that they have in a claim.
///
/// ```
/// use require_claims::ClaimValue;
///
/// #[derive(ClaimValue)]
/// #[claim(rename_all = "kebab-case")]
/// enum Role {
///     Admin,
///     OrderDesk,
///     #[claim(rename = "root user")]
///     Root,
/// }
///
/// assert_eq!(Role::Admin.claim_value(), "admin");
/// assert_eq!(Role::OrderDesk.claim_value(), "order-desk");
/// assert_eq!(Role::Root.claim_value(), "root user");
/// ```
///
/// The attribute then takes `role = Role::Admin`, and a variant that does not exist does not compile.
///
/// # Options
///
/// - `#[claim(rename_all = "…")]` on the enum: `lowercase`, `UPPERCASE`, `PascalCase`, `camelCase`,
///   `snake_case`, `SCREAMING_SNAKE_CASE`, `kebab-case` or `SCREAMING-KEBAB-CASE`, as in serde.
///   Without it a variant's name is the name in the claim. What serde is told in its own attributes
///   says nothing here, and does not compile without the like of it in `#[claim(…)]`.
/// - `#[claim(rename = "…")]` on a variant: its name in the claim.
/// - `#[claim(crate = ::path)]` on the enum: where `require-claims` is, if not at
///   `::require_claims`.
///
/// # Errors
///
/// Compile errors: something else than an enum, an enum without variants, a variant with fields, a
/// name that is empty, has blanks around it or control characters, and one that two variants have.
#[proc_macro_derive(ClaimValue, attributes(claim))]
pub fn claim_value(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    derive::derive(input.into()).into()
}

/// The handler with its guard, or with the errors.
fn guard(args: TokenStream, item: TokenStream) -> TokenStream {
    let item = ungrouped(item);
    match try_guard(args, item.clone()) {
        Ok(guarded) => guarded,
        Err(error) => expand::fallback(item, &error),
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
    if let Some(handler) = &handler {
        check::shadowing(&args, handler, &mut errors);
    }
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
