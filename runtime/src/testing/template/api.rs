//! An API of a template, as plain data.

/// An API and its routes.
///
/// ```
/// use require_claims::testing::template::{ApiKind, Template};
///
/// let template = Template::parse(
///     "
/// Resources:
///   Api:
///     Type: AWS::Serverless::HttpApi
///     Properties: {CorsConfiguration: {AllowOrigins: [https://app.example.com]}}
/// ",
///     "template.yaml",
/// )?;
/// let stack = template.stack()?;
/// assert_eq!(stack.apis[0].kind, ApiKind::Http);
/// assert_eq!(stack.apis[0].stage, "$default");
/// assert_eq!(stack.apis[0].cors.as_ref().unwrap().allow_origins, ["https://app.example.com"]);
/// # Ok::<(), require_claims::testing::template::TemplateError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Api {
    /// The logical id, or SAM's name for the API of events that name none: `ServerlessHttpApi` or `ServerlessRestApi`.
    pub id: String,
    /// The line of the logical id, if the template has it.
    pub line: usize,
    /// HTTP or REST.
    pub kind: ApiKind,
    /// The name of the stage.
    pub stage: String,
    /// The authorizers.
    pub authorizers: Vec<Authorizer>,
    /// The routes, in the order of the template.
    pub routes: Vec<Route>,
    /// CORS, if it is configured for the whole API. Routes with a [`Target::Mock`] also answer preflight requests.
    pub cors: Option<Cors>,
    /// The gateway's own responses that the template changes.
    pub gateway_responses: Vec<GatewayResponse>,
}

impl Api {
    /// The authorizer of a route, or `None` if the route has none.
    ///
    /// ```
    /// use require_claims::testing::template::Template;
    ///
    /// let stack = Template::parse(
    ///     "
    /// Resources:
    ///   Function:
    ///     Type: AWS::Serverless::Function
    ///     Properties: {Events: {Health: {Type: HttpApi, Properties: {Method: GET, Path: /health}}}}
    /// ",
    ///     "template.yaml",
    /// )?
    /// .stack()?;
    /// let api = &stack.apis[0];
    /// assert_eq!(api.authorizer(&api.routes[0]), None);
    /// # Ok::<(), require_claims::testing::template::TemplateError>(())
    /// ```
    #[must_use]
    pub fn authorizer(&self, route: &Route) -> Option<&Authorizer> {
        let id = route.authorizer.as_ref()?;
        self.authorizers
            .iter()
            .find(|authorizer| authorizer.id == *id)
    }
}

/// The kind of an API.
///
/// ```
/// use require_claims::testing::template::ApiKind;
///
/// assert_ne!(ApiKind::Http, ApiKind::Rest);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ApiKind {
    /// `AWS::Serverless::HttpApi`.
    Http,
    /// `AWS::Serverless::Api` or `AWS::ApiGateway::RestApi`.
    Rest,
}

/// A route: a method and a path of an API.
///
/// ```
/// use require_claims::testing::template::{EventFormat, Target, Template};
///
/// let stack = Template::parse(
///     "
/// Resources:
///   Function:
///     Type: AWS::Serverless::Function
///     Properties: {Events: {Health: {Type: HttpApi, Properties: {Method: get, Path: /health}}}}
/// ",
///     "template.yaml",
/// )?
/// .stack()?;
/// let route = &stack.apis[0].routes[0];
/// assert_eq!(route.to_string(), "GET /health");
/// assert_eq!(route.target, Target::Function("Function".to_owned()));
/// assert_eq!(route.format, EventFormat::HttpApi2);
/// # Ok::<(), require_claims::testing::template::TemplateError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Route {
    /// The method in upper case, or `ANY`.
    pub method: String,
    /// The path, such as `/orders/{id}`, or `$default`.
    pub path: String,
    /// The line of its event or method.
    pub line: usize,
    /// What answers its requests.
    pub target: Target,
    /// The [id](Authorizer::id) of its authorizer.
    pub authorizer: Option<String>,
    /// The scopes of which a token needs at least one, if there are any.
    pub scopes: Vec<String>,
    /// The format of its events.
    pub format: EventFormat,
}

impl std::fmt::Display for Route {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.path.as_str() {
            "$default" => f.write_str("$default"),
            path => write!(f, "{} {path}", self.method),
        }
    }
}

/// What answers the requests of a route.
///
/// ```
/// use require_claims::testing::template::Target;
///
/// let target = Target::Function("OrdersFunction".to_owned());
/// assert_ne!(target, Target::Mock { status: 200, headers: Vec::new() });
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// The function with this logical id.
    Function(String),
    /// A REST API itself, such as for a preflight request.
    Mock {
        /// The status.
        status: u16,
        /// The headers.
        headers: Vec<(String, String)>,
    },
}

/// The format of a route's events.
///
/// ```
/// use require_claims::testing::template::EventFormat;
///
/// assert_ne!(EventFormat::HttpApi2, EventFormat::HttpApi1);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum EventFormat {
    /// An HTTP API with payload format 2.0.
    HttpApi2,
    /// An HTTP API with payload format 1.0.
    HttpApi1,
    /// A REST API.
    Rest,
}

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
/// let authorizer = &stack.apis[0].authorizers[0];
/// assert_eq!(authorizer.identity_sources, ["$request.header.Authorization"]);
/// let AuthorizerKind::Jwt { issuers, .. } = &authorizer.kind else { panic!() };
/// assert_eq!(issuers[0].audiences, ["jwtAuthorizers"]);
/// # Ok::<(), require_claims::testing::template::TemplateError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Authorizer {
    /// The name that routes refer to: the logical id of a resource of its own.
    pub id: String,
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
/// assert_ne!(AuthorizerKind::Iam, AuthorizerKind::Cognito);
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
    /// IAM, which passes no claims.
    Iam,
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
/// let AuthorizerKind::Jwt { issuers, .. } = &stack.apis[0].authorizers[0].kind else { panic!() };
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

/// A response of a REST API itself that the template changes.
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
/// let response = &stack.apis[0].gateway_responses[0];
/// assert_eq!(response.response_type, "DEFAULT_4XX");
/// assert_eq!(response.headers, [("Access-Control-Allow-Origin".to_owned(), "*".to_owned())]);
/// # Ok::<(), require_claims::testing::template::TemplateError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct GatewayResponse {
    /// The type, such as `UNAUTHORIZED` or `DEFAULT_4XX`.
    pub response_type: String,
    /// The line of the type.
    pub line: usize,
    /// The status, if the template changes it.
    pub status: Option<u16>,
    /// The headers that are added.
    pub headers: Vec<(String, String)>,
}
