//! Checked arguments and a handler → code.
//!
//! Each kind of handler has a file. The attribute's page shows what they write, and `tests/docs.rs` compares
//! that with the code. The expansion's variables have unusual names, because a pattern with the name of a
//! constant would refer to that constant.

mod axum;
mod body;
mod claims_parameters;
mod custom_claims;
mod docs;
mod fallback;
mod lambda_http;
mod names;
mod parameters;
mod requirements;
mod spans;

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::LitStr;
use syn::ext::IdentExt as _;

use crate::handler::{Handler, Shape};
use crate::parse::ast::Args;

pub(crate) use self::fallback::fallback;

/// The requirements of a handler, as code.
struct Guard {
    /// The path to the runtime's module for the expansion.
    private: TokenStream,
    /// Checks by rustc.
    timestamps: TokenStream,
    /// `"cancel_order", &[ROLE.includes("admin"), …]`: the handler's name, for the log, and the requirements.
    requirements: TokenStream,
}

/// The handler with its guard. None if that would require less than the attribute.
pub(crate) fn expand(args: &Args, handler: Handler, shape: &Shape) -> Option<TokenStream> {
    let private = names::private(args.options.krate.as_ref());
    let site = Span::mixed_site();
    let name = LitStr::new(&handler.sig.ident.unraw().to_string(), site);
    let requirements = requirements::requirements(&args.requirements, &private)?;
    let guard = Guard {
        timestamps: requirements::timestamps(&args.requirements, &private),
        requirements: quote_spanned! {site=> #name, #requirements },
        private,
    };
    match shape {
        Shape::Event { event, returns } => {
            lambda_http::expand(args, &guard, handler, *event, returns)
        }
        Shape::Extractors => Some(axum::expand(args, &guard, handler)),
    }
}

/// The function with this body.
fn function(handler: &Handler, docs: &TokenStream, body: &TokenStream) -> TokenStream {
    let (attrs, vis, sig) = (&handler.attrs, &handler.vis, &handler.sig);
    let inner = &handler.inner;
    let block = body::braced(handler, &quote! { #(#inner)* #body });
    quote! { #(#attrs)* #docs #vis #sig #block }
}
