//! Lists of names, in every way that a claim holds them.

use serde_json::Value;

use super::fetched::{Fetched, Form};
use crate::authorizer::Claims;
use crate::json;
use crate::part::{Part, Unread, type_name};
use crate::reason::{Reason, Remedy};
use crate::text::{self, Contains};

/// How a claim holds its list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    Array(Form),
    /// A string or an array of strings (RFC 7519, section 4.1.3).
    Audience,
    /// `scope`, a string of scopes (RFC 8693, section 4.2), or `scp`, that or an array.
    Scope,
}

/// What is known of the names in a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Names {
    OfAnyKind,
    /// A blank always ends a name.
    WithoutBlanks,
}

impl Shape {
    /// The list in the claim of this key.
    pub(super) fn read<'a>(self, key: &str, claims: &Claims<'a>) -> Result<List<'a>, Unread> {
        match self {
            Shape::Array(Form::Dated) => Form::Dated.read(claims.get(key)).map(List::Dated),
            Shape::Array(Form::Bare) => claims.get(key).map(|list| match claims {
                Claims::JoinedText(_) => List::Joined(list),
                _ => List::Bare(list),
            }),
            Shape::Audience => claims.get(key).map(List::Audience),
            Shape::Scope => match (claims.get(key), claims.get("scp")) {
                // As text, `null` is absent.
                (Ok(scope), Err(Unread::Missing | Unread::Null)) => Ok(List::Scope(scope)),
                (Err(Unread::Missing | Unread::Null), Ok(scp)) => Ok(List::Scope(scp)),
                (Ok(scope), Ok(scp)) => Ok(List::ScopeAndScp(scope, scp)),
                (Err(unread), _) | (_, Err(unread)) => Err(unread),
            },
        }
    }
}

