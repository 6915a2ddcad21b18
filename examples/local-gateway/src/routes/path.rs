//! The path of a route, such as `/orders/{id}`, with readable errors for other notations.

use std::collections::BTreeMap;

/// A path pattern: its segments between the slashes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Pattern(Vec<Segment>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Segment {
    Literal(String),
    Parameter(String),
    /// A greedy parameter such as `{proxy+}`, which matches the rest of the path.
    Rest(String),
}

impl Pattern {
    /// Parses a path. The error describes what is wrong, and what to write instead.
    pub(super) fn parse(path: &str) -> Result<Self, String> {
        if let Some(mark) = path.chars().find(|c| matches!(c, '?' | '#')) {
            return Err(format!(
                "the path `{path}` contains `{mark}`, which never matches: a route has no query; remove \
                 everything from `{mark}`"
            ));
        }
        let Some(inner) = path.strip_prefix('/') else {
            return Err(format!("the path `{path}` does not start with `/`"));
        };
        if inner.is_empty() {
            return Ok(Self(vec![Segment::Literal(String::new())]));
        }
        let mut segments = Vec::new();
        let mut names: Vec<String> = Vec::new();
        for text in inner.split('/') {
            if let Some(Segment::Rest(name)) = segments.last() {
                return Err(format!("`{{{name}+}}` must be the last part of the path"));
            }
            let segment = Segment::parse(text, path)?;
            if let Segment::Parameter(name) | Segment::Rest(name) = &segment {
                if names.contains(name) {
                    return Err(format!("the path `{path}` has two parameters `{name}`"));
                }
                names.push(name.clone());
            }
            segments.push(segment);
        }
        Ok(Self(segments))
    }

    /// Matches the path of a request, and returns its parameters.
    pub(super) fn parameters(&self, path: &str) -> Option<BTreeMap<String, String>> {
        let mut rest = Some(path.strip_prefix('/')?);
        let mut parameters = BTreeMap::new();
        for segment in &self.0 {
            let path = rest?;
            if let Segment::Rest(name) = segment {
                // As in API Gateway, a greedy parameter must not be empty.
                let value = Some(path).filter(|rest| !rest.is_empty())?;
                parameters.insert(name.clone(), value.to_owned());
                return Some(parameters);
            }
            let (part, after) = path
                .split_once('/')
                .map_or((path, None), |(part, after)| (part, Some(after)));
            match segment {
                Segment::Literal(literal) if literal == part => {}
                Segment::Parameter(name) if !part.is_empty() => {
                    parameters.insert(name.clone(), part.to_owned());
                }
                _ => return None,
            }
            rest = after;
        }
        rest.is_none().then_some(parameters)
    }

    /// Whether the pattern ends with a greedy parameter, and the number of its parameters.
    pub(super) fn rank(&self) -> (bool, usize) {
        let is_literal = |segment: &&Segment| matches!(segment, Segment::Literal(_));
        let parameters = self.0.len() - self.0.iter().filter(is_literal).count();
        (matches!(self.0.last(), Some(Segment::Rest(_))), parameters)
    }

    /// The pattern without the names of its parameters. Patterns with the same shape match the same paths.
    pub(super) fn shape(&self) -> String {
        let segments = self.0.iter().map(|segment| match segment {
            Segment::Literal(text) => format!("/{text}"),
            Segment::Parameter(_) => "/{}".to_owned(),
            Segment::Rest(_) => "/{+}".to_owned(),
        });
        segments.collect()
    }

    /// A path that matches the pattern, with `value` for each parameter.
    pub(super) fn example(&self, value: &str) -> String {
        let segments = self.0.iter().map(|segment| match segment {
            Segment::Literal(text) => format!("/{text}"),
            Segment::Parameter(_) | Segment::Rest(_) => format!("/{value}"),
        });
        segments.collect()
    }
}

impl Segment {
    fn parse(text: &str, path: &str) -> Result<Self, String> {
        let wrong = |remedy: String| format!("the path `{path}` contains `{text}`, {remedy}");
        if text.is_empty() {
            return Err(format!(
                "the path `{path}` has an empty part; remove the repeated or last `/`"
            ));
        }
        if let Some(name) = text.strip_prefix(':') {
            return Err(wrong(format!("write a parameter as `{{{name}}}`")));
        }
        if let Some(name) = text.strip_prefix('<').and_then(|t| t.strip_suffix('>')) {
            return Err(wrong(format!("write a parameter as `{{{name}}}`")));
        }
        if text.contains('*') {
            return Err(wrong(
                "write the rest of a path as `{proxy+}`, and one part of it as `{name}`".to_owned(),
            ));
        }
        let braces = text.matches(['{', '}']).count();
        let inner = text.strip_prefix('{').and_then(|t| t.strip_suffix('}'));
        let (name, is_greedy) = match inner {
            None if braces == 0 => return Ok(Self::Literal(text.to_owned())),
            None => (text, false),
            Some(name) => name.strip_suffix('+').map_or((name, false), |n| (n, true)),
        };
        if braces != 2 || inner.is_none() {
            return Err(wrong(
                "a parameter is a whole part of the path, in one pair of braces: `{id}`".to_owned(),
            ));
        }
        if name.is_empty() || !name.chars().all(is_name) {
            return Err(wrong(
                "the name of a parameter consists of letters, digits, `_`, `-`, `.` and `:`"
                    .to_owned(),
            ));
        }
        Ok(if is_greedy {
            Self::Rest(name.to_owned())
        } else {
            Self::Parameter(name.to_owned())
        })
    }
}

fn is_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | ':')
}

#[cfg(test)]
mod tests {
    use super::Pattern;

    #[test]
    fn explains_what_to_write_for_another_notation() {
        for (path, expected) in [
            ("/orders/:id", "contains `:id`, write a parameter as `{id}`"),
            (
                "/orders/<id>",
                "contains `<id>`, write a parameter as `{id}`",
            ),
            ("/a/{id", "contains `{id`, a parameter is a whole part"),
            ("/a/id}", "contains `id}`, a parameter is a whole part"),
            ("/a/x{id}", "contains `x{id}`, a parameter is a whole part"),
            (
                "/a/{a}{b}",
                "contains `{a}{b}`, a parameter is a whole part",
            ),
            ("/a/{}", "contains `{}`, the name of a parameter"),
            ("/a/{+}", "contains `{+}`, the name of a parameter"),
            ("/a/{a b}", "contains `{a b}`, the name of a parameter"),
            ("/a?x=1", "contains `?`, which never matches"),
            ("/a#x", "contains `#`, which never matches"),
            (
                "/files/*",
                "contains `*`, write the rest of a path as `{proxy+}`",
            ),
            ("/{a+}/b", "`{a+}` must be the last part"),
            ("/{a}/{a}", "has two parameters `a`"),
            ("/a//b", "has an empty part"),
            ("/a/", "has an empty part"),
            ("orders", "does not start with `/`"),
        ] {
            let error = Pattern::parse(path).unwrap_err();
            assert!(error.contains(expected), "{path}: {error}");
        }
        for path in ["/", "/a", "/a/{id}", "/{proxy+}", "/a/{user-id}/b.c/~x"] {
            assert!(Pattern::parse(path).is_ok(), "{path}");
        }
    }

    #[test]
    fn the_example_matches_the_pattern() {
        let pattern = Pattern::parse("/a/{id}/{rest+}").unwrap();
        assert_eq!(pattern.example("1"), "/a/1/1");
        assert!(pattern.parameters("/a/1/1").is_some());
        assert_eq!(pattern.shape(), "/a/{}/{+}");
    }
}
