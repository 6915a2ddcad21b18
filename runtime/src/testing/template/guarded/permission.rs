//! Permissions to invoke a function: `AWS::Lambda::Permission`.

use super::super::api::Api;
use super::super::error::Result;
use super::super::node::Node;

/// A permission that the template adds to those of SAM. SAM allows each API to invoke the functions of its routes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in super::super) struct Permission {
    id: String,
    pub(super) line: usize,
    /// The logical id of the function, or another name.
    pub(super) function: String,
    principal: String,
    source_arn: String,
}

impl Permission {
    pub(in super::super) fn read(id: &str, node: &mut Node) -> Result<Self> {
        let mut text = |key| Ok(node.text(key)?.unwrap_or_else(|| "missing".to_owned()));
        let (principal, source_arn) = (text("Principal")?, text("SourceArn")?);
        Ok(Self {
            id: id.to_owned(),
            line: node.line,
            function: node.reference("FunctionName")?,
            principal,
            source_arn,
        })
    }

    /// Whether only one of these APIs may use the permission.
    pub(super) fn is_narrow(&self, apis: &[Api]) -> bool {
        // The sixth part of an ARN is the resource. `AWS::Region` has colons of its own.
        let arn = self.source_arn.replace("AWS::", "");
        let resource = arn.splitn(6, ':').nth(5).unwrap_or_default();
        let api = resource.split('/').next().unwrap_or_default();
        let is_api = |known: &Api| api == format!("${{{}}}", known.id);
        self.principal == "apigateway.amazonaws.com" && apis.iter().any(is_api)
    }

    /// The message of the finding, if the permission is not narrow.
    pub(super) fn message(&self) -> String {
        let Self {
            id,
            principal,
            source_arn,
            ..
        } = self;
        format!(
            "the permission `{id}` lets more than this API invoke the function (`Principal` is `{principal}`, \
             `SourceArn` is `{source_arn}`), and anyone allowed to invoke it can write any claims; allow \
             `apigateway.amazonaws.com` for `arn:${{AWS::Partition}}:execute-api:${{AWS::Region}}:\
             ${{AWS::AccountId}}:${{Api}}/*`, with the logical id of the API"
        )
    }
}
