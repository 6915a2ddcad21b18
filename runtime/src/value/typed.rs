//! Reads the value of a claim as its declared type.

use super::factors::CompletedFactors;
use super::list::List;
use super::number::number;
use super::text::Text;
use super::{Form, Names, RawClaim, Type};

/// A value of its declared type.
pub(crate) enum Typed<'a> {
    Boolean(bool),
    String(Text<'a>),
    /// As a float, like in JavaScript.
    Integer(f64),
    /// A list, and a second list that must agree with it: `scope` and `scp` of one token.
    List(List<'a>, Option<List<'a>>),
    Factors(CompletedFactors<'a>),
}

impl<'a> Typed<'a> {
    /// Like [`read`](Self::read), but also reads `scp` if there is one. In that case, the claim is `scope`.
    pub(crate) fn read_both(
        value: &'a RawClaim<'a>,
        scp: Option<&'a RawClaim<'a>>,
        ty: Type,
    ) -> Option<Self> {
        match (Self::read(value, ty)?, scp) {
            (typed, None) => Some(typed),
            (Self::List(scope, _), Some(scp)) => {
                let scp = List::read(scp, Names::written_as(Form::Scp))?;
                Some(Self::List(scope, Some(scp)))
            }
            _ => None,
        }
    }

    /// Reads a value without its envelope. Returns `None` if it does not have the declared type.
    pub(crate) fn read(value: &'a RawClaim<'a>, ty: Type) -> Option<Self> {
        Some(match (ty, value) {
            (Type::Boolean, RawClaim::Exact(value)) => Self::Boolean(value.as_bool()?),
            (Type::Boolean, text) => Self::Boolean(text.string()?.parse().ok()?),
            (Type::Integer | Type::Time, RawClaim::Exact(value)) => Self::Integer(value.as_f64()?),
            (Type::Integer | Type::Time, text) => Self::Integer(number(text.string()?)?),
            (Type::String, text) => Self::String(Text::read(text)?),
            (Type::List(names), list) => Self::List(List::read(list, names)?, None),
            (Type::Factors, RawClaim::Exact(value)) => {
                Self::Factors(CompletedFactors::read_exact(value)?)
            }
            (Type::Factors, RawClaim::GatewayText(text)) => {
                Self::Factors(CompletedFactors::read_text(text)?)
            }
            (Type::Factors, _) => return None,
        })
    }
}
