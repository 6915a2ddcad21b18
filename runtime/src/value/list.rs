//! A list of names, in all forms in which claims contain it.

use serde_json::Value;

use super::go_list::{self, Match, any_piece, equals_name};
use super::text::may_be_json;
use super::{Form, Names, RawClaim, go_text, joined_list};

/// A list of names.
#[derive(Clone, Copy)]
pub(crate) struct List<'a> {
    value: &'a RawClaim<'a>,
    pub(crate) names: Names,
}

impl<'a> List<'a> {
    /// Reads a value as a list of this declared type. All elements must be strings.
    pub(super) fn read(value: &'a RawClaim<'a>, names: Names) -> Option<Self> {
        let is_list = match (value, names.form) {
            (RawClaim::Exact(exact), form) => is_exact_list(exact, form),
            // Go also writes this for a nested `null`.
            (RawClaim::GatewayText("<nil>"), _) => false,
            (RawClaim::GatewayText(text), Form::Array) => go_text::array(text).is_some(),
            (RawClaim::GatewayText(text), Form::Keys) => text.starts_with("map["),
            // The JSON text of an array or an object has been parsed.
            (RawClaim::AuthorizerString(_), Form::Array) | (_, Form::Keys) => false,
            _ => true,
        };
        is_list.then_some(Self { value, names })
    }

    /// Whether the list contains this name.
    pub(crate) fn contains(self, name: &str) -> Match {
        use RawClaim::{AuthorizerString, Exact, GatewayText, JoinedString};

        let in_string = |text: &str| self.string_contains(text, name);
        match (self.value, self.names.form) {
            (Exact(list), _) => match &**list {
                Value::Array(names) => names.iter().any(|element| element == name).into(),
                Value::Object(members) => members.contains_key(name).into(),
                names => in_string(names.as_str().unwrap_or_default()),
            },
            (GatewayText(text), Form::Array) => match go_text::array(text) {
                Some(names) if self.names.without_spaces => go_list::words_contain(names, name),
                Some(names) => go_list::names_contain(names, name),
                None => Match::Ambiguous,
            },
            (GatewayText(text), Form::Keys) => match go_text::only_member(text) {
                Ok(member) => member.map_or(Match::No, |(key, _)| equals_name(key, name)),
                Err(_) => Match::Ambiguous,
            },
            (GatewayText(text), Form::OneOrMany) => match go_text::array(text) {
                // The string "[a]" and the array ["a"] are the same text.
                Some(names) => in_string(text).if_equal_to(go_list::names_contain(names, name)),
                None => in_string(text),
            },
            // A scope contains no space, so the words in brackets are the scopes of an array.
            (GatewayText(text), Form::Scp) => match go_text::array(text) {
                Some(scopes) if !name.contains(['[', ']']) => go_list::words_contain(scopes, name),
                Some(_) => Match::Ambiguous,
                None => in_string(text),
            },
            (JoinedString(text), Form::Array | Form::OneOrMany) if self.names.without_commas => {
                joined_list::pieces_contain(text, name)
            }
            (JoinedString(text), Form::Array) => joined_list::names_contain(text, name),
            (AuthorizerString(text) | JoinedString(text), _) if may_be_json(text) => {
                Match::Ambiguous
            }
            (AuthorizerString(text) | JoinedString(text), Form::OneOrMany | Form::Scp) => {
                joined_list::one_or_many_contain(text, name, in_string)
            }
            (GatewayText(text) | AuthorizerString(text) | JoinedString(text), _) => in_string(text),
        }
    }

    /// Whether a string of one name, or of several names with a separator, contains this name.
    fn string_contains(self, text: &str, name: &str) -> Match {
        let equals = |text: &str| match self.value {
            RawClaim::Exact(_) => (text == name).into(),
            _ => equals_name(text, name),
        };
        match self.names.form.separator() {
            None => equals(text),
            Some(separator) if self.never_contains(separator, name) => Match::Ambiguous,
            Some(separator) => any_piece(text.split(separator), |piece| match equals(piece) {
                // The white space may belong to the name or to the separator.
                Match::No if piece.trim() == name.trim() => Match::Ambiguous,
                matches => matches,
            }),
        }
    }

    /// Whether a name between separators is a mistake, or cannot be told from other text.
    fn never_contains(self, separator: char, name: &str) -> bool {
        let is_exact = matches!(self.value, RawClaim::Exact(_));
        // Go writes the same character for a lone surrogate.
        let is_uncertain = separator == char::REPLACEMENT_CHARACTER && !is_exact;
        is_uncertain || name.is_empty() || name.contains(separator) || name.trim() != name
    }

    /// Whether the text of a list that is declared as a string may be the text of an array, which meets no
    /// requirement.
    pub(crate) fn may_be_array(self) -> bool {
        match (self.value, self.names.form) {
            (RawClaim::GatewayText(text), Form::Separated(_) | Form::Scope) => {
                go_text::array(text).is_some()
            }
            (
                RawClaim::AuthorizerString(text) | RawClaim::JoinedString(text),
                Form::Separated(' ') | Form::Scope,
            ) => text.contains(','),
            _ => false,
        }
    }

