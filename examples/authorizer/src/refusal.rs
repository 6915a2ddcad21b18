//! Why a request is not allowed, and its log event.

use lambda_runtime::Diagnostic;

/// The longest logged part of a `kid`, which anyone can choose. Real ids are shorter.
const MAX_LOGGED_KID: usize = 64;

/// A request that is not allowed. Nothing in it is personal, except for the principal, which is not logged.
#[derive(Debug)]
pub(crate) struct Refusal {
    pub(crate) kind: Kind,
    reason: &'static str,
    kid: Option<String>,
}

/// What the client receives.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// 401: another token may be accepted.
    Unauthorized,
    /// 403: the token is valid, but it is not for this API.
    Denied { principal: String },
    /// 500: the authorizer cannot decide.
    Failed,
}

impl Refusal {
    pub(crate) fn unauthorized(reason: &'static str) -> Self {
        Self::new(Kind::Unauthorized, reason)
    }

    pub(crate) fn denied(principal: String, reason: &'static str) -> Self {
        Self::new(Kind::Denied { principal }, reason)
    }

    pub(crate) fn failed(reason: &'static str) -> Self {
        Self::new(Kind::Failed, reason)
    }

    fn new(kind: Kind, reason: &'static str) -> Self {
        Self {
            kind,
            reason,
            kid: None,
        }
    }

    /// Adds the id of the token's key to the log event.
    pub(crate) fn with_kid(mut self, kid: &str) -> Self {
        self.kid = Some(kid.chars().take(MAX_LOGGED_KID).collect());
        self
    }

    pub(crate) fn log(&self) {
        let (reason, kid) = (self.reason, self.kid.as_deref());
        match self.kind {
            Kind::Unauthorized => tracing::info!(reason, kid, "unauthorized"),
            Kind::Denied { .. } => tracing::info!(reason, kid, "denied"),
            Kind::Failed => tracing::error!(reason, kid, "failed"),
        }
    }

    /// The error that Lambda returns to API Gateway. Only the exact message `Unauthorized` becomes a 401:
    /// <https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-use-lambda-authorizer.html>
    pub(crate) fn into_error(self) -> Diagnostic {
        let error_message = match self.kind {
            Kind::Unauthorized => "Unauthorized",
            Kind::Denied { .. } | Kind::Failed => self.reason,
        };
        Diagnostic {
            error_type: "AuthorizerError".to_owned(),
            error_message: error_message.to_owned(),
        }
    }
}
