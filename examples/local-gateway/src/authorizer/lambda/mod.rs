//! A Lambda authorizer: a function that decides about requests, with a cache for its results.
//!
//! - REST APIs: <https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-use-lambda-authorizer.html>
//! - HTTP APIs: <https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-lambda-authorizer.html>

mod cache;
mod config;
mod event;
mod policy;
mod result;

use std::time::{Duration, Instant};

use axum::body::Bytes;
use serde_json::Value;
use tokio::sync::Mutex;

use self::cache::Cache;
pub use self::config::{AuthorizerType, LambdaAuthorizer};
use self::result::{Decision, Verdict};
use super::{AuthorizationError, Identity};
use crate::event::{Format, IncomingRequest};
use crate::identifier;
use crate::workers::{InvokeError, Invoker};

/// How long an HTTP API waits for an authorizer. A REST API waits as long as for any function.
/// <https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html>
const HTTP_TIMEOUT: Duration = Duration::from_secs(10);

/// A Lambda authorizer that is ready to decide.
#[derive(Debug)]
pub(crate) struct Authorizer {
    config: LambdaAuthorizer,
    invoker: Invoker,
    cache: Mutex<Cache>,
}

impl Authorizer {
    pub(crate) fn new(config: LambdaAuthorizer, invoker: Invoker) -> Self {
        let cache = Mutex::new(Cache::new(config.cache_ttl));
        Self {
            config,
            invoker,
            cache,
        }
    }

    /// Decides about a request, with a cached result if there is one.
    pub(crate) async fn check(
        &self,
        request: &IncomingRequest<'_>,
        format: Format,
    ) -> Result<Identity, AuthorizationError> {
        let sources = self.config.identity_sources.iter();
        let identity =
            sources.map(|source| source.value(request.headers, request.query, request.route));
        let identity: Vec<String> = identity
            .collect::<Option<_>>()
            .ok_or(AuthorizationError::MissingIdentity)?;
        let cached = self.cache.lock().await.get(&identity, Instant::now());
        let verdict = if let Some(verdict) = cached {
            verdict
        } else {
            let verdict = self.invoke(request, format, &identity).await?;
            let mut cache = self.cache.lock().await;
            cache.insert(identity, verdict.clone(), Instant::now());
            verdict
        };
        let arn = event::method_arn(request);
        match verdict.decide(&arn) {
            Decision::Allowed => Ok(Identity::Lambda {
                principal: verdict.principal,
                context: verdict.context,
            }),
            Decision::Denied { explicit } => Err(AuthorizationError::Denied { explicit }),
        }
    }

    async fn invoke(
        &self,
        request: &IncomingRequest<'_>,
        format: Format,
        identity: &[String],
    ) -> Result<Verdict, AuthorizationError> {
        let event = event::event(&self.config, request, format, identity);
        let invoked = self.invoker.invoke(
            Bytes::from(event.to_string()),
            identifier::trace_id(request.time),
        );
        let outcome = if format == Format::Rest {
            invoked.await
        } else {
            let outcome = tokio::time::timeout(HTTP_TIMEOUT, invoked).await;
            outcome.unwrap_or(Err(InvokeError::TimedOut))
        };
        let json = outcome.map_err(|error| match error {
            InvokeError::FunctionError(reason) if is_unauthorized(&reason) => {
                AuthorizationError::Unauthorized
            }
            InvokeError::TimedOut => {
                AuthorizationError::Failed("it did not respond in time".to_owned())
            }
            InvokeError::Unavailable(reason) => AuthorizationError::Unavailable(reason),
            InvokeError::FunctionError(reason) | InvokeError::ProcessLost(reason) => {
                AuthorizationError::Failed(reason)
            }
        })?;
        Verdict::parse(&json, self.config.simple_responses, format == Format::Rest)
            .map_err(AuthorizationError::Failed)
    }
}

/// Returns whether the function's error has the only message that API Gateway answers with 401.
fn is_unauthorized(error: &str) -> bool {
    serde_json::from_str::<Value>(error).is_ok_and(|error| {
        error.get("errorMessage").and_then(Value::as_str) == Some("Unauthorized")
    })
}

#[cfg(test)]
mod tests {
    use super::is_unauthorized;

    #[test]
    fn only_the_exact_message_is_unauthorized() {
        assert!(is_unauthorized(
            r#"{"errorType":"E","errorMessage":"Unauthorized"}"#
        ));
        for other in [
            r#"{"errorMessage":"unauthorized"}"#,
            r#"{"errorMessage":"Unauthorized: expired"}"#,
            r#"{"errorType":"Unauthorized"}"#,
            "Unauthorized",
        ] {
            assert!(!is_unauthorized(other), "{other}");
        }
    }
}