    /// Whether the text is one string of names, which the token would not make clearer.
    pub(crate) fn is_exact_string(self) -> bool {
        let text = self.value.string().unwrap_or_default();
        let is_text = !text.contains(char::REPLACEMENT_CHARACTER) && go_text::array(text).is_none();
        is_text && self.names.form.separator().is_some()
    }

    /// All names, if the list has one interpretation. From text, this is only a list of one name.
    pub(crate) fn names(self) -> Option<Vec<String>> {
        let text = match (self.value, self.names.form) {
            (RawClaim::Exact(list), Form::Array) => {
                let names = list.as_array()?.iter();
                return names.map(|name| Some(name.as_str()?.to_owned())).collect();
            }
            (RawClaim::GatewayText(text), Form::Array) => go_text::array(text)?,
            (RawClaim::JoinedString(text), Form::Array) => text,
            _ => return None,
        };
        (self.contains(text) == Match::Yes).then(|| vec![text.to_owned()])
    }

    /// The text as a value for `actualValue`, if it has one interpretation.
    pub(crate) fn text_to_value(self) -> Option<Value> {
        match (self.value, self.names.form) {
            (RawClaim::Exact(_), _) | (_, Form::Keys) => None,
            (_, Form::Array) => self.names().map(Value::from),
            (RawClaim::GatewayText(text), _) if go_text::array(text).is_some() => None,
            (text, _) => text.string().map(Value::from),
        }
    }
}

