//! The settings of a Lambda authorizer.

use std::time::Duration;

use crate::event::PayloadFormat;
use crate::identity_source::IdentitySource;

/// The longest time for which API Gateway caches a result.
const MAX_TTL: Duration = Duration::from_secs(3600);

/// The settings of a Lambda authorizer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LambdaAuthorizer {
    /// The name of the function that decides.
    pub function: String,
    /// The type of the authorizer.
    pub kind: AuthorizerType,
    /// The payload format of an HTTP API. (A REST API has only one.)
    pub payload: PayloadFormat,
    /// Whether the function of an HTTP API answers with `isAuthorized` instead of a policy.
    pub simple_responses: bool,
    /// What identifies the caller. A request without one of them is rejected, and results are cached by them.
    pub identity_sources: Vec<IdentitySource>,
    /// How long a result is cached; zero disables the cache.
    pub cache_ttl: Duration,
}

/// The type of a Lambda authorizer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AuthorizerType {
    /// The function receives the whole request, except for its body.
    Request,
    /// The function receives one header. Only REST APIs have this type.
    Token,
}

impl LambdaAuthorizer {
    /// An authorizer of type `REQUEST` with the `Authorization` header as its identity source and without a cache.
    #[must_use]
    pub fn new(function: impl Into<String>) -> Self {
        Self {
            function: function.into(),
            kind: AuthorizerType::Request,
            payload: PayloadFormat::V2,
            simple_responses: false,
            identity_sources: vec![IdentitySource::default()],
            cache_ttl: Duration::ZERO,
        }
    }

    /// Checks the rules that this kind of API has for Lambda authorizers.
    pub(crate) fn check(&self, is_rest: bool) -> Result<(), String> {
        if self.kind == AuthorizerType::Token {
            if !is_rest {
                return Err("only a REST API has authorizers of type TOKEN; use REQUEST".to_owned());
            }
            if !matches!(
                self.identity_sources.as_slice(),
                [IdentitySource::Header(_)]
            ) {
                return Err("an authorizer of type TOKEN needs exactly one header".to_owned());
            }
        }
        if self.simple_responses && (is_rest || self.payload != PayloadFormat::V2) {
            return Err("only payload format 2.0 of an HTTP API has simple responses".to_owned());
        }
        if is_rest && self.identity_sources.contains(&IdentitySource::RouteKey) {
            return Err("a REST API does not support `$context.routeKey`".to_owned());
        }
        if self.cache_ttl > MAX_TTL {
            return Err(format!(
                "results are cached for at most {} seconds",
                MAX_TTL.as_secs()
            ));
        }
        if !self.cache_ttl.is_zero() && self.identity_sources.is_empty() {
            return Err(
                "the cache needs an identity source; add one, or set the TTL to 0".to_owned(),
            );
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{AuthorizerType, LambdaAuthorizer};
    use crate::event::PayloadFormat;
    use crate::identity_source::IdentitySource;

    #[test]
    fn each_kind_of_api_has_its_rules() {
        let change = |change: fn(&mut LambdaAuthorizer)| {
            let mut config = LambdaAuthorizer::new("a");
            change(&mut config);
            [config.check(false).is_ok(), config.check(true).is_ok()]
        };
        assert_eq!(change(|_| {}), [true, true]);
        assert_eq!(change(|a| a.kind = AuthorizerType::Token), [false, true]);
        assert_eq!(change(|a| a.simple_responses = true), [true, false]);
        assert_eq!(
            change(|a| {
                a.simple_responses = true;
                a.payload = PayloadFormat::V1;
            }),
            [false, false]
        );
        assert_eq!(
            change(|a| a.identity_sources = vec![IdentitySource::RouteKey]),
            [true, false]
        );
        assert_eq!(
            change(|a| a.cache_ttl = Duration::from_secs(3601)),
            [false, false]
        );
        let without_source = |a: &mut LambdaAuthorizer| a.identity_sources.clear();
        assert_eq!(change(without_source), [true, true]);
        assert_eq!(
            change(|a| {
                a.identity_sources.clear();
                a.cache_ttl = Duration::from_secs(1);
            }),
            [false, false]
        );
        assert_eq!(
            change(|a| {
                a.kind = AuthorizerType::Token;
                a.identity_sources = vec![IdentitySource::Query("t".to_owned())];
            }),
            [false, false]
        );
    }
}
