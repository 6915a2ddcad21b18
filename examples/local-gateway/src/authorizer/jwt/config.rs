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
