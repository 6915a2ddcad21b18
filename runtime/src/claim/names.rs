//! Lists of names, in every way that a claim holds them.

use serde_json::Value;

use super::{Fetched, Form, Part, Unread};
use crate::authorizer::Claims;
use crate::json;
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

impl Shape {
    /// The list in the claim of this name.
    pub(super) fn read<'a>(self, key: &str, claims: &Claims<'a>) -> Result<Names<'a>, Unread> {
        let bare = |key| Form::Bare.read(claims.get(key));
        match self {
            Shape::Array(form) => form.read(claims.get(key)).map(Names::Array),
            Shape::Audience => bare(key).map(|fetched| Names::Audience(fetched.v)),
            Shape::Scope => match (bare(key), bare("scp")) {
                (Ok(scope), Err(Unread::Missing)) => Ok(Names::Scope(scope.v)),
                (Err(Unread::Missing), Ok(scp)) => Ok(Names::Scope(scp.v)),
                (Ok(scope), Ok(scp)) => Ok(Names::ScopeAndScp(scope.v, scp.v)),
                (Err(unread), _) | (_, Err(unread)) => Err(unread),
            },
        }
    }
}

/// The list, in whatever way the claim holds it.
#[derive(Clone, Copy)]
pub(super) enum Names<'a> {
    Array(Fetched<'a>),
    Audience(Part<'a>),
    Scope(Part<'a>),
    ScopeAndScp(Part<'a>, Part<'a>),
}

impl<'a> Names<'a> {
    pub(super) fn time(self) -> Option<f64> {
        match self {
            Names::Array(fetched) => fetched.time(),
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
            Names::Array(Fetched { v, .. }) | Names::Audience(v) | Names::Scope(v) => {
                [Some(v), None]
            }
            Names::ScopeAndScp(scope, scp) => [Some(scope), Some(scp)],
        }
    }

    /// Whether the part is of a type that the claim may have.
    fn is_list(self, part: Part<'_>) -> bool {
        let string_allowed = !matches!(self, Names::Array(_));
        match part {
            Part::Text(text) => string_allowed || text::array(text).is_some(),
            part => match part.type_name() {
                "array" => true,
                "string" => string_allowed,
                _ => false,
            },
        }
    }

    pub(super) fn contain(self, name: &str) -> Contains {
        match self {
            Names::Array(Fetched {
                v: Part::Text(text),
                ..
            }) => text::array(text).map_or(Contains::Unclear, |content| {
                text::names_contain(content, name)
            }),
            Names::Array(Fetched { v, .. }) => array_contains(v, name),
            Names::Audience(Part::Text(text)) => text::audience_contains(text, name),
            Names::Audience(part) => {
                string_is(part, |text| text == name).unwrap_or_else(|| array_contains(part, name))
            }
            Names::Scope(part) => scopes_contain(part, name),
            // Two lists that say different things are two answers.
            Names::ScopeAndScp(scope, scp) => {
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
            (Names::Array(_), Part::Text(text)) => {
                let name = text::array(text)?;
                (text::names_contain(name, name) == Contains::Yes).then(|| [name].as_slice().into())
            }
            (Names::Audience(_) | Names::Scope(_), Part::Text(text)) => {
                text::array(text).is_none().then(|| text.into())
            }
            (_, part) => part.to_value(),
        }
    }
}

fn scopes_contain(part: Part<'_>, name: &str) -> Contains {
    match part {
        Part::Text(text) => text::scopes_contain(text, name),
        part => string_is(part, |text| text.split(' ').any(|scope| scope == name))
            .unwrap_or_else(|| array_contains(part, name)),
    }
}

/// Whether an exact part that is a string is one that matches.
fn string_is(part: Part<'_>, matches: impl Fn(&str) -> bool) -> Option<Contains> {
    let met = match part {
        Part::Json(value) => matches(value.as_str()?),
        Part::JsonText(text) => matches(&json::string(text)?),
        Part::Text(_) => return None,
    };
    Some(Contains::from(met))
}

/// Whether an exact part is an array with this string among its elements.
fn array_contains(part: Part<'_>, name: &str) -> Contains {
    match part {
        Part::Json(Value::Array(elements)) => Contains::from(
            elements
                .iter()
                .any(|element| element.as_str() == Some(name)),
        ),
        Part::JsonText(text) => {
            json::array_contains(text, name).map_or(Contains::Unclear, Contains::from)
        }
        Part::Json(_) | Part::Text(_) => Contains::Unclear,
    }
}
