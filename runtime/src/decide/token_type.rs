//! The types of SuperTokens' tokens.

use super::denial::{Cause, Denial};
use crate::requirement::{Kind, Requirement};
use crate::token::ClaimSource;
use crate::validator::{Validator, Verdict};
use crate::value::{Claim, ReadError, Type, Typed};

/// The type of token that a list of requirements is about.
///
/// SuperTokens signs sessions and OAuth 2 access tokens with the same keys, so an authorizer accepts both. It
/// writes the type in the claim `stt`.
#[derive(Clone, Copy)]
pub(crate) enum TokenType {
    /// `stt` is 0. Tokens of other issuers do not have the claim.
    Session,
    /// `stt` is 1.
    OAuth2,
}

const STT: Claim = Claim::bare("stt", Type::Integer);

impl TokenType {
    /// The type that this list is about. A nested `all` is a list of its own.
    pub(crate) fn of(requirements: &[Requirement<'_>]) -> Self {
        if requirements.iter().any(is_oauth2) {
            Self::OAuth2
        } else {
            Self::Session
        }
    }

    fn expected(self) -> i64 {
        match self {
            Self::Session => 0,
            Self::OAuth2 => 1,
        }
    }

    /// The denial of a token of another type, or whose type cannot be read.
    pub(crate) fn denial<'a>(self, claims: &ClaimSource<'a>) -> Option<Denial<'a>> {
        let cause = match (claims.get(STT.key), self) {
            (Err(ReadError::Missing), Self::Session) => return None,
            (Err(ReadError::Null | ReadError::Unreadable), _) => Cause::WrongValue(None),
            (Err(error), _) => error.into(),
            (Ok(value), _) => {
                let no_age = |_| Ok::<(), ()>(());
                let compare = |typed| Validator::IsInteger(self.expected()).verdict(&typed, no_age);
                match Typed::read(&value, STT.ty).map(compare) {
                    Some(Verdict::Met) => return None,
                    Some(_) => Cause::WrongValue(Some(value)),
                    None => Cause::WrongValue(None),
                }
            }
        };
        Some(self.denied(cause))
    }

    pub(crate) fn denied(self, cause: Cause<'_>) -> Denial<'_> {
        Denial::new(STT, Validator::IsInteger(self.expected()), cause)
    }

    /// Whether this is the denial of a token that is not of this type.
    pub(crate) fn is_denied_by(self, denial: &Denial<'_>) -> bool {
        matches!(denial.required, Some((STT, Validator::IsInteger(other))) if other == self.expected())
    }
}

fn is_oauth2(requirement: &Requirement<'_>) -> bool {
    match requirement.kind {
        Kind::OAuth2 => true,
        Kind::Any(members) => members.iter().any(is_oauth2),
        Kind::Claim(..) | Kind::All(_) => false,
    }
}
