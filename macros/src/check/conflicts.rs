//! Reports duplicate and contradictory requirements.

use crate::errors::Errors;
use crate::parse::ast::{Claim, Group, Mode, Name, Requirement, Value};
use crate::vocabulary::Kind;

/// Reports duplicates and contradictions among requirements that must all be met.
pub(crate) fn check(requirements: &[Requirement], errors: &mut Errors) {
    let mut claims = Vec::new();
    let mut groups = Vec::new();
    flatten(requirements, &mut claims, &mut groups);
    check_token_type(requirements, errors);
    for group in groups {
        check_branches(group, errors);
        let mut branches = group.members.iter();
        if branches.all(|branch| is_ruled_out(branch, &claims)) {
            let message =
                "every alternative contradicts another requirement; remove this or the other";
            errors.at(&group.word, message);
        }
    }
    for (i, later) in claims.iter().enumerate() {
        // One error for each requirement, even if it collides with several.
        let before = claims.iter().take(i);
        let mut same = before.filter(|earlier| is_same_claim(earlier, later));
        if let Some(error) = same.find_map(|earlier| collision(earlier, later)) {
            errors.push(error);
        }
    }
}

/// Collects the requirements on claims that must all be met, including the members of `all(…)`, and the
/// `any(…)` groups separately.
fn flatten<'a>(
    requirements: &'a [Requirement],
    claims: &mut Vec<&'a Claim>,
    groups: &mut Vec<&'a Group>,
) {
    for requirement in requirements {
        match requirement {
            Requirement::Claim(claim) => claims.push(claim),
            Requirement::Group(group) if group.every => flatten(&group.members, claims, groups),
            Requirement::Group(group) => groups.push(group),
        }
    }
}

/// Reports claims of sessions next to `oauth2`, which requires another type of token.
fn check_token_type(requirements: &[Requirement], errors: &mut Errors) {
    let mut claims = Vec::new();
    about_one_token(requirements, false, &mut claims);
    if !claims.iter().any(|claim| claim.row.constant == "OAUTH2") {
        return;
    }
    for claim in claims.into_iter().filter(|claim| claim.row.of_sessions) {
        let message = format!(
            "`{}` is a claim of sessions, but `oauth2` requires an OAuth 2 token; for either of them, \
             write `any({claim}, all(oauth2, …))`",
            claim.row.spelling
        );
        errors.at(&claim.word, message);
    }
}

/// Collects the claims of one token. An `all(…)` in an `any(…)` may be about another one.
fn about_one_token<'a>(all: &'a [Requirement], in_any: bool, claims: &mut Vec<&'a Claim>) {
    for requirement in all {
        match requirement {
            Requirement::Claim(claim) => claims.push(claim),
            Requirement::Group(group) if group.every && in_any => {}
            Requirement::Group(group) => {
                about_one_token(&group.members, in_any || !group.every, claims);
            }
        }
    }
}

/// Checks each branch of an `any(…)` on its own, and reports duplicates.
fn check_branches(group: &Group, errors: &mut Errors) {
    let written: Vec<String> = group.members.iter().map(ToString::to_string).collect();
    for (i, (branch, text)) in group.members.iter().zip(&written).enumerate() {
        check(std::slice::from_ref(branch), errors);
        if written.iter().take(i).any(|other| other == text) {
            let message = format!("`{text}` occurs twice in this `any(…)`; remove one of them");
            match branch {
                Requirement::Claim(claim) => errors.at(&claim.word, message),
                Requirement::Group(group) => errors.at(&group.word, message),
            }
        }
    }
}

/// Whether a branch contradicts one of the claims next to its group.
fn is_ruled_out(branch: &Requirement, others: &[&Claim]) -> bool {
    match branch {
        Requirement::Claim(claim) => others.iter().any(|other| {
            let is_contradiction =
                has_other_value(other, claim) || excluded(other, claim).is_some();
            is_same_claim(other, claim) && is_contradiction
        }),
        Requirement::Group(group) => {
            let mut members = group.members.iter();
            if group.every {
                members.any(|member| is_ruled_out(member, others))
            } else {
                members.all(|member| is_ruled_out(member, others))
            }
        }
    }
}

fn is_same_claim(earlier: &Claim, later: &Claim) -> bool {
    earlier.written_keyword() == later.written_keyword()
}

/// The error for two requirements on one claim that are duplicates or contradict each other.
fn collision(earlier: &Claim, later: &Claim) -> Option<syn::Error> {
    let at_word = |message: String| Some(syn::Error::new_spanned(&later.word, message));
    if earlier.to_string() == later.to_string() {
        return at_word(format!("`{later}` is required twice; remove one of them"));
    }
    if has_other_value(earlier, later) {
        let word = later.written_keyword();
        let instead = if later.row.kind == Kind::Single {
            format!(
                "write `{word} = any({})` if one of them is enough",
                join(earlier, later)
            )
        } else {
            "remove one of them".to_owned()
        };
        return at_word(format!(
            "this contradicts `{earlier}`, because a token has one `{word}`; {instead}"
        ));
    }
    if let Some(name) = excluded(earlier, later) {
        let written = name.to_string();
        let message = format!(
            "this contradicts `{earlier}`; remove `{}` from one of them",
            written.trim_matches('"')
        );
        return Some(syn::Error::new_spanned(name, message));
    }
    (aim(earlier) == aim(later))
        .then(|| say_twice(earlier, later))
        .and_then(at_word)
}

