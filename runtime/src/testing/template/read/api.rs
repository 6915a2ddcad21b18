//! APIs, with their CORS configuration and their gateway responses.

use super::super::api::{Api, ApiKind, Authorizer, AuthorizerKind, Cors, GatewayResponse, Route};
use super::super::error::{TemplateError, problem};
use super::super::node::{Node, Value, unquoted};
use super::reader::{Reader, Resource};

impl Reader<'_> {
    pub(super) fn add_api(&mut self, resource: &Resource) -> Result<(), TemplateError> {
        let (id, line, properties) = (&resource.id, resource.line, &resource.properties);
        let (kind, stage, cors) = match resource.kind.as_str() {
            "Serverless::HttpApi" => (ApiKind::Http, "$default", "CorsConfiguration"),
            _ => (ApiKind::Rest, "", "Cors"),
        };
        let mut api = Api {
            id: id.clone(),
            line,
            kind,
            stage: properties
                .text("StageName")?
                .unwrap_or_else(|| stage.to_owned()),
            authorizers: Vec::new(),
            routes: Vec::new(),
            cors: properties.at(cors)?.map(read_cors).transpose()?,
            gateway_responses: Vec::new(),
        };
        for (name, node) in properties.entries("Auth/Authorizers")? {
            self.report_unknown(id, node)?;
            api.add_authorizer(self.authorizer(name, node)?)?;
        }
        for (name, node) in properties.entries("GatewayResponses")? {
            api.gateway_responses.push(response(name, node)?);
        }
        if let Some(auth) = properties.at("Auth")? {
            self.report_unknown(id, auth)?;
            if let Some(name) = auth.text("DefaultAuthorizer")? {
                api.check_authorizer(&name, auth.line)?;
                let needs = auth.parsed("AddDefaultAuthorizerToCorsPreflight")?;
                if let (ApiKind::Rest, Some(cors)) = (kind, &mut api.cors) {
                    cors.authorizer = needs.unwrap_or(true).then(|| name.clone());
                }
                self.defaults.insert(id.clone(), name);
            }
        }
        self.stack.apis.push(api);
        Ok(())
    }
}

fn read_cors(node: &Node) -> Result<Cors, TemplateError> {
    let list = |path| -> Result<Vec<String>, TemplateError> {
        let texts = node.texts(path)?;
        let names = texts.iter().flat_map(|text| unquoted(text).split(','));
        Ok(names.map(|name| name.trim().to_owned()).collect())
    };
    if let Value::Text(origin) = &node.value {
        let allow_origins = if origin == "true" {
            vec!["*".to_owned()]
        } else {
            list("")?
        };
        return Ok(Cors {
            allow_origins,
            ..Cors::default()
        });
    }
    Ok(Cors {
        allow_origins: [list("AllowOrigins")?, list("AllowOrigin")?].concat(),
        allow_methods: list("AllowMethods")?,
        allow_headers: list("AllowHeaders")?,
        expose_headers: list("ExposeHeaders")?,
        allow_credentials: node.parsed("AllowCredentials")?.unwrap_or_default(),
        max_age: node.parsed("MaxAge")?,
        authorizer: None,
    })
}

pub(super) fn response(name: &str, node: &Node) -> Result<GatewayResponse, TemplateError> {
    Ok(GatewayResponse {
        response_type: name.to_owned(),
        line: node.line,
        status: node.parsed("StatusCode")?,
        headers: headers(node)?,
    })
}

/// The headers of a response, in SAM's form and in API Gateway's: `gatewayresponse.header.NAME`.
pub(super) fn headers(response: &Node) -> Result<Vec<(String, String)>, TemplateError> {
    let sam = response.entries("ResponseParameters/Headers")?;
    let written_out = response.entries("ResponseParameters")?.iter();
    let written_out = written_out.filter(|(key, _)| key.contains(".header."));
    let header = |(key, value): &(String, Node)| {
        let name = key.rsplit('.').next().unwrap_or_default();
        Ok((name.to_owned(), unquoted(&value.required("")?).to_owned()))
    };
    sam.iter().chain(written_out).map(header).collect()
}

impl Api {
    pub(super) fn add_authorizer(&mut self, authorizer: Authorizer) -> Result<(), TemplateError> {
        let mut others = self.authorizers.iter();
        if let Some(other) = others.find(|other| other.name == authorizer.name) {
            let Authorizer { name, line, .. } = other;
            let message = format!("the authorizer `{name}` is defined twice, first in line {line}");
            return problem(authorizer.line, message);
        }
        self.authorizers.push(authorizer);
        Ok(())
    }

    /// Checks that the API has this authorizer. `AWS_IAM` needs no definition.
    pub(super) fn check_authorizer(&mut self, id: &str, line: usize) -> Result<(), TemplateError> {
        if self
            .authorizers
            .iter()
            .any(|authorizer| authorizer.id == id)
        {
            return Ok(());
        }
        if id != "AWS_IAM" {
            let api = &self.id;
            return problem(line, format!("`{id}` is not an authorizer of `{api}`"));
        }
        self.authorizers.push(Authorizer {
            id: id.to_owned(),
            name: id.to_owned(),
            line,
            identity_sources: Vec::new(),
            scopes: Vec::new(),
            kind: AuthorizerKind::Iam,
        });
        Ok(())
    }

    pub(super) fn add_route(&mut self, mut route: Route) -> Result<(), TemplateError> {
        if let Some(id) = &route.authorizer {
            self.check_authorizer(id, route.line)?;
        }
        if let (Some(authorizer), true) = (self.authorizer(&route), route.scopes.is_empty()) {
            route.scopes.clone_from(&authorizer.scopes);
        }
        let (key, mut others) = (shape(&route), self.routes.iter());
        if let Some(other) = others.find(|other| shape(other) == key) {
            let message = format!(
                "`{route}` is the same route as `{other}` in line {}",
                other.line
            );
            return problem(route.line, message);
        }
        self.routes.push(route);
        Ok(())
    }
}

/// A route without the names of its parameters.
fn shape(route: &Route) -> String {
    let segments = route
        .path
        .split('/')
        .map(|segment| match segment.strip_prefix('{') {
            Some(name) if name.ends_with("+}") => "{+}",
            Some(_) => "{}",
            None => segment,
        });
    let path = segments.collect::<Vec<_>>().join("/");
    format!("{} {path}", route.method)
}
