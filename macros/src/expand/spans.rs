//! Where generated tokens are placed, which decides what rustc underlines.

use proc_macro2::{Group, Span, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Path, Type};

/// Where a type or a pattern starts and ends.
pub(crate) fn ends(of: &impl ToTokens) -> (Span, Span) {
    let mut spans = of.to_token_stream().into_iter().map(|token| token.span());
    let first = spans.next().unwrap_or_else(Span::call_site);
    (first, spans.last().unwrap_or(first))
}

/// The same tokens at the start of a type, so that rustc points there if it is not a `Result`.
pub(crate) fn placed_at(ty: &Type, tokens: TokenStream) -> TokenStream {
    let placed = tokens.into_iter().map(|token| {
        let span = ends(ty).0.resolved_at(token.span());
        let mut token = match token {
            TokenTree::Group(group) => {
                Group::new(group.delimiter(), placed_at(ty, group.stream())).into()
            }
            other => other,
        };
        token.set_span(span);
        token
    });
    placed.collect()
}

/// The path to the runtime, placed at `site`.
pub(crate) fn moved(private: &TokenStream, site: Span) -> TokenStream {
    let tokens = private.clone().into_iter().map(|mut token| {
        token.set_span(token.span().located_at(site));
        token
    });
    tokens.collect()
}

/// The span of the expansion at the place where a path starts.
pub(crate) fn placed(path: &Path) -> Span {
    let first = path.segments.first();
    let first = first.map_or_else(Span::call_site, |first| first.ident.span());
    Span::mixed_site().located_at(first)
}