/// The list, in whatever way the claim holds it.
#[derive(Clone, Copy)]
pub(super) enum List<'a> {
    Dated(Fetched<'a>),
    Bare(Part<'a>),
    /// The same, where brackets may be those of a name.
    Joined(Part<'a>),
    Audience(Part<'a>),
    Scope(Part<'a>),
    ScopeAndScp(Part<'a>, Part<'a>),
}

impl<'a> List<'a> {
    /// When the list was fetched, in milliseconds since 1970.
    pub(super) fn time(&self) -> Option<f64> {
        match self {
            List::Dated(fetched) => fetched.time(),
            _ => None,
        }
    }

    /// What stands where the list should, if it is of no type that the claim may have.
    pub(super) fn not_a_list(self) -> Option<Part<'a>> {
        let mut parts = self.parts().into_iter().flatten();
        parts.find(|part| !self.is_list(*part))
    }

    fn parts(self) -> [Option<Part<'a>>; 2] {
        match self {
            List::Dated(Fetched { v, .. })
            | List::Bare(v)
            | List::Joined(v)
            | List::Audience(v)
            | List::Scope(v) => [Some(v), None],
            List::ScopeAndScp(scope, scp) => [Some(scope), Some(scp)],
        }
    }

    /// Whether the part is of a type that the claim may have.
    fn is_list(self, part: Part<'_>) -> bool {
        let string_allowed = !matches!(self, List::Dated(_) | List::Bare(_) | List::Joined(_));
        match part {
            // Names that are joined with commas look like any text.
            Part::Plain(_) if matches!(self, List::Joined(_)) => true,
            Part::Text(text) => string_allowed || text::array(text).is_some(),
            Part::Plain(text) => string_allowed || text.starts_with('['),
            part => match part.json_type() {
                Some(type_name::ARRAY) => true,
                Some(type_name::STRING) => string_allowed,
                _ => false,
            },
        }
    }

    /// What all readings of the list say about a name.
    pub(super) fn contains(self, name: &str, kind: Names) -> Contains {
        let names = |text, contain: fn(&str, &str) -> Contains| {
            text::array(text).map_or(Contains::Ambiguous, |content| match kind {
                Names::OfAnyKind => contain(content, name),
                // Each word by itself is a text of one name.
                Names::WithoutBlanks => text::words_contain(content, name, contain),
            })
        };
        match self {
            List::Dated(Fetched {
                v: Part::Text(text),
                ..
            }) => names(text, text::names_contain),
            List::Bare(Part::Text(text)) => names(text, text::bare_names_contain),
            List::Joined(Part::Plain(text)) => text::joined_names_contain(text, name),
            List::Dated(Fetched { v: part, .. }) | List::Bare(part) | List::Joined(part) => {
                array_contains(part, name)
            }
            List::Audience(Part::Plain(text)) if json::may_be_json_text(text) => {
                Contains::Ambiguous
            }
            // Or a list without names, where those are joined.
            List::Audience(Part::Plain("")) if name.is_empty() => Contains::Ambiguous,
            List::Audience(Part::Text(text) | Part::Plain(text)) => {
                text::audience_contains(text, name)
            }
            List::Audience(part) => {
                let is_name = part.is(name).map(Contains::from);
                is_name.unwrap_or_else(|| array_contains(part, name))
            }
            List::Scope(part) => scopes_contain(part, name),
            // Two lists that say different things are two answers.
            List::ScopeAndScp(scope, scp) => {
                scopes_contain(scope, name).and_also(scopes_contain(scp, name))
            }
        }
    }

    /// The list for `actualValue`, where it has one reading.
    pub(super) fn to_value(self) -> Option<Value> {
        let [Some(part), None] = self.parts() else {
            return None;
        };
        match (self, part) {
            (List::Dated(_) | List::Bare(_), Part::Text(text)) => {
                let name = text::array(text)?;
                (text::names_contain(name, name) == Contains::Yes).then(|| [name].as_slice().into())
            }
            (List::Audience(_) | List::Scope(_), Part::Text(text)) => {
                text::array(text).is_none().then(|| text.into())
            }
            (List::Joined(_), Part::Plain(_)) => None,
            (_, part) => part.to_value(),
        }
    }
}

/// All names in a claim `{"v": [string], "t": milliseconds}`, where it has one reading.
pub(crate) fn all_names(claim: Part<'_>, token_would_tell: bool) -> Result<Vec<String>, Reason> {
    let fetched = Form::Dated.read(Ok(claim));
    let list = List::Dated(fetched.map_err(|unread| unread.reason(type_name::NAMES))?);
    if let Some(part) = list.not_a_list() {
        return Err(part.not_of_type(type_name::NAMES));
    }
    let Some(Value::Array(names)) = list.to_value() else {
        return Err(Reason::ambiguous().with_remedy(Remedy::token_if(token_would_tell)));
    };
    let string = |name| match name {
        Value::String(name) => Ok(name),
        _ => Err(Reason::wrong_type(type_name::NAMES, type_name::ARRAY)),
    };
    names.into_iter().map(string).collect()
}

fn scopes_contain(part: Part<'_>, name: &str) -> Contains {
    match part {
        Part::Plain(text) if json::may_be_json_text(text) => Contains::Ambiguous,
        Part::Text(text) | Part::Plain(text) => text::scopes_contain(text, name),
        part => {
            let has_name = part.has_word(name).map(Contains::from);
            has_name.unwrap_or_else(|| array_contains(part, name))
        }
    }
}

/// Whether an exact part is an array with this string among its elements.
fn array_contains(part: Part<'_>, name: &str) -> Contains {
    match part {
        Part::Json(Value::Array(elements)) => Contains::from(
            elements
                .iter()
                .any(|element| element.as_str() == Some(name)),
        ),
        Part::JsonText(text) | Part::Plain(text) => {
            json::array_contains(text, name).map_or(Contains::Ambiguous, Contains::from)
        }
        Part::Json(_) | Part::Text(_) => Contains::Ambiguous,
    }
}
