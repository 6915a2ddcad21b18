//! `rename_all`: the name of a variant by a rule, with serde's words for the rules.

use syn::Ident;
use syn::ext::IdentExt as _;

/// How the names of variants are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Case {
    #[default]
    AsWritten,
    Lower,
    Upper,
    Camel,
    Snake,
    ScreamingSnake,
    Kebab,
    ScreamingKebab,
}

/// Every rule, and how it is called.
pub(super) const RULES: [(&str, Case); 8] = [
    ("lowercase", Case::Lower),
    ("UPPERCASE", Case::Upper),
    ("PascalCase", Case::AsWritten),
    ("camelCase", Case::Camel),
    ("snake_case", Case::Snake),
    ("SCREAMING_SNAKE_CASE", Case::ScreamingSnake),
    ("kebab-case", Case::Kebab),
    ("SCREAMING-KEBAB-CASE", Case::ScreamingKebab),
];

impl Case {
    /// The name of a variant, which is in Pascal case.
    pub(super) fn apply(self, variant: &Ident) -> String {
        let name = variant.unraw().to_string();
        match self {
            Self::AsWritten => name,
            Self::Lower => name.to_lowercase(),
            Self::Upper => name.to_uppercase(),
            Self::Camel => {
                let mut letters = name.chars();
                let first = letters.next().into_iter().flat_map(char::to_lowercase);
                first.chain(letters).collect()
            }
            Self::Snake => separated(&name, '_'),
            Self::ScreamingSnake => separated(&name, '_').to_uppercase(),
            Self::Kebab => separated(&name, '-'),
            Self::ScreamingKebab => separated(&name, '-').to_uppercase(),
        }
    }
}

/// Lower case, with a separator before each letter that was upper case.
fn separated(name: &str, separator: char) -> String {
    let mut written = String::new();
    for letter in name.chars() {
        if letter.is_uppercase() && !written.is_empty() {
            written.push(separator);
        }
        written.extend(letter.to_lowercase());
    }
    written
}

#[cfg(test)]
mod tests {
    use proc_macro2::Span;
    use syn::Ident;

    use super::RULES;

    #[test]
    fn every_rule_writes_a_variant_as_serde_does() {
        let variant = Ident::new("OrderDesk2A", Span::call_site());
        let written: Vec<String> = RULES.iter().map(|(_, case)| case.apply(&variant)).collect();
        assert_eq!(
            written,
            [
                "orderdesk2a",
                "ORDERDESK2A",
                "OrderDesk2A",
                "orderDesk2A",
                "order_desk2_a",
                "ORDER_DESK2_A",
                "order-desk2-a",
                "ORDER-DESK2-A",
            ]
        );
    }
}
