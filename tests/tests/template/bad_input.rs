//! Bad input: each has one message, with the file and the line.

use require_claims::testing::template::Template;

use crate::{changed, error, line, path};

#[track_caller]
fn assert_error(text: &str, expected: &str) {
    assert_eq!(error(text), format!("template.yaml{expected}"));
}

#[test]
fn a_file_that_does_not_exist() {
    let error = Template::read("no-such-file.yaml").unwrap_err();
    assert!(
        error
            .to_string()
            .starts_with("no-such-file.yaml: the template cannot be read: ")
    );
}

#[test]
fn not_yaml() {
    let message = error("Resources:\n  Api: [\n");
    assert!(
        message.starts_with("template.yaml:3: not YAML: "),
        "{message}"
    );
    let message = error("Resources:\n\tApi: x\n");
    assert!(
        message.starts_with("template.yaml:2: not YAML: "),
        "{message}"
    );
    assert_error("", ":1: the template is empty");
    assert_error("just text", ":1: expected a mapping");
    assert_error("[a]", ":1: expected a mapping");
    assert_error("Outputs: {}", ":1: `Resources` is missing");
    assert_error(
        "Resources: {}\n---\nResources: {}",
        ":2: a second document; a template is one",
    );
    assert_error(
        "Resources:\n  A: &a {Type: x}\n  B: *a",
        ":3: aliases are not supported; repeat the value",
    );
    assert_error("Resources:\n  ? [a]\n  : b", ":2: expected a text");
    let deep = format!("Resources: {}{}", "[".repeat(120), "]".repeat(120));
    assert_error(&deep, ":1: more than 100 levels");
    let deeper = format!("Resources: {}", "[".repeat(50_000));
    let message = error(&deeper);
    assert!(message.starts_with("template.yaml:1: "), "{message}");
}

#[test]
fn a_cycle_of_references() {
    assert_error(
        "Resources:\n  A:\n    Type: AWS::Serverless::HttpApi\n    Properties: {Name: !Ref B}\n  B:\n    Type: AWS::ApiGateway::RestApi\n    Properties: {Name: !Sub '${C.Arn}'}\n  C:\n    Type: AWS::SQS::Queue\n    DependsOn: A\n",
        ":2: resources refer to each other in a cycle: `A`, `B`, `C`",
    );
    assert_error(
        "Resources:\n  X: {Type: a, DependsOn: [A]}\n  A:\n    Type: AWS::SQS::Queue\n    Properties:\n      Name: !GetAtt [A, Arn]\n",
        ":3: resources refer to each other in a cycle: `A`",
    );
}

#[test]
fn events_of_a_function_are_no_cycle() {
    let text = "
Resources:
  Api:
    Type: AWS::Serverless::Api
    Properties:
      StageName: prod
      Auth: {Authorizers: {Own: {FunctionArn: !GetAtt Function.Arn}}}
  Function:
    Type: AWS::Serverless::Function
    Properties:
      Events:
        Get: {Type: Api, Properties: {RestApiId: !Ref Api, Method: GET, Path: /, Auth: {Authorizer: Own}}}
";
    assert_eq!(crate::parse(text).apis[0].routes.len(), 1);
}

#[test]
fn an_unknown_function_or_parameter() {
    for reference in [
        "!Ref Oders",
        "!GetAtt Oders.Arn",
        "!GetAtt [Oders, Arn]",
        "!Sub 'x/${Oders.Arn}'",
        "{Ref: Oders}",
    ] {
        let text = format!(
            "Resources:\n  A:\n    Type: AWS::SQS::Queue\n    Properties:\n      Name: {reference}\n"
        );
        assert_error(
            &text,
            ":5: `Oders` is neither a parameter nor a resource of this template",
        );
    }
    assert_error(
        "Resources:\n  A:\n    Type: AWS::SQS::Queue\n    Properties: {Name: !Ref Ab}\n",
        ":4: `Ab` is neither a parameter nor a resource of this template",
    );
    let text = std::fs::read_to_string(path("template-rest-jwt.yaml")).unwrap();
    let text = text.replace(
        "FunctionName: !Ref OrdersFunction",
        "FunctionName: !Ref Oders",
    );
    let text = text.replace(
        "    Description: The issuer",
        "    Default: https://a\n    Description: The issuer",
    );
    let line = 1 + line("template-rest-jwt.yaml", "FunctionName:");
    let expected = "`Oders` is neither a parameter nor a resource of this template";
    assert_error(&text, &format!(":{line}: {expected}"));
}

