//! `rename_all`: rules that derive names from those of variants. The rules are named as in serde.

/// Converts the name of a variant, which is in Pascal case.
pub(super) type Case = fn(&str) -> String;

/// All rules.
#[rustfmt::skip]
pub(super) const RULES: [(&str, Case); 8] = [
    ("lowercase", |name| name.to_lowercase()),
    ("UPPERCASE", |name| name.to_uppercase()),
    ("PascalCase", |name| name.to_owned()),
    ("camelCase", |name| {
        let mut letters = name.chars();
        let first = letters.next().into_iter().flat_map(char::to_lowercase);
        first.chain(letters).collect()
    }),
    ("snake_case", |name| separated(name, '_')),
    ("SCREAMING_SNAKE_CASE", |name| separated(name, '_').to_uppercase()),
    ("kebab-case", |name| separated(name, '-')),
    ("SCREAMING-KEBAB-CASE", |name| separated(name, '-').to_uppercase()),
];

/// Converts to lower case, with a separator before each letter that was upper case.
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
    use super::RULES;

    #[test]
    fn writes_each_case_like_serde() {
        let written: Vec<String> = RULES.iter().map(|(_, case)| case("OrderDesk2A")).collect();
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
