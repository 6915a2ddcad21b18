//! Authorizers, in SAM's form and as `AWS::ApiGateway::Authorizer`.

use super::super::api::{Authorizer, AuthorizerKind, Issuer};
use super::super::error::{TemplateError, problem};
use super::super::node::Node;
use super::super::values::logical_id;
use super::reader::Reader;

impl Reader<'_> {
    pub(super) fn authorizer(
        &mut self,
        id: &str,
        node: &Node,
    ) -> Result<Authorizer, TemplateError> {
        // Required for the Lambda authorizer of an HTTP API, and unknown to the others.
        let payload_format = node.text("AuthorizerPayloadFormatVersion")?;
        let declared = node.text("Type")?.or(node.text("FunctionPayloadType")?);
        let kind = match declared.as_deref() {
            _ if node.at("JwtConfiguration")?.is_some() => "JWT",
            _ if node.at("UserPoolArn")?.is_some() => "COGNITO_USER_POOLS",
            Some(kind) => kind,
            None if payload_format.is_some() => "REQUEST",
            None => "TOKEN",
        };
        let mut identity_sources = sources(node, payload_format.is_some())?;
        if identity_sources.is_empty() && ["TOKEN", "COGNITO_USER_POOLS"].contains(&kind) {
            let header = node.text("Identity/Header")?;
            let header = header.as_deref().unwrap_or("Authorization");
            identity_sources.push(format!("method.request.header.{header}"));
        }
        let kind = match kind {
            "JWT" => self.jwt(id, node)?,
            "COGNITO_USER_POOLS" => AuthorizerKind::Cognito,
            "TOKEN" | "REQUEST" => {
                let uri = node
                    .text("AuthorizerUri")?
                    .map_or_else(|| node.required("FunctionArn"), Ok)?;
                let ttl = node.parsed("AuthorizerResultTtlInSeconds")?;
                AuthorizerKind::Lambda {
                    function: logical_id(&uri).map(str::to_owned),
                    payload_type: kind.to_owned(),
                    payload_format,
                    simple_responses: node.parsed("EnableSimpleResponses")?.unwrap_or_default(),
                    ttl_seconds: ttl.or(node.parsed("Identity/ReauthorizeEvery")?),
                }
            }
            other => return problem(node.line, format!("`{other}` is not a type of authorizer")),
        };
        Ok(Authorizer {
            id: id.to_owned(),
            name: node.text("Name")?.unwrap_or_else(|| id.to_owned()),
            line: node.line,
            identity_sources,
            scopes: node.texts("AuthorizationScopes")?,
            kind,
        })
    }

    fn jwt(&mut self, id: &str, node: &Node) -> Result<AuthorizerKind, TemplateError> {
        let mut issuers = Vec::new();
        for item in node.items("JwtConfiguration/Issuers")? {
            self.report_unknown(id, item)?;
            let (issuer, audiences) = (item.required("Issuer")?, item.texts("Audiences")?);
            issuers.push(Issuer { issuer, audiences });
        }
        if let Some(issuer) = node.text("JwtConfiguration/issuer")? {
            let audiences = node.texts("JwtConfiguration/audience")?;
            issuers.push(Issuer { issuer, audiences });
        }
        let algorithms = node.texts("JwtConfiguration/DefaultAlgorithms")?;
        Ok(AuthorizerKind::Jwt {
            issuers,
            algorithms,
        })
    }
}

/// The identity sources, as API Gateway writes them.
fn sources(node: &Node, is_http: bool) -> Result<Vec<String>, TemplateError> {
    let declared = node.texts("IdentitySource")?.join(",");
    let declared = declared.split(',').map(|source| source.trim().to_owned());
    let mut sources: Vec<_> = declared.filter(|source| !source.is_empty()).collect();
    let (request, other) = if is_http {
        ("$request.", "$")
    } else {
        ("method.request.", "")
    };
    for (key, prefix) in [
        ("Headers", format!("{request}header")),
        ("QueryStrings", format!("{request}querystring")),
        ("Context", format!("{other}context")),
        ("StageVariables", format!("{other}stageVariables")),
    ] {
        let names = node.texts(&format!("Identity/{key}"))?;
        sources.extend(names.iter().map(|name| format!("{prefix}.{name}")));
    }
    Ok(sources)
}
