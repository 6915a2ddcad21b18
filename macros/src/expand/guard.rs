//! The requirements of a handler, as code.

use proc_macro2::{Span, TokenStream};
use quote::quote_spanned;
use syn::LitStr;
use syn::ext::IdentExt as _;

use super::{names, requirements};
use crate::handler::Handler;
use crate::parse::ast::Args;

pub(crate) struct Guard {
    /// The path to the runtime's module for the expansion.
    pub(crate) private: TokenStream,
    /// Checks by rustc.
    pub(crate) timestamps: TokenStream,
    /// `"cancel_order", &[ROLE.includes("admin"), …]`: the handler's name, for the log, and the requirements.
    pub(crate) requirements: TokenStream,
}

/// None if that would require less than the attribute.
pub(crate) fn guard(args: &Args, handler: &Handler) -> Option<Guard> {
    let site = Span::mixed_site();
    let private = names::private(args.options.krate.as_ref());
    let name = LitStr::new(&handler.sig.ident.unraw().to_string(), site);
    let requirements = requirements::requirements(&args.requirements, &private)?;
    Some(Guard {
        timestamps: requirements::timestamps(&args.requirements, &private),
        requirements: quote_spanned! {site=> #name, #requirements },
        private,
    })
}