#[test]
fn names_that_sam_adds_are_known() {
    let text = "Resources:\n  F: {Type: AWS::Serverless::Function}\nOutputs:\n  Role: {Value: !GetAtt FRole.Arn}\n  Region: {Value: !Ref AWS::Region}\n";
    crate::parse(text);
}

#[test]
fn a_parameter_without_a_value() {
    let template = Template::read(path("template.yaml")).unwrap();
    let error = template.stack().unwrap_err();
    let line = line("template.yaml", "  Issuer:");
    let message = error.to_string();
    assert!(
        message.ends_with(&format!(
            ":{line}: the parameter `Issuer` has no default; set its value"
        )),
        "{message}"
    );
    template
        .with_parameter("Issuer", "https://api.example.com/auth")
        .stack()
        .unwrap();
}

#[test]
fn a_value_for_an_unknown_parameter_or_outside_of_the_allowed_ones() {
    let template = Template::read(path("template.yaml"))
        .unwrap()
        .with_parameter("Isuer", "x");
    let message = template.stack().unwrap_err().to_string();
    let parameters = line("template.yaml", "Parameters:");
    assert!(
        message.ends_with(&format!(
            "template.yaml:{parameters}: `Isuer` is not a parameter of this template"
        )),
        "{message}"
    );
    let template = Template::read(path("template.yaml"))
        .unwrap()
        .with_parameter("Architecture", "arm");
    let message = template.findings("OrdersFunction").unwrap_err().to_string();
    assert!(
        message.ends_with(&format!(
            ":{}: the parameter `Architecture` is `x86_64` or `arm64`, not `arm`",
            line("template.yaml", "  Architecture:")
        )),
        "{message}"
    );
}

#[test]
fn two_authorizers_with_one_name() {
    assert_error(
        "Resources:\n  Api:\n    Type: AWS::Serverless::HttpApi\n    Properties:\n      Auth:\n        Authorizers:\n          A: {}\n          B: {}\n          A: {}\n",
        ":9: `A` is defined twice, first in line 7",
    );
    let authorizer = "Type: AWS::ApiGateway::Authorizer\n    Properties: {RestApiId: !Ref Api, Name: Jwt, Type: JWT, JwtConfiguration: {}}\n";
    assert_error(
        &format!(
            "Resources:\n  Api: {{Type: AWS::ApiGateway::RestApi}}\n  A:\n    {authorizer}  B:\n    {authorizer}"
        ),
        ":6: the authorizer `Jwt` is defined twice, first in line 3",
    );
}

#[test]
fn a_path_claimed_by_two_routes() {
    let events = |first: &str, second: &str| {
        format!(
            "Resources:\n  Api: {{Type: AWS::Serverless::HttpApi}}\n  F:\n    Type: AWS::Serverless::Function\n    Properties:\n      Events:\n        A: {{Type: HttpApi, Properties: {{ApiId: !Ref Api, {first}}}}}\n        B: {{Type: HttpApi, Properties: {{ApiId: !Ref Api, {second}}}}}\n"
        )
    };
    assert_error(
        &events(
            "Method: get, Path: '/a/{id}'",
            "Method: GET, Path: '/a/{name}'",
        ),
        ":8: `GET /a/{name}` is the same route as `GET /a/{id}` in line 7",
    );
    crate::parse(&events(
        "Method: GET, Path: '/a/{id}'",
        "Method: GET, Path: '/a/{id+}'",
    ));
    crate::parse(&events("Method: GET, Path: /a", "Method: POST, Path: /a"));
    assert_error(
        &events("Method: GET", "Path: /"),
        ":7: a route has a `Method` and a `Path`",
    );
    assert_error(
        &events("Method: GET, Path: /, PayloadFormatVersion: 3", "Path: /"),
        ":7: `3` is not a payload format",
    );

    // Two functions, and the resources of a REST API.
    let from = "      HttpMethod: POST\n";
    let template = changed("template-rest-jwt.yaml", from, "      HttpMethod: GET\n");
    let lines = [
        line("template-rest-jwt.yaml", "CreateOrder:"),
        line("template-rest-jwt.yaml", "ListOrders:"),
    ];
    let expected = format!(
        "template-rest-jwt.yaml:{}: `GET /orders` is the same route as `GET /orders` in line {}",
        lines[0], lines[1]
    );
    assert_eq!(
        template.findings("OrdersFunction").unwrap_err().to_string(),
        expected
    );
}

