//! The drift test: it passes on the templates of this repository, and each broken copy fails with its own message.

use require_claims::testing::template::Template;

use crate::{changed, line, path};

const TEMPLATES: [&str; 4] = [
    "template.yaml",
    "template-rest-jwt.yaml",
    "template-rest-lambda.yaml",
    "template-rest-sdk.yaml",
];

/// What the drift test reports, without the name of the file and the line of the first finding.
fn messages(template: Template) -> Vec<String> {
    let template = template.public("GET /health");
    let findings = template.findings("OrdersFunction").unwrap();
    findings.iter().map(ToString::to_string).collect()
}

#[track_caller]
fn assert_reports(template: Template, expected: &[&str]) {
    let messages = messages(template);
    assert_eq!(messages.len(), expected.len(), "{messages:#?}");
    for (message, expected) in messages.iter().zip(expected) {
        assert!(message.starts_with(expected), "{message}");
    }
}

#[test]
fn passes_on_the_templates_of_this_repository() {
    for name in TEMPLATES {
        let template = Template::read(path(name)).unwrap();
        template
            .public("GET /health")
            .assert_guarded("OrdersFunction");
    }
}

#[test]
fn reports_a_public_route_that_is_not_declared() {
    for name in TEMPLATES {
        let template = Template::read(path(name)).unwrap();
        let findings = template.findings("OrdersFunction").unwrap();
        assert_eq!(findings.len(), 1, "{findings:#?}");
        assert_eq!(findings[0].route.as_deref(), Some("GET /health"));
    }
}

#[test]
fn reports_a_route_without_an_authorizer() {
    let from = "Path: /orders/{id}\n";
    let to = "Path: /orders/{id}\n            Auth:\n              Authorizer: NONE\n";
    for name in ["template.yaml", "template-rest-lambda.yaml"] {
        let line = line(name, "CancelOrder:");
        let expected = format!("{name}:{line}: DELETE /orders/{{id}} has no authorizer");
        assert_reports(changed(name, from, to), &[&expected]);
    }
    let name = "template-rest-jwt.yaml";
    let from = "AuthorizationType: JWT\n      AuthorizerId: !Ref SuperTokens\n";
    let line = line(name, "  ListOrders:");
    let expected = format!("{name}:{line}: GET /orders has no authorizer");
    assert_reports(
        changed(name, from, "AuthorizationType: NONE\n"),
        &[&expected],
    );
}

#[test]
fn reports_an_api_without_a_default_authorizer() {
    let template = changed(
        "template.yaml",
        "        DefaultAuthorizer: SuperTokens\n",
        "",
    );
    let routes = [
        "GET /orders",
        "POST /orders",
        "DELETE /orders/{id}",
        "GET /reports/daily",
    ];
    let messages = messages(template);
    assert_eq!(messages.len(), routes.len(), "{messages:#?}");
    for (message, route) in messages.iter().zip(routes) {
        assert!(
            message.contains(&format!(": {route} has no authorizer")),
            "{message}"
        );
    }
}

#[test]
fn reports_another_identity_source_unless_the_function_ignores_the_header() {
    for (name, from, to) in [
        (
            "template.yaml",
            "$request.header.Authorization",
            "$request.header.Cookie",
        ),
        (
            "template-rest-jwt.yaml",
            "method.request.header.Authorization",
            "method.request.header.X",
        ),
        (
            "template-rest-lambda.yaml",
            "Default: Authorization",
            "Default: X-Token",
        ),
        (
            "template-rest-lambda.yaml",
            "- !Ref IdentityHeader",
            "- Authorization\n                - Cookie",
        ),
        (
            "template-rest-lambda.yaml",
            "Headers:\n                - !Ref",
            "QueryStrings:\n                - !Ref",
        ),
        // A `REQUEST` authorizer has no default.
        (
            "template-rest-lambda.yaml",
            "              Headers:\n                - !Ref IdentityHeader\n",
            "",
        ),
    ] {
        let messages = messages(changed(name, from, to));
        assert_eq!(messages.len(), 4, "{messages:#?}");
        assert!(
            messages[0].contains(": GET /orders has the identity source `"),
            "{messages:#?}"
        );

        let template = changed(name, from, to).public("GET /health");
        template
            .ignores_authorization_header()
            .assert_guarded("OrdersFunction");
    }
}

