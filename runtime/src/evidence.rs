//! FIND: all that a requirement is decided on.

use crate::authorizer::{Authorizer, Claims, GatewayEvent};
use crate::clock::Clock;
use crate::path_parameters::PathParameters;
use crate::token::{Bound, Payload};

/// What a requirement is decided on.
pub struct Evidence<'a> {
    pub(crate) claims: Claims<'a>,
    /// What a claim may have to be equal to; no claim is read from there.
    pub(crate) path: PathParameters<'a>,
    pub(crate) clock: Clock,
    /// Whether a claim that is ambiguous would be exact if the event had the token.
    pub(crate) token_would_tell: bool,
}

impl Evidence<'_> {
    /// Finds it in an event: the claims, with the token that they were rendered from where the
    /// event still has it. Handed to a function, since the payload that claims are read from is
    /// decoded here and nowhere kept.
    pub(crate) fn find<E: GatewayEvent + ?Sized, T>(
        event: &E,
        clock: Clock,
        with: impl FnOnce(&Evidence<'_>) -> T,
    ) -> T {
        let Authorizer {
            claims,
            authorization,
        } = event.authorizer();
        let is_rendered = claims.are_rendered();
        let payload = is_rendered.then(|| Payload::of(authorization));
        let payload = payload.flatten();
        let bound = payload
            .as_ref()
            .and_then(|payload| Bound::new(claims, payload));
        with(&Evidence {
            claims: bound.as_ref().map_or(claims, Claims::Bound),
            path: event.path_parameters(),
            clock,
            token_would_tell: is_rendered && bound.is_none() && authorization.counts(),
        })
    }
}
