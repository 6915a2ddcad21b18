//! Lookahead.

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};
use syn::ext::IdentExt as _;
use syn::parse::ParseStream;
use syn::{Ident, Token};

use crate::vocabulary::nearest_keyword;

/// Whether the input ends here, or a comma follows.
pub(crate) fn is_end(input: ParseStream) -> bool {
    input.is_empty() || input.peek(Token![,])
}

/// The next token, which stays in the input.
pub(crate) fn next(input: ParseStream) -> Option<TokenTree> {
    input.fork().parse().ok()
}

/// Whether this word follows.
pub(crate) fn is_word(input: ParseStream, word: &str) -> bool {
    matches!(next(input), Some(TokenTree::Ident(found)) if found == word)
}

/// Whether a path follows: several segments, or one name that starts like a constant or a variant. A
/// lower-case name would be a variable, or a name without its quotes.
pub(crate) fn is_constant(input: ParseStream) -> bool {
    if input.peek(Token![::]) || input.peek(Ident::peek_any) && input.peek2(Token![::]) {
        return true;
    }
    let mut first = next(input);
    // A `macro_rules!` passes a path as one group.
    if let Some(TokenTree::Group(group)) = &first
        && group.delimiter() == Delimiter::None
    {
        first = group.stream().into_iter().next();
    }
    match first {
        Some(TokenTree::Ident(name)) => {
            let name = name.to_string();
            let name = name.trim_start_matches("r#").trim_start_matches('_');
            name != "Self" && name.starts_with(|first: char| first.is_uppercase())
        }
        _ => false,
    }
}

/// Whether a keyword follows that is written like a type, such as `Role`. Rustc would look for a constant.
pub(crate) fn is_like_a_type(input: ParseStream) -> bool {
    let word = input.fork().parse::<Ident>();
    let word = word.map_or_else(|_| String::new(), |word| word.to_string());
    let is_word = word.contains(char::is_lowercase) && !input.peek2(Token![::]);
    is_word && nearest_keyword(&word).is_some()
}

/// The operator that follows, which stays in the input.
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

/// The tokens before the next comma, removed from the input.
pub(crate) fn rest(input: ParseStream) -> TokenStream {
    let mut tokens = TokenStream::new();
    while !is_end(input) {
        tokens.extend(input.parse::<TokenTree>());
    }
    tokens
}

/// The rest of `email-verified` after `email`, removed from the input. Rust reads it as three tokens.
pub(crate) fn kebab(input: ParseStream) -> TokenStream {
    let mut tokens = TokenStream::new();
    while input.peek(Token![-]) && input.peek2(Ident::peek_any) {
        tokens.extend(input.parse::<TokenTree>());
        tokens.extend(input.parse::<TokenTree>());
    }
    tokens
}
