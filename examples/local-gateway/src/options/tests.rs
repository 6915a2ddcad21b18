//! Tests of the options and the settings that they result in.

use std::path::Path;
use std::time::Duration;

use clap::{CommandFactory as _, Parser as _};
use local_gateway::authorizer::jwt::JwtAuthorizer;
use local_gateway::authorizer::lambda::{AuthorizerType, LambdaAuthorizer};
use local_gateway::config::AuthorizerConfig;
use local_gateway::identity_source::IdentitySource;
use local_gateway::keys::KeyCache;
use local_gateway::routes::Routes;
use local_gateway::{Api, Config, PayloadFormat};
use require_claims::testing::render::Numbers;

use super::{Options, set_example};

/// The settings for these arguments, or the error.
fn try_config(arguments: &[&str]) -> Result<Config, String> {
    let words = ["local-gateway"].iter().chain(arguments);
    Options::parse_from(words).config()
}

fn config(arguments: &[&str]) -> Config {
    try_config(arguments).unwrap()
}

fn jwt(config: &Config) -> &JwtAuthorizer {
    match &config.authorizers["jwt"] {
        AuthorizerConfig::Jwt(jwt) => jwt,
        AuthorizerConfig::Lambda(_) => panic!("a Lambda authorizer"),
    }
}

/// The path of a program: this one.
fn program() -> String {
    std::env::current_exe()
        .unwrap()
        .to_str()
        .unwrap()
        .to_owned()
}

/// The key, function and scopes of each route.
fn routes(config: &Config) -> Vec<(&str, &str, Option<&[String]>)> {
    let routes = config.routes.iter();
    routes
        .map(|route| {
            let scopes = route.authorization().map(|a| a.scopes.as_slice());
            (route.key(), route.function(), scopes)
        })
        .collect()
}

#[test]
fn defines_consistent_options() {
    Options::command().debug_assert();
}

#[test]
fn adds_an_authorizer_to_routes_but_not_to_public_routes() {
    let config = config(&[
        "--route",
        "GET /a",
        "--public-route",
        "GET /b",
        "--route",
        "GET /c read all",
        "--route",
        "$default",
    ]);
    let scopes = ["read".to_owned(), "all".to_owned()];
    let expected: [(&str, &str, Option<&[String]>); 4] = [
        ("GET /a", "orders", Some(&[])),
        ("GET /c", "orders", Some(&scopes)),
        ("GET /b", "orders", None),
        ("$default", "orders", Some(&[])),
    ];
    assert_eq!(routes(&config), expected);
}

#[test]
fn rejects_a_route_that_the_built_in_issuer_hides() {
    for route in [
        "GET /auth/token/admin",
        "ANY /auth/token/{proxy+}",
        "GET /auth/jwt/jwks.json",
        "GET /.well-known/openid-configuration",
    ] {
        for option in ["--route", "--public-route"] {
            let error = try_config(&["--route", "GET /a", option, route]).unwrap_err();
            let expected = format!("the route `{route}` can never be reached");
            assert!(error.starts_with(&expected), "{error}");
            let issuer = ["--issuer", "https://issuer.test", "--audience", "a"];
            assert!(try_config(&[&[option, route][..], &issuer].concat()).is_ok());
            assert!(try_config(&[option, route, "--api", "rest"]).is_ok());
        }
    }
    for route in [
        "GET /auth",
        "GET /auth/login",
        "ANY /auth/{proxy+}",
        "GET /authors/{id}",
        "ANY /{proxy+}",
        "$default",
    ] {
        assert!(try_config(&["--route", route]).is_ok());
    }
}

#[test]
fn rejects_two_routes_for_the_same_requests() {
    let error = try_config(&["--route", "GET /a/{x}", "--public-route", "GET /a/{y}"]);
    assert!(error.unwrap_err().contains("match the same requests"));
}

