//! The plain data of this repository's templates.

use require_claims::testing::template::{
    ApiKind, AuthorizerKind, Response, Stack, Target, Template,
};

use crate::{line, parse, path};

const ISSUER: &str = "https://api.example.com/auth";

fn stack(name: &str) -> Stack {
    let template = Template::read(path(name))
        .unwrap()
        .with_parameter("Issuer", ISSUER);
    let stack = template.stack().unwrap();
    assert_eq!(stack.unsupported, []);
    stack
}

/// Each route of the function, with its authorizer.
fn routes(stack: &Stack) -> Vec<(String, Option<&str>)> {
    let api = &stack.apis[0];
    let target = Target::Function("OrdersFunction".to_owned());
    let routes = api.routes.iter().filter(|route| route.target == target);
    let authorizer = |route| {
        api.authorizer(route)
            .map(|authorizer| authorizer.name.as_str())
    };
    routes
        .map(|route| (route.to_string(), authorizer(route)))
        .collect()
}

#[test]
fn all_templates_have_the_routes_of_the_example() {
    let authorizer = Some("SuperTokens");
    for name in [
        "template.yaml",
        "template-rest-jwt.yaml",
        "template-rest-lambda.yaml",
    ] {
        let expected = [
            ("GET /health", None),
            ("GET /orders", authorizer),
            ("POST /orders", authorizer),
            ("DELETE /orders/{id}", authorizer),
            ("GET /reports/daily", authorizer),
        ];
        let stack = stack(name);
        let expected = expected.map(|(route, authorizer)| (route.to_owned(), authorizer));
        assert_eq!(routes(&stack), expected, "{name}");

        let function = stack
            .functions
            .iter()
            .find(|function| function.id == "OrdersFunction")
            .unwrap();
        assert_eq!(function.binary.as_deref(), Some("orders"));
        assert_eq!(function.build_method.as_deref(), Some("rust-cargolambda"));
        assert_eq!(function.code_uri.as_deref(), Some("../.."));
        assert_eq!(function.handler.as_deref(), Some("bootstrap"));
        assert_eq!(function.runtime.as_deref(), Some("provided.al2023"));
        assert_eq!(function.timeout, Some(10));
    }
}

#[test]
fn reads_the_http_api() {
    let stack = stack("template.yaml");
    let [api] = stack.apis.as_slice() else {
        panic!("{:#?}", stack.apis)
    };
    assert_eq!((api.kind, api.stage.as_str()), (ApiKind::Http, "$default"));
    assert!(api.routes.iter().all(|route| !route.is_payload_1_0));
    assert_eq!(api.routes[0].line, line("template.yaml", "Health:"));

    let authorizer = &api.authorizers["SuperTokens"];
    assert_eq!(
        authorizer.identity_sources,
        ["$request.header.Authorization"]
    );
    let AuthorizerKind::Jwt { issuers, .. } = &authorizer.kind else {
        panic!("{authorizer:?}")
    };
    assert_eq!(issuers[0].issuer, ISSUER);
    assert_eq!(issuers[0].audiences, ["jwtAuthorizers"]);

    let cors = api.cors.as_ref().unwrap();
    assert_eq!(cors.allow_origins, ["http://localhost:3000"]);
    assert_eq!(cors.allow_methods, ["GET", "POST", "PUT", "DELETE"]);
    assert_eq!(
        cors.allow_headers.join(" "),
        "content-type authorization rid fdi-version anti-csrf st-auth-mode"
    );
    assert_eq!(
        cors.expose_headers.join(" "),
        "front-token st-access-token st-refresh-token anti-csrf"
    );
    assert!(cors.allow_credentials && cors.authorizer.is_none());
    assert_eq!(cors.max_age, Some(600));
    assert_eq!(stack.functions[0].environment["RUST_LOG"], "info");
}

