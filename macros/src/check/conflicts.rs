//! What requirements mean together: the same one twice, and requirements that nobody can meet.

use syn::LitBool;

use crate::errors::Errors;
use crate::parse::ast::{Claim, Group, Mode, Name, Requirement, Value};
use crate::vocabulary::Kind;

/// Reports duplicates and contradictions among requirements that all must hold.
pub(crate) fn check(requirements: &[Requirement], errors: &mut Errors) {
    let mut claims = Vec::new();
    let mut groups = Vec::new();
    flatten(requirements, &mut claims, &mut groups);
    for group in groups {
        check_branches(group, errors);
        let mut branches = group.members.iter();
        if branches.all(|branch| is_ruled_out(branch, &claims)) {
            let message = "nobody meets one of these together with what is required beside them";
            errors.at(&group.word, message);
        }
    }
    for (i, later) in claims.iter().enumerate() {
        let word = later.written_word();
        let before = claims.iter().take(i);
        // One error a requirement, whatever it collides with besides.
        let error = before
            .filter(|earlier| earlier.written_word() == word)
            .find_map(|earlier| collision(earlier, later));
        if let Some(error) = error {
            errors.push(error);
        }
    }
}

/// What is wrong with two requirements on one claim.
fn collision(earlier: &Claim, later: &Claim) -> Option<syn::Error> {
    if let Some(message) = say_two_values(earlier, later) {
        return Some(syn::Error::new_spanned(&later.word, message));
    }
    if aim(earlier) == aim(later) {
        let message = say_twice(earlier, later);
        return Some(syn::Error::new_spanned(&later.word, message));
    }
    let name = contradiction(earlier, later)?;
    let written = name.to_string();
    let message = format!(
        "nobody meets both this and `{earlier}`; remove `{}` from one of them",
        written.trim_matches('"')
    );
    Some(syn::Error::new_spanned(name, message))
}

/// The claims that must hold together: `all(…)` adds its members; the groups of `any(…)` apart.
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

/// Whether nobody meets a branch together with the claims beside its group.
fn is_ruled_out(branch: &Requirement, beside: &[&Claim]) -> bool {
    match branch {
        Requirement::Claim(claim) => beside
            .iter()
            .filter(|other| other.written_word() == claim.written_word())
            .any(|other| {
                say_two_values(other, claim).is_some() || contradiction(other, claim).is_some()
            }),
        Requirement::Group(group) => {
            let mut members = group.members.iter();
            if group.every {
                members.any(|member| is_ruled_out(member, beside))
            } else {
                members.all(|member| is_ruled_out(member, beside))
            }
        }
    }
}

/// The branches of an `any(…)`: each alone, and none of them twice.
fn check_branches(group: &Group, errors: &mut Errors) {
    let written: Vec<String> = group.members.iter().map(ToString::to_string).collect();
    for (i, (branch, text)) in group.members.iter().zip(&written).enumerate() {
        check(std::slice::from_ref(branch), errors);
        if written.iter().take(i).any(|other| other == text) {
            let message = format!("`{text}` is in this `any(…)` twice; remove one of them");
            match branch {
                Requirement::Claim(claim) => errors.at(&claim.word, message),
                Requirement::Group(group) => errors.at(&group.word, message),
            }
        }
    }
}

/// What a claim asks for; two of the same kind on one claim are one too many.
#[derive(PartialEq, Eq)]
enum Aim {
    Bare,
    Present,
    Absent,
}

fn aim(claim: &Claim) -> Aim {
    match &claim.value {
        None | Some(Value::One(Name::Boolean(LitBool { value: true, .. }))) => Aim::Bare,
        Some(Value::List(list)) if list.mode == Mode::None => Aim::Absent,
        Some(_) => Aim::Present,
    }
}

/// What to say of two requirements on a claim of one value, if they name different values.
fn say_two_values(earlier: &Claim, later: &Claim) -> Option<String> {
    if let (Some(one), Some(other)) = (exact(earlier), exact(later)) {
        let message = format!("nobody meets both this and `{earlier}`; remove one of them");
        let comparable = matches!(one, Exact::Number(_)) == matches!(other, Exact::Number(_));
        return (comparable && one != other).then_some(message);
    }
    let texts = |claim| {
        let is_text = |name: &Name| matches!(name, Name::Text(_));
        let can_be = list_mode(claim).is_none_or(|mode| mode == Mode::Any);
        let names = names(claim);
        (can_be && !names.is_empty() && names.iter().all(is_text)).then_some(names)
    };
    let (one, other) = (texts(earlier)?, texts(later)?);
    let apart = !one.iter().any(|name| contains(other, name));
    (later.row.kind == Kind::Single && apart).then(|| {
        let word = later.written_word();
        format!(
            "a session has one {word}, so nobody meets both; write `{word} = any({})` if one of \
             them is enough",
            join_names(earlier, later)
        )
    })
}

