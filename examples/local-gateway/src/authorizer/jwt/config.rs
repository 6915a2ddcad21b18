//! The settings of a JWT authorizer.

use jsonwebtoken::Algorithm;

use crate::identity_source::IdentitySource;

/// The settings of a JWT authorizer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JwtAuthorizer {
    /// Where the token is.
    pub identity_source: IdentitySource,
    /// The accepted issuers. An HTTP API's authorizer has exactly one.
    pub issuers: Vec<TrustedIssuer>,
    /// The accepted algorithms: RSA in an HTTP API, RSA and elliptic curves in a REST API.
    pub algorithms: Vec<Algorithm>,
}

/// An issuer whose tokens are accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrustedIssuer {
    /// The issuer's URL, as in the token's `iss`; `None` is the built-in issuer.
    pub url: Option<String>,
    /// The audiences, of which a token must have one.
    pub audiences: Vec<String>,
}

impl TrustedIssuer {
    /// The built-in issuer, with one audience.
    #[must_use]
    pub fn built_in(audience: impl Into<String>) -> Self {
        Self {
            url: None,
            audiences: vec![audience.into()],
        }
    }
}

/// The algorithms of API Gateway for RSA keys. A token cannot choose `none`, or an HMAC algorithm that would use the
/// public key as a shared secret.
pub(crate) const RSA: [Algorithm; 3] = [Algorithm::RS256, Algorithm::RS384, Algorithm::RS512];

/// The algorithms of a REST API for elliptic curves. (This gateway does not support ES512.)
pub(crate) const ELLIPTIC_CURVES: [Algorithm; 2] = [Algorithm::ES256, Algorithm::ES384];

impl JwtAuthorizer {
    /// An authorizer for one issuer, with the token in the `Authorization` header and the algorithms for RSA.
    #[must_use]
    pub fn for_issuer(issuer: TrustedIssuer) -> Self {
        Self {
            identity_source: IdentitySource::default(),
            issuers: vec![issuer],
            algorithms: RSA.to_vec(),
        }
    }

    /// Checks the rules that this kind of API has for JWT authorizers.
    pub(crate) fn check(&self, is_rest: bool) -> Result<(), String> {
        match (&self.identity_source, is_rest) {
            (IdentitySource::Header(_), _) | (IdentitySource::Query(_), false) => {}
            (other, _) => {
                return Err(format!(
                    "its identity source is {other}; a JWT authorizer needs a header{}",
                    if is_rest { "" } else { " or a query parameter" }
                ));
            }
        }
        if self.issuers.is_empty() || (!is_rest && self.issuers.len() > 1) {
            return Err(format!(
                "it has {} issuers; an HTTP API's JWT authorizer has exactly one, a REST API's at least one",
                self.issuers.len()
            ));
        }
        let urls = self.issuers.iter().map(|issuer| &issuer.url);
        if urls.collect::<std::collections::BTreeSet<_>>().len() < self.issuers.len() {
            return Err("it has one issuer twice; list each issuer once".to_owned());
        }
        if self
            .issuers
            .iter()
            .any(|issuer| issuer.audiences.is_empty())
        {
            return Err("an issuer has no audience; add the audience of its tokens".to_owned());
        }
        let is_supported = |algorithm: &Algorithm| {
            RSA.contains(algorithm) || (is_rest && ELLIPTIC_CURVES.contains(algorithm))
        };
        match self
            .algorithms
            .iter()
            .find(|algorithm| !is_supported(algorithm))
        {
            Some(algorithm) => Err(format!("the algorithm {algorithm:?} is not supported")),
            None if self.algorithms.is_empty() => Err("it has no algorithm; add RS256".to_owned()),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use jsonwebtoken::Algorithm;

    use super::{JwtAuthorizer, TrustedIssuer};

    #[test]
    fn each_kind_of_api_has_its_rules() {
        /// Whether an HTTP API and a REST API accept the changed settings.
        fn accepted(change: impl Fn(&mut JwtAuthorizer)) -> [bool; 2] {
            let mut jwt = JwtAuthorizer::for_issuer(TrustedIssuer::built_in("a"));
            change(&mut jwt);
            [jwt.check(false).is_ok(), jwt.check(true).is_ok()]
        }
        let other = TrustedIssuer {
            url: Some("https://other.test".to_owned()),
            audiences: vec!["a".to_owned()],
        };
        let source = |text: &str| {
            let source = text.parse().unwrap();
            accepted(|jwt| jwt.identity_source = Clone::clone(&source))
        };
        assert_eq!(accepted(|_| {}), [true, true]);
        assert_eq!(source("$request.header.X-Token"), [true, true]);
        assert_eq!(source("$request.querystring.token"), [true, false]);
        assert_eq!(source("$context.routeKey"), [false, false]);
        let several = accepted(|jwt| jwt.issuers.push(other.clone()));
        assert_eq!(several, [false, true]);
        let twice = accepted(|jwt| jwt.issuers.push(TrustedIssuer::built_in("b")));
        assert_eq!(twice, [false, false]);
        assert_eq!(accepted(|jwt| jwt.issuers.clear()), [false, false]);
        let without_audience = accepted(|jwt| jwt.issuers[0].audiences.clear());
        assert_eq!(without_audience, [false, false]);
        let algorithm = |algorithm| accepted(|jwt| jwt.algorithms = vec![algorithm]);
        assert_eq!(algorithm(Algorithm::RS512), [true, true]);
        assert_eq!(algorithm(Algorithm::ES256), [false, true]);
        assert_eq!(algorithm(Algorithm::HS256), [false, false]);
        assert_eq!(accepted(|jwt| jwt.algorithms.clear()), [false, false]);
    }
}
