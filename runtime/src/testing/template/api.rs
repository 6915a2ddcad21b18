//! APIs.

use std::collections::BTreeMap;

use super::{Authorizer, Cors, Node, Response, Result, Route, bail};

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
    /// The logical id.
    pub id: String,
    /// The line of the logical id.
    pub line: usize,
    /// HTTP or REST.
    pub kind: ApiKind,
    /// The name of the stage.
    pub stage: String,
    /// The authorizers, by the name that routes refer to. For an `AWS::ApiGateway::Authorizer`, it is the logical id.
    pub authorizers: BTreeMap<String, Authorizer>,
    /// The name of the authorizer of all routes that name none.
    default_authorizer: Option<String>,
    /// The routes, in the order of the template.
    pub routes: Vec<Route>,
    /// CORS, if it is configured for the whole API. Routes with a [`Target::Mock`](super::Target::Mock) also answer
    /// preflight requests.
    pub cors: Option<Cors>,
    /// The gateway's own responses that the template changes, by their type, such as `UNAUTHORIZED` or `DEFAULT_4XX`.
    pub gateway_responses: Vec<(String, Response)>,
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

impl Api {
    /// The authorizer of a route, or `None` if the route has none.
    ///
    /// ```
    /// use require_claims::testing::template::Template;
    ///
    /// let stack = Template::parse(
    ///     "
    /// Resources:
    ///   Api: {Type: AWS::Serverless::HttpApi}
    ///   Function:
    ///     Type: AWS::Serverless::Function
    ///     Properties: {Events: {Health: {Type: HttpApi, Properties: {ApiId: !Ref Api, Method: GET, Path: /health}}}}
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
        self.authorizers.get(route.authorizer.as_ref()?)
    }
}

impl Api {
    pub(super) fn read(id: &str, kind: ApiKind, node: &mut Node) -> Result<Self> {
        let (stage, cors) = match kind {
            ApiKind::Http => ("$default", "CorsConfiguration"),
            ApiKind::Rest => ("", "Cors"),
        };
        let mut api = Self {
            id: id.to_owned(),
            line: node.line,
            kind,
            stage: node.text("StageName")?.unwrap_or(stage.to_owned()),
            authorizers: BTreeMap::new(),
            default_authorizer: node.text("Auth/DefaultAuthorizer")?,
            routes: Vec::new(),
            cors: Cors::read(node.at(cors)?)?,
            gateway_responses: Vec::new(),
        };
        for (name, node) in node.entries("Auth/Authorizers")? {
            api.add_authorizer(name, Authorizer::read(name, kind, node)?)?;
        }
        for (name, node) in node.entries("GatewayResponses")? {
            let response = Response::read(node)?;
            api.gateway_responses.push((name.clone(), response));
        }
        match &api.default_authorizer {
            Some(id) if !api.authorizers.contains_key(id) => {
                bail!(node.at("Auth")?.line => "`{id}` is not an authorizer of `{}`", api.id)
            }
            _ => {}
        }
        let needed = node.parsed("Auth/AddDefaultAuthorizerToCorsPreflight")?;
        if kind == ApiKind::Rest
            && needed != Some(false)
            && let Some(cors) = &mut api.cors
        {
            cors.authorizer.clone_from(&api.default_authorizer);
        }
        Ok(api)
    }

    pub(super) fn add_authorizer(&mut self, id: &str, authorizer: Authorizer) -> Result<()> {
        let Authorizer { name, line, .. } = &authorizer;
        if let Some(other) = self.authorizers.values().find(|other| other.name == *name) {
            bail!(line => "the authorizer `{name}` is defined twice, first in line {}", other.line);
        }
        self.authorizers.insert(id.to_owned(), authorizer);
        Ok(())
    }

    pub(super) fn add_route(&mut self, mut route: Route) -> Result<()> {
        let authorizer = route.authorizer.or(self.default_authorizer.clone());
        route.authorizer = authorizer.filter(|id| id != "NONE");
        match (&route.authorizer, self.authorizer(&route)) {
            (Some(id), None) => bail!(route.line => "`{id}` is not an authorizer of `{}`", self.id),
            (_, Some(authorizer)) if route.scopes.is_empty() => {
                route.scopes.clone_from(&authorizer.scopes);
            }
            _ => {}
        }
        let shape = route.shape();
        if let Some(other) = self.routes.iter().find(|other| other.shape() == shape) {
            bail!(route.line => "`{route}` is the same route as `{other}` in line {}", other.line);
        }
        self.routes.push(route);
        Ok(())
    }
}
