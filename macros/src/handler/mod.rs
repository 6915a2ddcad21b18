//! The function under the attribute: which argument is the event, and what it returns.

pub(crate) mod claims_parameters;
mod return_type;
pub(crate) mod types;

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use syn::ext::IdentExt as _;
use syn::parse::{Parse, ParseStream};
use syn::{Attribute, Ident, Pat, PatType, Signature, Token, Type, Visibility, braced};

use self::types::{bare, is_unused, simple_name, typed};
use crate::errors::Errors;

pub(crate) use self::return_type::Returns;

/// A function with its body as tokens, which are never looked into.
pub(crate) struct Handler {
    pub(crate) attrs: Vec<Attribute>,
    pub(crate) vis: Visibility,
    pub(crate) sig: Signature,
    /// The arguments marked `#[claims]`, which callers do not see.
    pub(crate) claims: Vec<PatType>,
    /// `#![…]` at the start of the body.
    pub(crate) inner: Vec<Attribute>,
    /// The braces and what is between them. They are the user's own tokens: rustc reports what it cannot
    /// parse before the attribute runs and again after it, and shows both as one if the places are the same.
    pub(crate) body: Group,
}

/// What the expansion has to know about the function.
pub(crate) struct Shape {
    /// The event's place among the arguments.
    pub(crate) event: usize,
    pub(crate) returns: Returns,
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
            let message =
                "there is no body to guard; put the attribute on the function that has it";
            return Err(syn::Error::new_spanned(
                input.parse::<Token![;]>()?,
                message,
            ));
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

/// The body's braces, without the attributes that follow the first one.
fn body(input: ParseStream) -> syn::Result<(Vec<Attribute>, Group)> {
    let content;
    let ahead = input.fork();
    braced!(content in ahead);
    let inner = content.call(Attribute::parse_inner)?;
    let rest: TokenStream = content.parse()?;
    let TokenTree::Group(mut body) = input.parse()? else {
        return Err(input.error("expected curly braces"));
    };
    // What a `macro_rules!` passes on is in a group of its own.
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

/// Whether `fn` comes after nothing but what may stand before it.
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

fn no_function(first: &TokenTree) -> &'static str {
    match first.to_string().as_str() {
        "impl" | "trait" => "only functions can be guarded; put the attribute on each method",
        "mod" => {
            "only functions can be guarded; put the attribute on each of the module's functions"
        }
        _ => "only functions can be guarded; put the attribute on the handler",
    }
}

impl Handler {
    /// Looks at the signature, and reports everything that is wrong with it.
    pub(crate) fn shape(&self, errors: &mut Errors) -> Option<Shape> {
        if let Some(constness) = &self.sig.constness {
            errors.at(
                constness,
                "a guarded handler runs at run time; remove `const`",
            );
        }
        if let Some(variadic) = &self.sig.variadic {
            errors.at(
                variadic,
                "a guarded handler has a fixed number of arguments; remove this",
            );
        }
        claims_parameters::check(&self.sig, &self.claims, errors);
        let event = errors.take(self.event());
        let returns = errors.take(return_type::returns(&self.sig));
        Some(Shape {
            event: event?,
            returns: returns?,
        })
    }

    /// The event's name, where it is one that the body can use.
    pub(crate) fn event_name(&self) -> Option<Ident> {
        let event = self.sig.inputs.get(self.event().ok()?).and_then(typed)?;
        let name = simple_name(&event.pat).filter(|name| !is_unused(name))?;
        Some(name.ident.clone())
    }

    /// The event: the only argument with an event's type or an event's name, else the only
    /// argument. Where type and name are those of two arguments, none of them is taken: the guard
    /// would look at the one and the body perhaps at the other.
    fn event(&self) -> syn::Result<usize> {
        let arguments = self.sig.inputs.iter().enumerate();
        let all: Vec<_> = arguments
            .filter_map(|(place, input)| Some((place, typed(input)?)))
            .collect();
        let may_be_event =
            |argument: &PatType| has_event_type(&argument.ty) || has_event_name(&argument.pat);
        let candidates: Vec<_> = all
            .iter()
            .filter(|(_, argument)| may_be_event(argument))
            .collect();
        let name = &self.sig.ident;
        let message = match (candidates.as_slice(), all.as_slice()) {
            ([(event, _)], _) | ([], [(event, _)]) => return Ok(*event),
            ([(_, first), .., (_, last)], _) => {
                let first = plain(&first.pat);
                let message = format!(
                    "`{name}` has two arguments that may be the event, {first} and this; keep one of them, or give it a name and a type that are no event's"
                );
                return Err(syn::Error::new_spanned(last, message));
            }
            ([], []) => {
                format!("`{name}` takes no event; add an argument, such as `event: Request`")
            }
            ([], _) => format!("which argument of `{name}` is the event? name it `event`"),
        };
        Err(syn::Error::new(self.sig.paren_token.span.join(), message))
    }
}

fn has_event_type(ty: &Type) -> bool {
    match bare(ty) {
        Type::Reference(reference) => has_event_type(&reference.elem),
        Type::Path(path) => path.path.segments.last().is_some_and(|last| {
            let name = last.ident.unraw().to_string();
            [
                "Request",
                "LambdaEvent",
                "ApiGatewayV2httpRequest",
                "ApiGatewayProxyRequest",
            ]
            .contains(&name.as_str())
        }),
        _ => false,
    }
}

fn has_event_name(pat: &Pat) -> bool {
    let Pat::Ident(name) = pat else { return false };
    let name = name.ident.unraw().to_string();
    ["event", "request", "req"].contains(&name.trim_start_matches('_'))
}

fn plain(pat: &Pat) -> String {
    match pat {
        Pat::Ident(name) => format!("`{}`", name.ident),
        _ => "one before".to_owned(),
    }
}
