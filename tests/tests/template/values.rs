//! Functions of `CloudFormation`, in both spellings, and parameters.

use require_claims::testing::template::Template;

/// The value of an environment variable.
fn value(function: &str) -> String {
    let text = format!(
        "
Parameters:
  Name: {{Type: String, Default: orders}}
  Origins: {{Type: CommaDelimitedList, Default: 'https://a, https://b'}}
Resources:
  Api: {{Type: AWS::Serverless::HttpApi, Properties: {{CorsConfiguration: {{AllowOrigins: !Ref Origins}}}}}}
  F:
    Type: AWS::Serverless::Function
    Properties:
      Environment:
        Variables:
          A: {function}
"
    );
    let stack = Template::parse(&text, "template.yaml")
        .unwrap()
        .with_parameter("AWS::Region", "eu-west-1")
        .stack();
    let stack = stack.unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(
        stack.apis[0].cors.as_ref().unwrap().allow_origins,
        ["https://a", "https://b"]
    );
    stack.functions[0].environment["A"].clone()
}

#[test]
fn evaluates_functions_in_both_spellings() {
    for (function, expected) in [
        ("plain", "plain"),
        ("!!str plain", "plain"),
        ("!Ref Name", "orders"),
        ("{Ref: Name}", "orders"),
        ("!Ref Api", "${Api}"),
        ("!Ref AWS::Region", "eu-west-1"),
        ("{Fn::Sub: '${Api}'}", "${Api}"),
        ("!GetAtt FRole.Arn", "${FRole.Arn}"),
        ("!Ref AWS::AccountId", "${AWS::AccountId}"),
        ("!GetAtt Api.ApiEndpoint", "${Api.ApiEndpoint}"),
        ("!GetAtt [Api, ApiEndpoint]", "${Api.ApiEndpoint}"),
        ("{Fn::GetAtt: [Api, ApiEndpoint]}", "${Api.ApiEndpoint}"),
        (
            "!Sub 'https://${Api}/${Name}/${AWS::Region}'",
            "https://${Api}/orders/eu-west-1",
        ),
        (
            "!Sub '${!Name}, $Name, ${Name}$'",
            "${Name}, $Name, orders$",
        ),
        ("{'Fn::Sub': '${Name}'}", "orders"),
        ("!Sub ['${X}-${Name}', {X: !Ref Name}]", "${Fn::Sub}"),
        ("!Join ['-', [a, !Ref Name]]", "${Fn::Join}"),
        ("!ImportValue other", "${Fn::ImportValue}"),
    ] {
        assert_eq!(value(function), expected, "{function}");
    }
}

#[test]
fn a_given_value_replaces_the_default() {
    let text = "
Parameters: {Name: {Type: String, Default: a}}
Resources: {Api: {Type: AWS::Serverless::HttpApi, Properties: {StageName: !Ref Name}}}
";
    let template = Template::parse(text, "template.yaml").unwrap();
    assert_eq!(template.stack().unwrap().apis[0].stage, "a");
    assert_eq!(
        template.with_parameter("Name", "b").stack().unwrap().apis[0].stage,
        "b"
    );
}

#[test]
fn no_value_removes_a_property() {
    let text = "Resources: {F: {Type: AWS::Serverless::Function, Properties: {Handler: !Ref AWS::NoValue}}}";
    let template = Template::parse(text, "template.yaml").unwrap();
    assert_eq!(template.stack().unwrap().functions[0].handler, None);
}