#[test]
fn accepts_the_identity_source_in_any_case_and_from_a_parameter() {
    for source in [
        "$request.header.authorization",
        "$request.header.Authorization",
    ] {
        let template = Template::read(path("template.yaml")).unwrap();
        assert_reports(template.with_parameter("IdentitySource", source), &[]);
    }
    let template = Template::read(path("template.yaml")).unwrap();
    let template = template.with_parameter("IdentitySource", "$request.querystring.token");
    assert_eq!(messages(template).len(), 4);
}

#[test]
fn reports_payload_format_1_0_unless_the_handlers_take_lambda_events() {
    let (from, to) = (
        "Path: /orders\n",
        "Path: /orders\n            PayloadFormatVersion: \"1.0\"\n",
    );
    let line = line("template.yaml", "ListOrders:");
    let expected = format!("template.yaml:{line}: GET /orders has payload format 1.0");
    assert_reports(changed("template.yaml", from, to), &[&expected]);

    let template = changed("template.yaml", from, to).takes_lambda_events();
    template
        .public("GET /health")
        .assert_guarded("OrdersFunction");
}

#[test]
fn reports_a_permission_that_is_wider_than_the_api() {
    let name = "template-rest-jwt.yaml";
    let line = line(name, "OrdersPermission:");
    let expected =
        format!("{name}:{line}: the permission `OrdersPermission` lets more than this API");
    for (from, to) in [
        ("${AWS::AccountId}:${Api}/*", "${AWS::AccountId}:*"),
        ("${AWS::AccountId}:${Api}/*", "${AWS::AccountId}:${Api}*"),
        (
            "${AWS::AccountId}:${Api}/*",
            "${AWS::AccountId}:*/prod/GET/orders",
        ),
        (
            "${AWS::AccountId}:${Api}/*",
            "${AWS::AccountId}:${OrdersFunction}/*",
        ),
        (
            "execute-api:${AWS::Region}:${AWS::AccountId}:${Api}/*",
            "execute-api:*",
        ),
        ("      SourceArn:", "      SourceAccount:"),
        ("Principal: apigateway.amazonaws.com", "Principal: \"*\""),
        (
            "Principal: apigateway.amazonaws.com",
            "Principal: events.amazonaws.com",
        ),
    ] {
        assert_reports(changed(name, from, to), &[&expected]);
    }
}

#[test]
fn reports_a_permission_for_a_function_that_it_does_not_name() {
    let permission = "\n  Other:\n    Type: AWS::Lambda::Permission\n    Properties:\n      Action: lambda:InvokeFunction\n      FunctionName: orders-prod\n      Principal: \"*\"\n\nOutputs:";
    let template = changed("template.yaml", "\nOutputs:", permission);
    let line = line("template.yaml", "Outputs:");
    let expected = format!("template.yaml:{line}: the permission `Other` lets more");
    assert_reports(template, &[&expected]);

    let permission = permission.replace("orders-prod", "!Ref Another");
    let another = "\n  Another:\n    Type: AWS::Serverless::Function\n";
    let template = changed(
        "template.yaml",
        "\nOutputs:",
        &format!("{another}{permission}"),
    );
    assert_reports(template, &[]);
}

#[test]
fn reports_other_ways_to_reach_the_function() {
    let cases = [
        (
            "Health:",
            "        Rule: {Type: IoTRule, Properties: {Sql: x}}",
            "`OrdersFunction`: `Rule` is not supported, and may invoke a function",
        ),
        (
            "CodeUri:",
            "      FunctionUrlConfig: {AuthType: NONE}",
            "`OrdersFunction`: `FunctionUrlConfig` is not supported",
        ),
        (
            "CorsConfiguration:",
            "      DefinitionUri: openapi.yaml",
            "`Api`: `DefinitionUri` is not supported",
        ),
        (
            "  OrdersFunction:",
            "  Route: {Type: AWS::ApiGatewayV2::Route}",
            "`Route`: `Route` is not supported, and may invoke a function",
        ),
    ];
    for (before, inserted, expected) in cases {
        let line = line("template.yaml", before);
        let text = std::fs::read_to_string(path("template.yaml")).unwrap();
        let mut lines: Vec<_> = text.lines().collect();
        lines.insert(line - 1, inserted);
        let template = Template::parse(&lines.join("\n"), "template.yaml").unwrap();
        assert_reports(template, &[&format!("template.yaml:{line}: {expected}")]);
    }
}