#[test]
fn reads_the_functions_for_node() {
    let sdk = Template::read(path("template-rest-sdk.yaml")).unwrap();
    for (stack, id, module) in [
        (stack("template.yaml"), "AuthFunction", "handler"),
        (sdk.stack().unwrap(), "AuthFunction", "handler"),
        (sdk.stack().unwrap(), "AuthorizerFunction", "authorizer"),
    ] {
        assert_eq!(stack.unsupported, []);
        let mut functions = stack.functions.iter();
        let function = functions.find(|function| function.id == id).unwrap();
        assert_eq!(function.build_method.as_deref(), Some("esbuild"));
        assert_eq!(function.entry_points, [format!("src/{module}.ts")]);
        assert_eq!(function.code_uri.as_deref(), Some("backend"));
        let handler = format!("{module}.handler");
        assert_eq!(function.handler.as_deref(), Some(handler.as_str()));
        assert_eq!(function.runtime.as_deref(), Some("nodejs22.x"));
    }
}

#[test]
fn reads_the_rest_api_with_a_lambda_authorizer() {
    let stack = stack("template-rest-lambda.yaml");
    let api = &stack.apis[0];
    assert_eq!((api.kind, api.stage.as_str()), (ApiKind::Rest, "prod"));
    assert!(api.routes.iter().all(|route| !route.is_payload_1_0));

    let authorizer = &api.authorizers["SuperTokens"];
    assert_eq!(
        authorizer.identity_sources,
        ["method.request.header.Authorization"]
    );
    let expected = AuthorizerKind::Lambda {
        function: Some("AuthorizerFunction".to_owned()),
        payload_type: "REQUEST".to_owned(),
        payload_format: None,
        simple_responses: false,
        ttl_seconds: Some(60),
    };
    assert_eq!(authorizer.kind, expected);

    let cors = api.cors.as_ref().unwrap();
    assert_eq!(cors.allow_origins, ["http://localhost:3000"]);
    assert_eq!(cors.allow_methods, ["GET", "POST", "DELETE"]);
    assert_eq!(cors.max_age, Some(600));
    assert!(cors.allow_credentials && cors.authorizer.is_none());

    let responses: Vec<_> = api
        .gateway_responses
        .iter()
        .map(|(kind, _)| kind.as_str())
        .collect();
    assert_eq!(responses, ["DEFAULT_4XX", "DEFAULT_5XX"]);
    let origin = (
        "Access-Control-Allow-Origin".to_owned(),
        "http://localhost:3000".to_owned(),
    );
    assert_eq!(api.gateway_responses[0].1.headers[0], origin);

    let authorizer = stack
        .functions
        .iter()
        .find(|function| function.id == "AuthorizerFunction")
        .unwrap();
    assert_eq!(authorizer.environment["ISSUER"], ISSUER);
    assert_eq!(authorizer.environment["AUDIENCE"], "jwtAuthorizers");
}

#[test]
fn reads_the_rest_api_that_is_written_out() {
    let stack = stack("template-rest-jwt.yaml");
    let api = &stack.apis[0];
    assert_eq!((api.kind, api.stage.as_str()), (ApiKind::Rest, "prod"));
    let authorizer = &api.authorizers["SuperTokens"];
    let AuthorizerKind::Jwt {
        issuers,
        algorithms,
    } = &authorizer.kind
    else {
        panic!("{authorizer:?}")
    };
    assert_eq!(
        (
            issuers[0].issuer.as_str(),
            issuers[0].audiences.join(" ").as_str()
        ),
        (ISSUER, "jwtAuthorizers")
    );
    assert_eq!(algorithms, &["RS256"]);
    assert_eq!(
        authorizer.identity_sources,
        ["method.request.header.Authorization"]
    );

    let preflight = api
        .routes
        .iter()
        .find(|route| route.to_string() == "OPTIONS /orders")
        .unwrap();
    let Target::Mock(Response {
        status, headers, ..
    }) = &preflight.target
    else {
        panic!("{preflight:?}")
    };
    assert_eq!(*status, Some(200));
    assert_eq!(headers.len(), 5);
    assert!(headers.contains(&(
        "Access-Control-Allow-Methods".to_owned(),
        "GET,POST".to_owned()
    )));
    assert_eq!(api.gateway_responses.len(), 2);
    assert_eq!(
        api.gateway_responses[0].1.headers[1],
        (
            "Access-Control-Allow-Credentials".to_owned(),
            "true".to_owned()
        )
    );
}

