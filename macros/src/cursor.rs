//! Looks at tokens and walks over them. What they mean is for others to tell.

use proc_macro2::{Spacing, TokenStream, TokenTree};
use syn::ext::IdentExt as _;
use syn::parse::ParseStream;
use syn::{Ident, Token};

/// Whether nothing more comes before the next comma.
pub(crate) fn is_end(input: ParseStream) -> bool {
    input.is_empty() || input.peek(Token![,])
}

/// The next token, looked at.
pub(crate) fn next(input: ParseStream) -> Option<TokenTree> {
    input.fork().parse().ok()
}

/// Whether this word comes next.
pub(crate) fn is_word(input: ParseStream, word: &str) -> bool {
    matches!(next(input), Some(TokenTree::Ident(found)) if found == word)
}

/// The punctuation that comes next, as far as it is one operator, looked at.
pub(crate) fn operator(input: ParseStream) -> TokenStream {
    let ahead = input.fork();
    let mut tokens = TokenStream::new();
    while let Ok(TokenTree::Punct(punct)) = ahead.parse() {
        let last = punct.spacing() == Spacing::Alone;
        tokens.extend([TokenTree::Punct(punct)]);
        if last {
            break;
        }
    }
    tokens
}

/// The tokens before the next comma, taken off.
pub(crate) fn rest(input: ParseStream) -> TokenStream {
    before(input, is_end)
}

/// The tokens before the next `=` or comma, taken off.
pub(crate) fn before_equals(input: ParseStream) -> TokenStream {
    before(input, |input| is_end(input) || input.peek(Token![=]))
}

fn before(input: ParseStream, end: impl Fn(ParseStream) -> bool) -> TokenStream {
    let mut tokens = TokenStream::new();
    while !end(input) {
        tokens.extend(input.parse::<TokenTree>());
    }
    tokens
}

/// What continues `email` to `email-verified`, which Rust reads as three tokens, taken off.
pub(crate) fn kebab(input: ParseStream) -> TokenStream {
    let mut tokens = TokenStream::new();
    while input.peek(Token![-]) && input.peek2(Ident::peek_any) {
        tokens.extend(input.parse::<TokenTree>());
        tokens.extend(input.parse::<TokenTree>());
    }
    tokens
}