#[test]
fn reports_a_method_whose_function_is_unknown() {
    let name = "template-rest-jwt.yaml";
    let line = line(name, "  Health:");
    let expected =
        format!("{name}:{line}: `Health`: `Health` is not supported, and may invoke a function");
    let missing = format!(
        "{name}:{}: GET /health is declared",
        crate::line(name, "  OrdersFunction:")
    );
    for (from, to) in [
        ("${OrdersFunction.Arn}/invocations", "orders/invocations"),
        ("Type: AWS_PROXY", "Type: HTTP_PROXY"),
    ] {
        assert_reports(changed(name, from, to), &[&missing, &expected]);
    }
}

#[test]
fn reports_what_reaches_the_function_by_another_name() {
    let name = "template-rest-jwt.yaml";
    let alias = "  Live:\n    Type: AWS::Lambda::Alias\n    Properties: {FunctionName: !Ref OrdersFunction}\n\nOutputs:";
    // A route through the alias.
    let text = std::fs::read_to_string(path(name)).unwrap();
    let text = text.replacen("Outputs:", alias, 1);
    let template = text.replacen(
        "${OrdersFunction.Arn}/invocations",
        "${Live}/invocations",
        1,
    );
    let messages = messages(Template::parse(&template, name).unwrap());
    let expected = "`Health`: `Health` is not supported, and may invoke a function";
    assert!(messages[1].ends_with(expected), "{messages:#?}");

    // A permission for the alias, and for a name that is not evaluated.
    for function in ["!Ref Live", "!ImportValue name", "!Select [0, [a]]"] {
        let other = format!("FunctionName: {function}\n      Principal: '*'");
        let template = text.replacen(
            "FunctionName: !Ref OrdersFunction\n      Principal: apigateway.amazonaws.com",
            &other,
            1,
        );
        let template = Template::parse(&template, name).unwrap();
        let line = line(name, "OrdersPermission:");
        let expected = format!("{name}:{line}: the permission `OrdersPermission` lets more");
        assert_reports(template, &[&expected]);
    }
}

#[test]
fn does_not_report_what_concerns_another_function() {
    let other = "\n  Worker:\n    Type: AWS::Serverless::Function\n    Properties:\n      Events:\n        Queue: {Type: SQS, Properties: {Queue: q}}\n        Open: {Type: HttpApi, Properties: {ApiId: !Ref Api, Method: GET, Path: /open, Auth: {Authorizer: NONE}}}\n  Table:\n    Type: AWS::DynamoDB::Table\n    Properties: {TableName: !Select [0, [a]]}\n\nOutputs:";
    assert_reports(changed("template.yaml", "\nOutputs:", other), &[]);
}

#[test]
fn reports_a_public_route_that_does_not_exist() {
    let template = Template::read(path("template.yaml"))
        .unwrap()
        .public("GET /heatlh");
    let messages = messages(template);
    assert_eq!(messages.len(), 1, "{messages:#?}");
    assert!(messages[0].contains(": GET /heatlh is declared as public, but not a route of"));
}

#[test]
fn reports_a_function_without_routes() {
    let template = Template::read(path("template-rest-lambda.yaml")).unwrap();
    let findings = template.findings("AuthorizerFunction").unwrap();
    assert_eq!(findings[0].message, "`AuthorizerFunction` has no route");
}

#[test]
#[should_panic(expected = "`orders` is not a function of this template")]
fn fails_for_an_unknown_function() {
    Template::read(path("template.yaml"))
        .unwrap()
        .assert_guarded("orders");
}

#[test]
#[should_panic(expected = "GET /health has no authorizer")]
fn panics_like_an_assertion() {
    Template::read(path("template.yaml"))
        .unwrap()
        .assert_guarded("OrdersFunction");
}
