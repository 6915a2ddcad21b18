//! A requirement in the attribute's syntax, for the handler's docs and for comparisons.

use std::fmt::{Display, Formatter, Result};

use crate::parse::ast::{Claim, Group, List, Name, Requirement, Value, written_path};

impl Display for Requirement {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            Self::Claim(claim) => claim.fmt(f),
            Self::Group(group) => group.fmt(f),
        }
    }
}

impl Display for Group {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        write!(f, "{}", if self.every { "all" } else { "any" })?;
        parenthesized(f, &self.members)
    }
}

impl Display for Claim {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        let word = self.written_keyword();
        match (
            &self.value,
            self.max_age.as_ref().map(|age| age.text.value()),
        ) {
            (None, None) => write!(f, "{word}"),
            (None, Some(age)) => write!(f, "{word}(max_age = {age:?})"),
            (Some(value), None) => write!(f, "{word} = {value}"),
            (Some(value), Some(age)) => write!(f, "{word}({value}, max_age = {age:?})"),
        }
    }
}

impl Display for Value {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            Self::One(name) => name.fmt(f),
            Self::List(list) => list.fmt(f),
            Self::PathParameter(parameter) => write!(f, "path({:?})", parameter.name.value()),
        }
    }
}

impl Display for List {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        write!(f, "{}", self.word)?;
        parenthesized(f, &self.names)
    }
}

impl Display for Name {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            Self::Text(text) => write!(f, "{:?}", text.value()),
            Self::Custom(text) => write!(f, "custom({:?})", text.value()),
            Self::Constant(path) => f.write_str(&written_path(path)),
            Self::Integer(minus, literal) => {
                let minus = if minus.is_some() { "-" } else { "" };
                write!(f, "{minus}{}", literal.base10_digits())
            }
            Self::Boolean(literal) => write!(f, "{}", literal.value),
        }
    }
}

fn parenthesized(f: &mut Formatter<'_>, items: &[impl Display]) -> Result {
    write!(f, "(")?;
    for (i, item) in items.iter().enumerate() {
        write!(f, "{}{item}", if i == 0 { "" } else { ", " })?;
    }
    write!(f, ")")
}