/// The number or boolean that a claim of the user's own must be; only claims of one value have such.
/// Of different types they differ in nothing that is told here: that is for rustc.
#[derive(PartialEq, Eq)]
enum Exact {
    Number(i64),
    Boolean(bool),
}

fn exact(claim: &Claim) -> Option<Exact> {
    match &claim.value {
        Some(Value::One(Name::Integer(minus, number))) => {
            let number: i64 = number.base10_parse().ok()?;
            Some(Exact::Number(if minus.is_some() {
                -number
            } else {
                number
            }))
        }
        Some(Value::One(Name::Boolean(boolean))) => Some(Exact::Boolean(boolean.value)),
        None if claim.row.kind == Kind::Own => Some(Exact::Boolean(true)),
        _ => None,
    }
}

/// What to write instead of two requirements on one claim.
fn say_twice(earlier: &Claim, later: &Claim) -> String {
    let word = &later.written_word();
    if earlier.to_string() == later.to_string() {
        return format!("`{later}` is required twice; remove one of them");
    }
    if aim(later) == Aim::Bare {
        return format!(
            "`{word}` is required twice, as `{earlier}` and as `{later}`; remove one of them"
        );
    }
    let both = |mode| format!("`{word} = {mode}({})`", join_names(earlier, later));
    let plain = [earlier, later].iter().all(|claim| {
        let names = names(claim);
        claim.max_age.is_none() && !names.is_empty() && names.iter().all(is_name)
    });
    let of_one = [earlier, later].iter().all(|claim| can_be_one(claim));
    if let Some(shared) = join_shared(earlier, later).filter(|_| plain && of_one) {
        return format!("a session has one {word}; what both allow is `{word} = {shared}`");
    }
    match (plain, list_mode(earlier), list_mode(later)) {
        (true, Some(Mode::None), Some(Mode::None)) => {
            format!(
                "`{word}` has two lists of names that must be absent; write {}",
                both("none")
            )
        }
        (true, None | Some(Mode::All), None | Some(Mode::All))
            if later.row.kind == Kind::Single =>
        {
            format!(
                "a session has one {word}; write {} if one of them is enough",
                both("any")
            )
        }
        (true, None | Some(Mode::All), None | Some(Mode::All)) => format!(
            "`{word}` is required twice; write {} if both must hold, or {} if one is enough",
            both("all"),
            both("any")
        ),
        _ => format!(
            "`{word}` is required twice; if both must hold, give one an attribute of its own"
        ),
    }
}

/// Whether the claim has one value, which is to be one of those that are named.
fn can_be_one(claim: &Claim) -> bool {
    let mode = list_mode(claim);
    claim.row.kind == Kind::Single && mode.is_none_or(|mode| mode == Mode::Any)
}

fn list_mode(claim: &Claim) -> Option<Mode> {
    match &claim.value {
        Some(Value::List(list)) => Some(list.mode),
        _ => None,
    }
}

fn join_names(earlier: &Claim, later: &Claim) -> String {
    let mut all: Vec<String> = Vec::new();
    for name in names(earlier).iter().chain(names(later)) {
        let name = name.to_string();
        if !all.contains(&name) {
            all.push(name);
        }
    }
    all.join(", ")
}

/// The names that stand in both.
fn join_shared(earlier: &Claim, later: &Claim) -> Option<String> {
    let both = names(later)
        .iter()
        .filter(|name| contains(names(earlier), name));
    let both: Vec<String> = both.map(ToString::to_string).collect();
    match both.as_slice() {
        [] => None,
        [one] => Some(one.clone()),
        several => Some(format!("any({})", several.join(", "))),
    }
}

/// The name in `later` that makes it impossible to meet both.
fn contradiction<'a>(earlier: &'a Claim, later: &'a Claim) -> Option<&'a Name> {
    let (present, absent) = match (aim(earlier), aim(later)) {
        (Aim::Present, Aim::Absent) => (earlier, later),
        (Aim::Absent, Aim::Present) => (later, earlier),
        _ => return None,
    };
    let ruled_out = |name: &Name| contains(names(absent), name);
    let impossible = match list_mode(present) {
        Some(Mode::Any) => names(present).iter().all(ruled_out),
        _ => names(present).iter().any(ruled_out),
    };
    let shared = names(later)
        .iter()
        .find(|name| contains(names(earlier), name));
    shared.filter(|_| impossible)
}

fn contains(names: &[Name], name: &Name) -> bool {
    let name = name.to_string();
    names.iter().any(|other| other.to_string() == name)
}

/// Whether it can stand in a list.
fn is_name(name: &Name) -> bool {
    !matches!(name, Name::Integer(..) | Name::Boolean(_))
}

fn names(claim: &Claim) -> &[Name] {
    match &claim.value {
        None | Some(Value::PathParameter(_)) => &[],
        Some(Value::One(name)) => std::slice::from_ref(name),
        Some(Value::List(list)) => &list.names,
    }
}