#[test]
fn reads_every_kind_of_authorizer() {
    let stack = parse("
Resources:
  Function: {Type: AWS::Serverless::Function}
  Http:
    Type: AWS::Serverless::HttpApi
    Properties:
      Auth:
        Authorizers:
          Lambda:
            AuthorizerPayloadFormatVersion: '2.0'
            EnableSimpleResponses: true
            FunctionArn: !GetAtt Function.Arn
            Identity: {Headers: [Authorization], QueryStrings: [t], Context: [c], StageVariables: [s], ReauthorizeEvery: 5}
          Scopes:
            AuthorizationScopes: [a, b]
            IdentitySource: $request.header.Authorization
            JwtConfiguration: {issuer: https://a, audience: b}
  Rest:
    Type: AWS::Serverless::Api
    Properties:
      StageName: prod
      Auth:
        DefaultAuthorizer: Token
        Authorizers:
          Token: {FunctionArn: !GetAtt Function.Arn}
          Pool: {UserPoolArn: !Sub 'arn:x', Identity: {Header: X}}
      Cors: {AllowOrigin: \"'*'\"}
  WrittenOut: {Type: AWS::ApiGateway::RestApi}
  Request:
    Type: AWS::ApiGateway::Authorizer
    Properties:
      RestApiId: !Ref WrittenOut
      Name: request
      Type: REQUEST
      AuthorizerUri: !Sub arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Function.Arn}/invocations
      IdentitySource: method.request.header.A, context.b
      AuthorizerResultTtlInSeconds: 0
");
    assert_eq!(stack.unsupported, []);
    let lambda = |payload_type: &str,
                  payload_format: Option<&str>,
                  simple_responses,
                  ttl_seconds| AuthorizerKind::Lambda {
        function: Some("Function".to_owned()),
        payload_type: payload_type.to_owned(),
        payload_format: payload_format.map(str::to_owned),
        simple_responses,
        ttl_seconds,
    };
    let [http, rest, written_out] = stack.apis.as_slice() else {
        panic!("{:#?}", stack.apis)
    };
    assert_eq!(
        http.authorizers["Lambda"].kind,
        lambda("REQUEST", Some("2.0"), true, Some(5))
    );
    assert_eq!(
        http.authorizers["Lambda"].identity_sources,
        [
            "$request.header.Authorization",
            "$request.querystring.t",
            "$context.c",
            "$stageVariables.s"
        ]
    );
    assert_eq!(http.authorizers["Scopes"].scopes, ["a", "b"]);
    assert_eq!(
        rest.authorizers["Token"].kind,
        lambda("TOKEN", None, false, None)
    );
    assert_eq!(
        rest.authorizers["Token"].identity_sources,
        ["method.request.header.Authorization"]
    );
    assert_eq!(rest.authorizers["Pool"].kind, AuthorizerKind::Cognito);
    assert_eq!(
        rest.authorizers["Pool"].identity_sources,
        ["method.request.header.X"]
    );
    let cors = rest.cors.as_ref().unwrap();
    assert_eq!(cors.authorizer.as_deref(), Some("Token"), "SAM's default");
    assert_eq!(cors.allow_origins, ["*"]);
    assert_eq!(
        written_out.authorizers["Request"].kind,
        lambda("REQUEST", None, false, Some(0))
    );
    assert_eq!(
        written_out.authorizers["Request"].identity_sources,
        ["method.request.header.A", "context.b"]
    );
}

#[test]
fn reads_scopes_and_the_default_route() {
    let stack = parse("
Resources:
  Api:
    Type: AWS::Serverless::HttpApi
    Properties:
      Auth:
        DefaultAuthorizer: Jwt
        Authorizers:
          Jwt: {AuthorizationScopes: [read], JwtConfiguration: {issuer: a, audience: [b]}}
  F:
    Type: AWS::Serverless::Function
    Properties:
      Events:
        Default: {Type: HttpApi, Properties: {ApiId: !Ref Api}}
        Any: {Type: HttpApi, Properties: {ApiId: !Ref Api, Method: any, Path: /a, PayloadFormatVersion: '1.0'}}
        Write: {Type: HttpApi, Properties: {ApiId: !Ref Api, Method: put, Path: /a, Auth: {AuthorizationScopes: [write]}}}
");
    let routes = &stack.apis[0].routes;
    let names: Vec<_> = routes.iter().map(ToString::to_string).collect();
    assert_eq!(names, ["$default", "ANY /a", "PUT /a"]);
    assert_eq!(routes[0].scopes, ["read"]);
    assert!(routes[1].is_payload_1_0 && !routes[0].is_payload_1_0);
    assert_eq!(routes[2].scopes, ["write"]);
}

#[test]
fn merges_globals_as_sam_does() {
    let stack = parse(
        "
Globals:
  Function:
    Timeout: 3
    Environment: {Variables: {A: global, B: global}}
  HttpApi:
    CorsConfiguration: {AllowMethods: [GET]}
Resources:
  Api: {Type: AWS::Serverless::HttpApi, Properties: {CorsConfiguration: {AllowMethods: [PUT]}}}
  F:
    Type: AWS::Serverless::Function
    Properties: {Timeout: 7, Environment: {Variables: {B: local}}}
",
    );
    assert_eq!(stack.functions[0].timeout, Some(7));
    assert_eq!(stack.functions[0].environment["A"], "global");
    assert_eq!(stack.functions[0].environment["B"], "local");
    assert_eq!(
        stack.apis[0].cors.as_ref().unwrap().allow_methods,
        ["GET", "PUT"]
    );
}

#[test]
fn lists_what_is_not_supported_with_its_line() {
    let stack = parse(
        "
Resources:
  Api:
    Type: AWS::Serverless::HttpApi
    Condition: IsProd
    Properties:
      Domain: {DomainName: a}
      Auth: {Authorizers: {Jwt: {JwtConfiguration: {issuer: a}, Surprise: 1}}}
  F:
    Type: AWS::Serverless::Function
    Properties:
      Environment: {Variables: {A: !If [IsProd, a, b]}}
      Layers: [a]
  Rest: {Type: AWS::ApiGateway::RestApi}
  Get:
    Type: AWS::ApiGateway::Method
    Properties:
      RestApiId: !Ref Rest
      ResourceId: !GetAtt Rest.RootResourceId
      HttpMethod: GET
      Integration:
        Type: MOCK
        ContentHandling: CONVERT_TO_TEXT
        IntegrationResponses: [{StatusCode: 204, SelectionPattern: a}]
",
    );
    let messages: Vec<_> = stack
        .unsupported
        .iter()
        .map(|found| format!("{}: `{}`: {}", found.line, found.resource, found.message))
        .collect();
    let expected = [
        "5: `Api`: `Condition` is not supported, and ignored",
        "7: `Api`: `Domain` is not supported, and ignored",
        "8: `Api`: `Surprise` is not supported, and ignored",
        "12: `F`: `${Fn::If}` is not evaluated",
        "13: `F`: `Layers` is not supported, and ignored",
        "23: `Get`: `ContentHandling` is not supported, and ignored",
        "24: `Get`: `SelectionPattern` is not supported, and ignored",
    ];
    assert_eq!(messages, expected);
    assert_eq!(stack.functions[0].environment["A"], "${Fn::If}");
    assert_eq!(stack.apis[1].routes[0].to_string(), "GET /");
    assert!(stack.unsupported.iter().all(|part| !part.hides_access));
}
