//! Authorizers, in SAM's form and as `AWS::ApiGateway::Authorizer`.

use super::{ApiKind, Node, Result, bail, logical_id};

/// An authorizer.
///
/// ```
/// use require_claims::testing::template::{AuthorizerKind, Template};
///
/// let stack = Template::parse(
///     "
/// Resources:
///   Api:
///     Type: AWS::Serverless::HttpApi
///     Properties:
///       Auth:
///         Authorizers:
///           SuperTokens:
///             IdentitySource: $request.header.Authorization
///             JwtConfiguration: {issuer: https://api.example.com/auth, audience: [jwtAuthorizers]}
/// ",
///     "template.yaml",
/// )?
/// .stack()?;
/// let authorizer = &stack.apis[0].authorizers["SuperTokens"];
/// assert_eq!(authorizer.identity_sources, ["$request.header.Authorization"]);
/// let AuthorizerKind::Jwt { issuers, .. } = &authorizer.kind else { panic!() };
/// assert_eq!(issuers[0].audiences, ["jwtAuthorizers"]);
/// # Ok::<(), require_claims::testing::template::TemplateError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Authorizer {
    /// The name.
    pub name: String,
    /// The line of the id.
    pub line: usize,
    /// Where it finds the token, such as `$request.header.Authorization` or `method.request.header.Authorization`.
    pub identity_sources: Vec<String>,
    /// The scopes of its routes that name none.
    pub scopes: Vec<String>,
    /// The kind.
    pub kind: AuthorizerKind,
}

/// The kind of an authorizer.
///
/// ```
/// use require_claims::testing::template::AuthorizerKind;
///
/// let kind = AuthorizerKind::Jwt { issuers: Vec::new(), algorithms: Vec::new() };
/// assert_ne!(kind, AuthorizerKind::Cognito);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum AuthorizerKind {
    /// A JWT authorizer.
    Jwt {
        /// The issuers. An HTTP API has one.
        issuers: Vec<Issuer>,
        /// The algorithms of a REST API's authorizer, such as `RS256`.
        algorithms: Vec<String>,
    },
    /// A Lambda authorizer.
    Lambda {
        /// The logical id of its function, or `None` if it is not in this template.
        function: Option<String>,
        /// `TOKEN` or `REQUEST`.
        payload_type: String,
        /// `1.0` or `2.0`, for an HTTP API.
        payload_format: Option<String>,
        /// Whether it answers with `isAuthorized` instead of a policy.
        simple_responses: bool,
        /// For how many seconds its results are cached, or `None` for the API's default.
        ttl_seconds: Option<u64>,
    },
    /// A Cognito user pool authorizer.
    Cognito,
}

/// An issuer that a JWT authorizer accepts.
///
/// ```
/// # use require_claims::testing::template::{AuthorizerKind, Template};
/// let template = "
/// Resources:
///   Api:
///     Type: AWS::Serverless::HttpApi
///     Properties: {Auth: {Authorizers: {Jwt: {JwtConfiguration: {issuer: https://a, audience: [b]}}}}}
/// ";
/// let stack = Template::parse(template, "template.yaml")?.stack()?;
/// let AuthorizerKind::Jwt { issuers, .. } = &stack.apis[0].authorizers["Jwt"].kind else { panic!() };
/// assert_eq!(issuers[0].issuer, "https://a");
/// # Ok::<(), require_claims::testing::template::TemplateError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Issuer {
    /// The issuer, equal to `iss` of its tokens.
    pub issuer: String,
    /// The audiences of which a token needs one.
    pub audiences: Vec<String>,
}

impl Authorizer {
    pub(super) fn read(id: &str, api: ApiKind, node: &mut Node) -> Result<Self> {
        let declared = node.text("Type")?.or(node.text("FunctionPayloadType")?);
        let kind = match declared.as_deref() {
            _ if !node.at("JwtConfiguration")?.is_missing() => "JWT",
            _ if !node.at("UserPoolArn")?.is_missing() => "COGNITO_USER_POOLS",
            None if api == ApiKind::Http => "REQUEST",
            None => "TOKEN",
            Some(kind) => kind,
        };
        let mut identity_sources = identity_sources(api, node)?;
        if identity_sources.is_empty() && ["TOKEN", "COGNITO_USER_POOLS"].contains(&kind) {
            identity_sources.push("method.request.header.Authorization".to_owned());
        }
        let kind = match kind {
            "JWT" => AuthorizerKind::Jwt {
                issuers: issuers(api, node)?,
                algorithms: node.texts("JwtConfiguration/DefaultAlgorithms")?,
            },
            "COGNITO_USER_POOLS" => AuthorizerKind::Cognito,
            "TOKEN" | "REQUEST" => {
                let uri = node.text("FunctionArn")?.or(node.text("AuthorizerUri")?);
                let ttl = node.parsed("AuthorizerResultTtlInSeconds")?;
                AuthorizerKind::Lambda {
                    function: uri.as_deref().and_then(logical_id).map(str::to_owned),
                    payload_type: kind.to_owned(),
                    payload_format: node.text("AuthorizerPayloadFormatVersion")?,
                    simple_responses: node.parsed("EnableSimpleResponses")? == Some(true),
                    ttl_seconds: ttl.or(node.parsed("Identity/ReauthorizeEvery")?),
                }
            }
            other => bail!(node.line => "`{other}` is not a type of authorizer"),
        };
        Ok(Self {
            name: node.text("Name")?.unwrap_or_else(|| id.to_owned()),
            line: node.line,
            identity_sources,
            scopes: node.texts("AuthorizationScopes")?,
            kind,
        })
    }
}

/// The issuers. An HTTP API's authorizer has one.
fn issuers(api: ApiKind, node: &mut Node) -> Result<Vec<Issuer>> {
    let (path, issuer, audiences) = match api {
        ApiKind::Http => ("JwtConfiguration", "issuer", "audience"),
        ApiKind::Rest => ("JwtConfiguration/Issuers", "Issuer", "Audiences"),
    };
    let mut issuers = Vec::new();
    for node in node.items(path)? {
        let (issuer, audiences) = (node.required(issuer)?, node.texts(audiences)?);
        issuers.push(Issuer { issuer, audiences });
    }
    Ok(issuers)
}

/// The identity sources, as API Gateway writes them.
fn identity_sources(api: ApiKind, node: &mut Node) -> Result<Vec<String>> {
    let declared = node.texts("IdentitySource")?;
    let declared = declared.iter().flat_map(|text| text.split(','));
    let mut sources: Vec<_> = declared.map(|source| source.trim().to_owned()).collect();
    let (request, other) = match api {
        ApiKind::Http => ("$request.", "$"),
        ApiKind::Rest => ("method.request.", ""),
    };
    for (key, prefix, name) in [
        ("Header", request, "header"),
        ("Headers", request, "header"),
        ("QueryStrings", request, "querystring"),
        ("Context", other, "context"),
        ("StageVariables", other, "stageVariables"),
    ] {
        for source in node.texts(&format!("Identity/{key}"))? {
            sources.push(format!("{prefix}{name}.{source}"));
        }
    }
    Ok(sources)
}
