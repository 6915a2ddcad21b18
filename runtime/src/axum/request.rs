//! A request that a router has matched with a route.

use std::collections::HashMap;

use axum::extract::{FromRequestParts as _, RawPathParams};
use futures_util::FutureExt as _;
use http::request::Parts;

use crate::gateway::event::{of_request, sealed};
use crate::gateway::{EventParts, GatewayEvent, PathParameters};
use crate::requirement::{Requirement, path_parameters};

/// The request as the guard sees it.
pub(super) struct MatchedRequest<'a> {
    parts: &'a Parts,
    /// The parameters of the route, decoded, as in `Path`.
    path: HashMap<String, String>,
}

/// The request with the parameters of the route that the router matched, if a requirement needs them.
pub(super) fn matched<'a>(
    parts: &'a mut Parts,
    requirements: &[Requirement<'_>],
) -> MatchedRequest<'a> {
    let mut path = HashMap::new();
    if path_parameters(requirements).is_empty() {
        return MatchedRequest { parts, path };
    }
    // Extracting them does not wait for anything.
    let found = RawPathParams::from_request_parts(parts, &()).now_or_never();
    let mut repeated = Vec::new();
    for (name, value) in found.iter().flatten().flatten() {
        if path.insert(name.to_owned(), value.to_owned()).is_some() {
            repeated.push(name.to_owned());
        }
    }
    // If nested routers have parameters of the same name, it is unknown which one is meant.
    path.retain(|name, _| !repeated.contains(name));
    MatchedRequest { parts, path }
}

impl GatewayEvent for MatchedRequest<'_> {}
impl sealed::Sealed for MatchedRequest<'_> {
    fn parts(&self) -> EventParts<'_> {
        let path = PathParameters::Event(&self.path);
        let parts = of_request(&self.parts.extensions, &self.parts.headers, path);
        let (claims, _) = parts.context;
        EventParts {
            context: (claims, false),
            ..parts
        }
    }
}
