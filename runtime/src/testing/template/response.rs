//! Responses of the gateway itself: to preflight requests, and its errors.

use super::{Node, Result, unquoted};

/// How an API answers browsers of other origins.
///
/// ```
/// # use require_claims::testing::template::Template;
/// let template = "
/// Resources:
///   Api:
///     Type: AWS::Serverless::Api
///     Properties: {StageName: prod, Cors: {AllowOrigin: \"'https://app.example.com'\"}}
/// ";
/// let stack = Template::parse(template, "template.yaml")?.stack()?;
/// assert_eq!(stack.apis[0].cors.as_ref().unwrap().allow_origins, ["https://app.example.com"]);
/// # Ok::<(), require_claims::testing::template::TemplateError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Cors {
    /// The origins, or `*`.
    pub allow_origins: Vec<String>,
    /// The methods, or none for those of each path of a REST API.
    pub allow_methods: Vec<String>,
    /// The request headers.
    pub allow_headers: Vec<String>,
    /// The response headers that scripts may read. An HTTP API only.
    pub expose_headers: Vec<String>,
    /// Whether requests may have credentials.
    pub allow_credentials: bool,
    /// For how many seconds browsers may cache the answer to a preflight request.
    pub max_age: Option<u64>,
    /// The authorizer that a preflight request needs: the default one, unless
    /// `AddDefaultAuthorizerToCorsPreflight` is false. A REST API only.
    pub authorizer: Option<String>,
}

/// A response of a REST API itself: an error, or the answer of a mock.
///
/// ```
/// # use require_claims::testing::template::Template;
/// let template = "
/// Resources:
///   Api:
///     Type: AWS::Serverless::Api
///     Properties:
///       StageName: prod
///       GatewayResponses:
///         DEFAULT_4XX: {ResponseParameters: {Headers: {Access-Control-Allow-Origin: \"'*'\"}}}
/// ";
/// let stack = Template::parse(template, "template.yaml")?.stack()?;
/// let (kind, response) = &stack.apis[0].gateway_responses[0];
/// assert_eq!((kind.as_str(), response.status), ("DEFAULT_4XX", None));
/// assert_eq!(response.headers, [("Access-Control-Allow-Origin".to_owned(), "*".to_owned())]);
/// # Ok::<(), require_claims::testing::template::TemplateError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Response {
    /// The status, unless the default applies: for a mock, 200.
    pub status: Option<u16>,
    /// The headers that are added.
    pub headers: Vec<(String, String)>,
}

impl Cors {
    pub(super) fn read(node: &mut Node) -> Result<Option<Self>> {
        if node.is_missing() {
            return Ok(None);
        }
        let mut list = |key| -> Result<Vec<String>> {
            let texts = node.texts(key)?;
            let names = texts.iter().flat_map(|text| unquoted(text).split(','));
            Ok(names.map(|name| name.trim().to_owned()).collect())
        };
        Ok(Some(Self {
            allow_origins: [list("AllowOrigins")?, list("AllowOrigin")?].concat(),
            allow_methods: list("AllowMethods")?,
            allow_headers: list("AllowHeaders")?,
            expose_headers: list("ExposeHeaders")?,
            allow_credentials: node.parsed("AllowCredentials")? == Some(true),
            max_age: node.parsed("MaxAge")?,
            authorizer: None,
        }))
    }
}

impl Response {
    /// Reads the headers in SAM's form, and in API Gateway's: `gatewayresponse.header.NAME`.
    pub(super) fn read(node: &mut Node) -> Result<Self> {
        let status = node.parsed("StatusCode")?;
        let mut headers = Vec::new();
        for (key, value) in node.entries("ResponseParameters")? {
            if let Some((_, name)) = key.split_once(".header.") {
                headers.push((name.to_owned(), unquoted(&value.required("")?).to_owned()));
            }
        }
        for (name, value) in node.entries("ResponseParameters/Headers")? {
            headers.push((name.clone(), unquoted(&value.required("")?).to_owned()));
        }
        Ok(Self { status, headers })
    }
}