#[test]
fn uses_orders_and_its_routes_by_default() {
    let mut config = config(&[]);
    set_example(&mut config, "program".into());
    let function = &config.functions["orders"];
    assert_eq!(function.program, Path::new("program"));
    assert!(function.arguments.is_empty());
    let keys = |routes: &Routes| {
        routes
            .iter()
            .map(|r| r.key().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(keys(&config.routes), keys(&Routes::for_orders()));
    assert_eq!((config.port, config.workers), (3000, 2));
    assert_eq!(config.timeout, Duration::from_secs(10));
    assert_eq!(config.payload, PayloadFormat::V2);
    assert_eq!(config.numbers, Numbers::Float64);
    assert_eq!(config.key_cache, KeyCache::FetchUnknown);
    assert_eq!(config.api, Api::Http);
    assert!(config.built_in_issuer);
    let jwt = jwt(&config);
    assert_eq!(jwt.identity_source, IdentitySource::default());
    assert_eq!(jwt.issuers[0].url, None);
    assert_eq!(jwt.issuers[0].audiences, ["orders"]);
}

#[test]
fn applies_every_option() {
    let config = config(&[
        "--port=4000",
        "--workers=5",
        "--timeout=7",
        "--payload=1.0",
        "--numbers=as-written",
        "--issuer=https://issuer.test",
        "--audience=a",
        "--audience=b",
        "--api=rest",
        "--stage=dev",
        "--identity-source=$request.header.X-Token",
        "--strict-key-cache",
        &format!("--function=custom={}", program()),
        "--",
        "--flag",
        "value",
    ]);
    assert_eq!((config.port, config.workers), (4000, 5));
    assert_eq!(config.timeout, Duration::from_secs(7));
    assert_eq!(config.payload, PayloadFormat::V1);
    assert_eq!(config.numbers, Numbers::AsWritten);
    assert_eq!(config.key_cache, KeyCache::Strict);
    let stage = "dev".to_owned();
    assert_eq!(config.api, Api::Rest { stage });
    assert!(!config.built_in_issuer);
    let jwt = jwt(&config);
    assert_eq!(jwt.issuers[0].url.as_deref(), Some("https://issuer.test"));
    assert_eq!(jwt.issuers[0].audiences, ["a", "b"]);
    assert_eq!(
        jwt.identity_source,
        "$request.header.X-Token".parse().unwrap()
    );
    assert_eq!(config.functions["custom"].arguments, ["--flag", "value"]);
    assert!(
        routes(&config)
            .iter()
            .all(|(_, function, _)| *function == "custom")
    );
}

#[test]
fn runs_several_functions_each_with_its_variables() {
    let (a, b) = (format!("a={}", program()), format!("b={}", program()));
    let functions = ["--function", &a, "--function", &b];
    let more = [
        "--route",
        "GET /b function=b",
        "--public-route",
        "GET /a",
        "--env",
        "ALL=1",
        "--env",
        "b:ONLY=2",
    ];
    let config = config(&[&functions[..], &more].concat());
    assert_eq!(
        routes(&config),
        [("GET /b", "b", Some(&[][..])), ("GET /a", "a", None)]
    );
    let names = |function: &str| {
        let variables = config.functions[function].environment.iter();
        variables.map(|(name, _)| name.clone()).collect::<Vec<_>>()
    };
    assert_eq!(
        (names("a"), names("b")),
        (
            vec!["ALL".to_owned()],
            vec!["ALL".to_owned(), "ONLY".to_owned()]
        )
    );

    let error = try_config(&["--function", &a, "--function", &a]).unwrap_err();
    assert!(
        error.starts_with("two functions have the name `a`"),
        "{error}"
    );
    let error = try_config(&["--env", "x:A=1"]).unwrap_err();
    assert!(
        error.contains("the function `x`, which does not exist"),
        "{error}"
    );
}

#[test]
fn a_lambda_authorizer_decides_instead_of_the_jwt_authorizer() {
    let program = program();
    let config = config(&[
        "--authorizer",
        &program,
        "--authorizer-type",
        "token",
        "--authorizer-ttl",
        "60",
        "--api",
        "rest",
    ]);
    let expected = LambdaAuthorizer {
        kind: AuthorizerType::Token,
        cache_ttl: Duration::from_secs(60),
        ..LambdaAuthorizer::new("authorizer")
    };
    assert_eq!(
        config.authorizers["jwt"],
        AuthorizerConfig::Lambda(expected)
    );
    assert_eq!(config.functions["authorizer"].program, Path::new(&program));
    assert_eq!(config.audiences, ["orders"]);
}