/// Whether a JSON value has this form, and all names are strings.
fn is_exact_list(value: &Value, form: Form) -> bool {
    match (value, form) {
        (Value::Array(names), Form::Array | Form::OneOrMany | Form::Scp) => {
            names.iter().all(Value::is_string)
        }
        (Value::String(_), Form::Array | Form::Keys) => false,
        (Value::Object(_), Form::Keys) | (Value::String(_), _) => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use serde_json::json;

    use super::*;
    use Form::{Array, Keys, OneOrMany, Scope, Scp, Separated};
    use Match::{Ambiguous, No, Yes};

    fn exact(value: Value) -> RawClaim<'static> {
        RawClaim::Exact(Cow::Owned(value))
    }

    /// Checks whether the values, with these forms, contain the names.
    fn assert_contains(rows: &[(RawClaim<'_>, Form, &str, Match)]) {
        for (value, form, name, expected) in rows {
            let list = List::read(value, Names::written_as(*form)).unwrap();
            let value = value.string();
            assert_eq!(list.contains(name), *expected, "{value:?} {form:?} {name}");
        }
    }

    #[test]
    fn reads_one_string_or_an_array() {
        let gateway = RawClaim::GatewayText;
        let lambda = RawClaim::AuthorizerString;
        let cognito = RawClaim::JoinedString;
        assert_contains(&[
            (exact(json!("a")), OneOrMany, "a", Yes),
            (exact(json!("a b")), OneOrMany, "a", No),
            (exact(json!(["a", "b"])), OneOrMany, "b", Yes),
            (gateway("orders"), OneOrMany, "orders", Yes),
            (gateway("orders"), OneOrMany, "order", No),
            (gateway("a b"), OneOrMany, "a", No),
            (gateway("a,b"), OneOrMany, "a,b", Yes),
            (gateway("a\u{fffd}"), OneOrMany, "a\u{fffd}", Ambiguous),
            (gateway("[orders]"), OneOrMany, "orders", Ambiguous),
            (gateway("[orders]"), OneOrMany, "[orders]", Ambiguous),
            (gateway("[orders]"), OneOrMany, "other", No),
            (cognito("orders"), OneOrMany, "orders", Yes),
            (cognito("orders"), OneOrMany, "order", No),
            (cognito("a b"), OneOrMany, "a b", Yes),
            (cognito("a,b"), OneOrMany, "a", Ambiguous),
            (cognito("a, b"), OneOrMany, "b", Ambiguous),
            (cognito("a,b"), OneOrMany, "a,b", Ambiguous),
            (cognito("a,b"), OneOrMany, "c", No),
            (cognito("x [a,b]"), OneOrMany, "[a", Ambiguous),
            (cognito(""), OneOrMany, "", Ambiguous),
            (cognito(""), OneOrMany, "orders", No),
            (lambda("orders"), OneOrMany, "orders", Yes),
            (lambda("null"), OneOrMany, "x", Ambiguous),
            (lambda(" {}"), OneOrMany, "x", Ambiguous),
            (lambda("[\"a\"]"), OneOrMany, "a", Ambiguous),
        ]);
    }

    #[test]
    fn reads_names_between_separators() {
        let gateway = RawClaim::GatewayText;
        let lambda = RawClaim::AuthorizerString;
        let cognito = RawClaim::JoinedString;
        for value in [
            exact(json!("a,b c")),
            gateway("a,b c"),
            lambda("a,b c"),
            cognito("a,b c"),
        ] {
            for (separator, name, expected) in [
                (',', "a", Yes),
                (',', "b c", Yes),
                (',', "b", No),
                (' ', "c", Yes),
                (' ', "a,b", Yes),
                (' ', "a", No),
                // No name is empty or contains the separator.
                (',', "", Ambiguous),
                (',', "a,b", Ambiguous),
            ] {
                let names = Names::written_as(Separated(separator));
                let list = List::read(&value, names).unwrap();
                assert_eq!(list.contains(name), expected, "{separator} {name}");
            }
        }
        assert_contains(&[
            (exact(json!("a, b")), Separated(','), "b", Ambiguous),
            (exact(json!("a, b")), Separated(','), " b", Ambiguous),
            (exact(json!("a, b")), Separated(','), "a", Yes),
            (exact(json!("<nil>")), Separated(','), "<nil>", Yes),
            (
                gateway("b a\u{fffd}"),
                Separated(' '),
                "a\u{fffd}",
                Ambiguous,
            ),
            (gateway("b a\u{fffd}"), Separated(' '), "b", Yes),
            (lambda("\"a\""), Separated(','), "a", Ambiguous),
            (lambda("null"), Separated(','), "a", Ambiguous),
        ]);
    }

    #[test]
    fn reads_scopes_as_a_string_or_as_an_array() {
        let gateway = RawClaim::GatewayText;
        let cognito = RawClaim::JoinedString;
        assert_contains(&[
            (exact(json!("a b")), Scp, "b", Yes),
            (exact(json!(["a", "b"])), Scp, "b", Yes),
            (gateway("orders:read openid"), Scp, "openid", Yes),
            (gateway("orders:read openid"), Scp, "orders", No),
            (gateway("openid email"), Scp, "openid email", Ambiguous),
            (gateway("[openid email]"), Scp, "openid", Yes),
            (gateway("[openid email]"), Scp, "phone", No),
            // As a string, the text has the scopes `[openid` and `email]`.
            (gateway("[openid email]"), Scp, "[openid", Ambiguous),
            (gateway("[openid \"email]"), Scp, "openid", Ambiguous),
            (gateway("[openid]"), Scp, "[openid]", Ambiguous),
            (cognito("openid orders:read"), Scp, "orders:read", Yes),
            (cognito("a,b c"), Scp, "a", Ambiguous),
            (cognito("a,b c"), Scp, "d", No),
            (cognito("[a"), Scp, "x", Ambiguous),
        ]);
        for (text, expected) in [
            (gateway("[a b]"), true),
            (gateway("a,b"), false),
            (cognito("a,b c"), true),
            (cognito("a b"), false),
            (RawClaim::AuthorizerString("a,b c"), true),
        ] {
            for form in [Scope, Separated(' ')] {
                let list = List::read(&text, Names::written_as(form)).unwrap();
                assert_eq!(list.may_be_array(), expected, "{:?}", text.string());
            }
        }
    }

    #[test]
    fn reads_the_keys_of_an_object() {
        let gateway = RawClaim::GatewayText;
        assert_contains(&[
            (exact(json!({"admin": null, "user": {}})), Keys, "user", Yes),
            (exact(json!({"admin": null})), Keys, "user", No),
            (gateway("map[admin:true]"), Keys, "admin", Yes),
            (gateway("map[admin:true]"), Keys, "true", No),
            (gateway("map[]"), Keys, "admin", No),
            (gateway("map[admin:map[1:x]]"), Keys, "admin", Ambiguous),
            (gateway("map[admin:1 user:2]"), Keys, "admin", Ambiguous),
            (gateway("map[admin"), Keys, "admin", Ambiguous),
        ]);
    }

    #[test]
    fn splits_a_joined_list_only_if_no_name_contains_a_comma() {
        for form in [Array, OneOrMany] {
            let mut names = Names::written_as(form);
            let value = RawClaim::JoinedString("admin,user");
            let contains = |names, name| List::read(&value, names).unwrap().contains(name);
            assert_eq!(contains(names, "user"), Ambiguous);
            names.without_commas = true;
            assert_eq!(contains(names, "user"), Yes);
            assert_eq!(contains(names, "use"), No);
            assert_eq!(contains(names, "admin,user"), No);
        }
    }

    #[test]
    fn rejects_a_value_of_another_type() {
        let lambda = RawClaim::AuthorizerString;
        for (value, form) in [
            (exact(json!("a")), Array),
            (exact(json!(["a", 1])), OneOrMany),
            (exact(json!(["a"])), Separated(',')),
            (exact(json!(["a"])), Scope),
            (exact(json!(["a"])), Keys),
            (exact(json!("a")), Keys),
            (exact(json!({"a": 1})), Array),
            (exact(json!({"a": 1})), OneOrMany),
            (RawClaim::GatewayText("a"), Array),
            (RawClaim::GatewayText("a"), Keys),
            (lambda("a"), Array),
            (lambda("map[a:1]"), Keys),
            (RawClaim::GatewayText("<nil>"), OneOrMany),
            (RawClaim::GatewayText("<nil>"), Separated(',')),
        ] {
            assert!(
                List::read(&value, Names::written_as(form)).is_none(),
                "{form:?}"
            );
        }
    }
}
