//! The function below the attribute.

pub(crate) mod claims_parameters;
mod event;
pub(crate) mod extractors;
mod return_type;
pub(crate) mod types;

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use syn::parse::{Parse, ParseStream};
use syn::{Attribute, PatType, Signature, Token, Visibility, braced};

use crate::errors::Errors;

pub(crate) use self::event::event_name;
pub(crate) use self::return_type::Returns;

/// A function. Its body remains tokens.
pub(crate) struct Handler {
    pub(crate) attrs: Vec<Attribute>,
    pub(crate) vis: Visibility,
    pub(crate) sig: Signature,
    /// The arguments marked `#[claims]`, which callers do not see.
    pub(crate) claims: Vec<PatType>,
    /// `#![…]` at the start of the body.
    pub(crate) inner: Vec<Attribute>,
    /// The braces and their content, as the user's tokens. Rustc reports a body that it cannot parse twice, before
    /// and after the attribute runs, but hides the second report if both are equal.
    pub(crate) body: Group,
}

/// What the expansion needs to know about the signature.
#[expect(clippy::large_enum_variant, reason = "there is one for each expansion")]
pub(crate) enum Shape {
    /// A handler of `lambda_http`.
    Event {
        /// The position of the event among the arguments.
        event: usize,
        returns: Returns,
    },
    /// A handler of axum.
    Extractors,
}

impl Parse for Handler {
    fn parse(input: ParseStream) -> syn::Result<Self> {
        let attrs = input.call(Attribute::parse_outer)?;
        let vis: Visibility = input.parse()?;
        if !is_function(input) {
            let first = input.parse::<TokenTree>()?;
            input.parse::<TokenStream>()?;
            return Err(syn::Error::new(first.span(), no_function(&first)));
        }
        let mut sig: Signature = input.parse()?;
        let claims = claims_parameters::take(&mut sig);
        if input.peek(Token![;]) {
            let message = "missing body; put the attribute on the function that has one";
            let semicolon: Token![;] = input.parse()?;
            return Err(syn::Error::new_spanned(semicolon, message));
        }
        let (inner, body) = body(input)?;
        Ok(Self {
            attrs,
            vis,
            sig,
            claims,
            inner,
            body,
        })
    }
}

/// The body's inner attributes, and its braces without them.
fn body(input: ParseStream) -> syn::Result<(Vec<Attribute>, Group)> {
    let content;
    let ahead = input.fork();
    braced!(content in ahead);
    let inner = content.call(Attribute::parse_inner)?;
    let rest: TokenStream = content.parse()?;
    let TokenTree::Group(mut body) = input.parse()? else {
        return Err(input.error("expected curly braces"));
    };
    // A `macro_rules!` passes a block in a group without delimiters.
    if let (Delimiter::None, Some(TokenTree::Group(inside))) =
        (body.delimiter(), body.stream().into_iter().next())
    {
        body = inside;
    }
    if !inner.is_empty() {
        let place = body.span();
        body = Group::new(Delimiter::Brace, rest);
        body.set_span(place);
    }
    Ok((inner, body))
}

/// Whether only qualifiers precede `fn`.
fn is_function(input: ParseStream) -> bool {
    let ahead = input.fork();
    while !ahead.peek(Token![fn]) {
        let qualifier = ahead.peek(Token![const])
            || ahead.peek(Token![async])
            || ahead.peek(Token![unsafe])
            || ahead.peek(Token![extern])
            || ahead.peek(syn::LitStr);
        if !qualifier || ahead.parse::<TokenTree>().is_err() {
            return false;
        }
    }
    true
}

fn no_function(first: &TokenTree) -> String {
    let place = match first.to_string().as_str() {
        "impl" | "trait" => "each method",
        "mod" => "each function of the module",
        _ => "the handler",
    };
    format!("only functions can be guarded; put the attribute on {place}")
}

impl Handler {
    /// Reads the signature, and reports its errors. `is_axum` if the attribute says that it is a handler of axum.
    pub(crate) fn shape(&self, is_axum: bool, errors: &mut Errors) -> Option<Shape> {
        if let Some(constness) = &self.sig.constness {
            errors.at(constness, "a guarded handler cannot be `const`; remove it");
        }
        claims_parameters::check(&self.sig, &self.claims, errors);
        extractors::check_attributes(&self.sig, errors);
        let event = if is_axum {
            None
        } else {
            errors.take(event::event(&self.sig))?
        };
        let Some(event) = event else {
            extractors::check(&self.sig, &self.claims, errors);
            return Some(Shape::Extractors);
        };
        extractors::check_path(&self.sig, errors);
        let returns = errors.take(return_type::returns(&self.sig))?;
        Some(Shape::Event { event, returns })
    }
}
