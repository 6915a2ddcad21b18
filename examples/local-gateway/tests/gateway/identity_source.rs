//! Tests of a JWT authorizer that looks for the token elsewhere than in `Authorization`.

use local_gateway::authorizer::jwt::{JwtAuthorizer, TrustedIssuer};
use local_gateway::config::AuthorizerConfig;
use local_gateway::issuer::users::User;
use serde_json::json;

use crate::client::get;
use crate::{start, token};

#[tokio::test]
async fn takes_the_token_from_the_identity_source_only() {
    for source in ["$request.header.X-Token", "$request.querystring.token"] {
        let gateway = start(|config| {
            config.set_authorizer(AuthorizerConfig::Jwt(JwtAuthorizer {
                identity_source: source.parse().unwrap(),
                ..JwtAuthorizer::for_issuer(TrustedIssuer::built_in("orders"))
            }));
        })
        .await;
        let customer = token(&gateway, "customer");
        let other = token(&gateway, "admin-mfa");
        // Without a token there, the one in `Authorization` is not used.
        let authorization = ("authorization", other.as_str());
        assert_eq!(
            get(&gateway, "/guarded/a", &[authorization]).await.status,
            401
        );
        // With it, the function still receives another token in `Authorization`.
        let (path, header) = match source {
            "$request.header.X-Token" => ("/guarded/a".to_owned(), ("x-token", customer.as_str())),
            _ => (format!("/guarded/a?token={customer}"), ("x-other", "")),
        };
        let response = get(&gateway, &path, &[authorization, header]).await;
        let report = response.json();
        let claims = &report["context"]["authorizer"]["jwt"]["claims"];
        assert_eq!(claims["sub"], json!(User::named("customer").unwrap().id()));
        assert_eq!(report["authorization"], true);
    }
}
