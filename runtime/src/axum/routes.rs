//! The list of a router's routes, with their requirements.

use std::fmt::{self, Display, Formatter};

/// A route of a [`GuardedRouter`](super::GuardedRouter): see [`Routes`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Route {
    /// The method, such as `GET`, or `any`.
    pub method: &'static str,
    /// The path, such as `/orders/{id}`, including the paths of the routers around it.
    pub path: String,
    /// The requirements as written in the attribute; `None` for a public route.
    pub requirements: Option<&'static str>,
}

/// The routes of a [`GuardedRouter`](super::GuardedRouter), in the order in which they were added.
///
/// `Display` writes them as a Markdown table. Keep the table in a file, and compare the two in a test. Then a review
/// shows each change of a requirement.
///
/// ```
/// use axum::routing::get;
/// use require_claims::axum::GuardedRouter;
///
/// let router: GuardedRouter =
///     GuardedRouter::new().public_route("/health", get(|| async { "healthy" }));
/// let route = &router.routes().as_slice()[0];
/// assert_eq!((route.method, &*route.path, route.requirements), ("any", "/health", None));
/// assert_eq!(
///     router.routes().to_string(),
///     "| Method | Path | Requirements |\n|---|---|---|\n| any | `/health` | public |\n"
/// );
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Routes(pub(super) Vec<Route>);

impl Routes {
    /// The routes.
    #[must_use]
    pub fn as_slice(&self) -> &[Route] {
        &self.0
    }

    /// Adds the routes of a router that is nested at this path.
    pub(super) fn nest(&mut self, prefix: &str, nested: Self) {
        let prefix = prefix.trim_end_matches('/');
        self.0.extend(nested.0.into_iter().map(|route| {
            let inner = match &*route.path {
                "/" => "",
                "*" => "/*",
                inner => inner,
            };
            let path = format!("{prefix}{inner}");
            Route { path, ..route }
        }));
    }
}

impl Display for Routes {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        writeln!(formatter, "| Method | Path | Requirements |")?;
        writeln!(formatter, "|---|---|---|")?;
        for Route {
            method,
            path,
            requirements,
        } in &self.0
        {
            let requirements = match requirements {
                // A `|` would end the cell.
                Some(written) => format!("`{}`", written.replace('|', "\\|")),
                None => "public".to_owned(),
            };
            writeln!(formatter, "| {method} | `{path}` | {requirements} |")?;
        }
        Ok(())
    }
}
