//! The members of a small JSON object in the order of their keys.

use super::{Literal, object};

/// How many members an object may have to be put in order: SuperTokens' claims have two, and as many
/// factors as there are.
const MAX_MEMBERS: usize = 16;

/// A key, and the text of its value.
type Member<'a> = (Literal<'a>, &'a str);

/// The members, each key once, in the order in which Go writes them.
pub(crate) struct Sorted<'a> {
    members: [Member<'a>; MAX_MEMBERS],
    count: usize,
}

impl<'a> Sorted<'a> {
    /// The members of the JSON object `text`; `None` where it is none or has too many, or where a
    /// key stands twice, since it has two values.
    pub(crate) fn of(text: &'a str) -> Option<Self> {
        let mut members = [(Literal::NONE, ""); MAX_MEMBERS];
        let mut count = 0;
        for member in object(text).ok()? {
            *members.get_mut(count)? = member.ok()?;
            count += 1;
        }
        let found = members.get_mut(..count)?;
        found.sort_unstable_by(|(key, _), (other, _)| key.order(*other));
        let mut neighbours = found.iter().zip(found.iter().skip(1));
        let is_once = neighbours.all(|((key, _), (next, _))| key.order(*next).is_lt());
        is_once.then_some(Self { members, count })
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = Member<'a>> + '_ {
        self.members.iter().copied().take(self.count)
    }

    pub(crate) fn len(&self) -> usize {
        self.count
    }
}