#[test]
fn an_unknown_authorizer_or_api() {
    for (from, to, before, expected) in [
        (
            "DefaultAuthorizer: SuperTokens",
            "DefaultAuthorizer: SuperToken",
            "      Auth:",
            "`SuperToken` is not an authorizer of `Api`",
        ),
        (
            "Authorizer: NONE",
            "Authorizer: SuperToken",
            "Health:",
            "`SuperToken` is not an authorizer of `Api`",
        ),
        (
            "ApiId: !Ref Api",
            "ApiId: external",
            "ApiId:",
            "`external` is not an API of this template",
        ),
    ] {
        let template = changed("template.yaml", from, to);
        let expected = format!(
            "template.yaml:{}: {expected}",
            line("template.yaml", before)
        );
        assert_eq!(
            template.findings("OrdersFunction").unwrap_err().to_string(),
            expected
        );
    }
}

#[test]
fn values_of_another_type() {
    for (text, expected) in [
        ("Events: [a]", ":5: expected a mapping"),
        ("Events: {A: {Type: [a]}}", ":5: expected a text"),
        (
            "Timeout: soon",
            ":5: expected a number, `true` or `false`, not `soon`",
        ),
        ("Environment: {Variables: {A: [b]}}", ":5: expected a text"),
        ("CodeUri: !Ref [a]", ":5: expected a text"),
    ] {
        let text = format!(
            "Resources:\n  F:\n    Type: AWS::Serverless::Function\n    Properties:\n      {text}\n"
        );
        assert_error(&text, expected);
    }
    assert_error("Resources:\n  F: {}\n", ":2: `Type` is missing");
}

#[test]
fn a_resource_path_that_leads_nowhere() {
    let template = changed(
        "template-rest-jwt.yaml",
        "ParentId: !Ref OrdersResource",
        "ParentId: '${OrderResource}'",
    );
    let message = template.findings("OrdersFunction").unwrap_err().to_string();
    assert!(
        message.ends_with(": `${OrderResource}` is not a resource of an API in this template"),
        "{message}"
    );
}

#[test]
fn what_the_reader_does_not_support_is_an_error() {
    let function = |event: &str| {
        format!(
            "Resources:\n  Api: {{Type: AWS::Serverless::HttpApi}}\n  F:\n    Type: AWS::Serverless::Function\n    Properties:\n      Events:\n        A: {{Type: HttpApi, Properties: {{{event}}}}}\n"
        )
    };
    for (text, expected) in [
        // The API of events that name none.
        (function("Method: GET, Path: /"), ":7: `ApiId` is missing"),
        (
            function("ApiId: !Ref Api, Auth: {Authorizer: AWS_IAM}"),
            ":7: `AWS_IAM` is not an authorizer of `Api`",
        ),
        (
            "Resources:\n  Api:\n    Type: AWS::Serverless::Api\n    Properties:\n      Cors: \"'*'\"\n".to_owned(),
            ":5: expected a mapping",
        ),
        (
            "Resources:\n  Fn::ForEach::Api: []\n  Api: {Type: AWS::Serverless::HttpApi}\n".to_owned(),
            ":2: expected a mapping",
        ),
        (
            "Parameters:\n  Issuer:\n    Type: AWS::SSM::Parameter::Value<String>\n    Default: /issuer\nResources:\n  A: {Type: AWS::SQS::Queue}\n"
                .to_owned(),
            ":2: the parameter `Issuer` has no default; set its value",
        ),
    ] {
        assert_error(&text, expected);
    }
}

#[test]
fn an_authorizer_of_an_unknown_type() {
    let authorizer = |properties: &str| {
        format!(
            "Resources:\n  Api: {{Type: AWS::ApiGateway::RestApi}}\n  A:\n    Type: AWS::ApiGateway::Authorizer\n    Properties: {{RestApiId: !Ref Api, {properties}}}\n"
        )
    };
    assert_error(
        &authorizer("Type: REQEUST, AuthorizerUri: x"),
        ":3: `REQEUST` is not a type of authorizer",
    );
    assert_error(
        &authorizer("JwtConfiguration: {Issuers: [{Audiences: [a]}]}"),
        ":5: `Issuer` is missing",
    );
    crate::parse(&authorizer("Type: COGNITO_USER_POOLS, ProviderARNs: [a]"));
}