/// What a requirement expects of its claim. Two requirements on one claim with the same aim are an error.
#[derive(PartialEq, Eq)]
enum Aim {
    Met,
    Present,
    Absent,
}

fn aim(claim: &Claim) -> Aim {
    match &claim.value {
        None => Aim::Met,
        Some(Value::One(Name::Boolean(literal))) if literal.value => Aim::Met,
        Some(Value::List(list)) if list.mode == Mode::None => Aim::Absent,
        Some(_) => Aim::Present,
    }
}

/// The message for two requirements on one claim that can be combined.
fn say_twice(earlier: &Claim, later: &Claim) -> String {
    let word = later.written_keyword();
    let both = join(earlier, later);
    let are_names = [earlier, later].into_iter().all(has_plain_names);
    let instead = match (mode(earlier), mode(later)) {
        (Mode::None, Mode::None) if are_names => format!("write `{word} = none({both})`"),
        (Mode::All, Mode::All) if are_names && later.row.kind == Kind::Single => {
            format!("write `{word} = any({both})` if one of them is enough")
        }
        (Mode::All, Mode::All) if are_names => format!(
            "write `{word} = all({both})` if both must be met, or `{word} = any({both})` if one is enough"
        ),
        _ => "combine both, or give one its own attribute".to_owned(),
    };
    format!("`{word}` is required twice; {instead}")
}

/// Whether the claim's names can be moved to another list.
fn has_plain_names(claim: &Claim) -> bool {
    let is_name = |name: &Name| !matches!(name, Name::Integer(..) | Name::Boolean(_));
    claim.max_age.is_none() && !claim.names().is_empty() && claim.names().iter().all(is_name)
}

/// Whether a claim with one value would need two.
fn has_other_value(earlier: &Claim, later: &Claim) -> bool {
    if let (Some((kind, value)), Some((other_kind, other))) = (exact(earlier), exact(later)) {
        return kind == other_kind && value != other;
    }
    let (Some(names), Some(others)) = (alternatives(earlier), alternatives(later)) else {
        return false;
    };
    !names.iter().any(|name| contains(others, name))
}

/// The number or boolean that a custom claim must equal, and whether it is a number. If two requirements on one
/// claim have different types, rustc reports that.
fn exact(claim: &Claim) -> Option<(bool, String)> {
    match &claim.value {
        None if claim.row.kind == Kind::Custom => Some((false, true.to_string())),
        Some(Value::One(name @ Name::Integer(..))) => Some((true, name.to_string())),
        Some(Value::One(name @ Name::Boolean(_))) => Some((false, name.to_string())),
        _ => None,
    }
}

/// The values that a claim with one value may have, if all of them are text.
fn alternatives(claim: &Claim) -> Option<&[Name]> {
    let names = claim.names();
    let is_one = claim.row.kind == Kind::Single && mode(claim) != Mode::None && !names.is_empty();
    let is_text = |name: &Name| matches!(name, Name::Text(_));
    (is_one && names.iter().all(is_text)).then_some(names)
}

/// The name in `later` that one requirement needs and the other excludes.
fn excluded<'a>(earlier: &'a Claim, later: &'a Claim) -> Option<&'a Name> {
    let (present, absent) = match (aim(earlier), aim(later)) {
        (Aim::Present, Aim::Absent) => (earlier, later),
        (Aim::Absent, Aim::Present) => (later, earlier),
        _ => return None,
    };
    let is_excluded = |name: &Name| contains(absent.names(), name);
    let is_impossible = match mode(present) {
        Mode::Any => present.names().iter().all(is_excluded),
        _ => present.names().iter().any(is_excluded),
    };
    let mut names = later.names().iter();
    let shared = names.find(|name| contains(earlier.names(), name));
    shared.filter(|_| is_impossible)
}

/// The mode of the list. A single name counts as an `all(…)` list.
fn mode(claim: &Claim) -> Mode {
    match &claim.value {
        Some(Value::List(list)) => list.mode,
        _ => Mode::All,
    }
}

/// The names of both requirements, without duplicates.
fn join(earlier: &Claim, later: &Claim) -> String {
    let mut all: Vec<String> = Vec::new();
    let names = earlier.names().iter().chain(later.names());
    for name in names.map(Name::to_string) {
        if !all.contains(&name) {
            all.push(name);
        }
    }
    all.join(", ")
}

fn contains(names: &[Name], name: &Name) -> bool {
    let name = name.to_string();
    names.iter().any(|other| other.to_string() == name)
}
