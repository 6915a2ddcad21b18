//! The kind of API: an HTTP API, or a REST API with a stage.

use std::fmt;

/// The kind of API, which determines events, paths and the gateway's own responses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Api {
    /// An HTTP API with the stage `$default`, which does not appear in paths.
    Http,
    /// A REST API. The stage is the first part of every path.
    Rest {
        /// The name of the stage, such as `prod`.
        stage: String,
    },
}

impl Api {
    /// The name of the stage in events.
    #[must_use]
    pub fn stage(&self) -> &str {
        match self {
            Self::Http => "$default",
            Self::Rest { stage } => stage,
        }
    }

    /// Returns whether this is a REST API.
    #[must_use]
    pub fn is_rest(&self) -> bool {
        matches!(self, Self::Rest { .. })
    }

    /// What a path starts with before the route's own path: the stage of a REST API, or nothing.
    #[must_use]
    pub fn path_prefix(&self) -> String {
        match self {
            Self::Http => String::new(),
            Self::Rest { stage } => format!("/{stage}"),
        }
    }

    /// Removes the stage from a path. Returns `None` if the path is not within the stage.
    pub(crate) fn path_in_stage<'a>(&self, path: &'a str) -> Option<&'a str> {
        let Self::Rest { stage } = self else {
            return Some(path);
        };
        let rest = path.strip_prefix('/')?.strip_prefix(stage.as_str())?;
        match rest {
            "" => Some("/"),
            rest => rest.starts_with('/').then_some(rest),
        }
    }
}

impl fmt::Display for Api {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Http => f.write_str("HTTP API"),
            Self::Rest { stage } => write!(f, "REST API, stage {stage}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Api;

    #[test]
    fn removes_the_stage_of_a_rest_api() {
        let rest = Api::Rest {
            stage: "prod".to_owned(),
        };
        for (path, expected) in [
            ("/prod/orders/1", Some("/orders/1")),
            ("/prod", Some("/")),
            ("/prod/", Some("/")),
            ("/production/orders", None),
            ("/orders", None),
            ("/", None),
        ] {
            assert_eq!(rest.path_in_stage(path), expected, "{path}");
        }
        assert_eq!(Api::Http.path_in_stage("/orders"), Some("/orders"));
        assert_eq!((Api::Http.stage(), rest.stage()), ("$default", "prod"));
    }
}
