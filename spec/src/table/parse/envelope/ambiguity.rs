//! Whether the sample of a failure would read as a success.

use crate::table::envelope::{Part, Placeholder, Sample};

/// Returns whether a failure contradicts a constant of `success`.
///
/// If all constants are null, it need not: the body of a failure then lacks the data, or has a
/// code.
pub(super) fn contradicts(failure: &Sample, success: &Sample) -> bool {
    !has_constant(success) || contradicts_at(Some(failure), success)
}

/// Returns whether a success has a constant other than null.
fn has_constant(success: &Sample) -> bool {
    match success {
        Sample::Object(members) => members.iter().any(|(_, member)| has_constant(member)),
        Sample::Text(parts) => is_constant(parts),
        Sample::Bool(_) | Sample::Number(_) => true,
        Sample::Null | Sample::Array(_) => false,
    }
}

fn is_constant(parts: &[Part]) -> bool {
    !parts.iter().any(|part| matches!(part, Part::Placeholder(..)))
}

/// Compares what a failure has in a place with what `success` has there.
fn contradicts_at(failure: Option<&Sample>, success: &Sample) -> bool {
    match success {
        Sample::Object(members) => members.iter().any(|(key, member)| contradicts_at(get(failure, key), member)),
        Sample::Null => failure.is_some_and(is_something),
        Sample::Text(parts) if !is_constant(parts) => false,
        constant => failure.is_none_or(|failure| differs(failure, constant)),
    }
}

/// Returns the first member that is something in a failure, and that `success` does not name.
pub(super) fn distinctive_key<'f>(failure: &'f Sample, success: &Sample) -> Option<&'f str> {
    let Sample::Object(members) = failure else { return None };
    let is_distinctive = |key: &str, member| get(Some(success), key).is_none() && is_something(member);
    members.iter().find(|(key, member)| is_distinctive(key, member)).map(|(key, _)| key.as_str())
}

fn get<'s>(sample: Option<&'s Sample>, key: &str) -> Option<&'s Sample> {
    match sample {
        Some(Sample::Object(members)) => members.iter().find(|(name, _)| name == key).map(|(_, member)| member),
        _ => None,
    }
}

/// Returns whether a value of a failure is certainly something, where `success` has null.
fn is_something(failure: &Sample) -> bool {
    match failure {
        Sample::Null | Sample::Bool(false) => false,
        Sample::Bool(true) => true,
        // A zero in any notation: `-0.0e5`.
        Sample::Number(digits) => {
            digits.split(['e', 'E']).next().unwrap_or_default().contains(|c| matches!(c, '1'..='9'))
        }
        Sample::Array(elements) => elements.iter().any(is_something),
        Sample::Object(members) => members.iter().any(|(_, member)| is_something(member)),
        Sample::Text(parts) => match parts.as_slice() {
            [] => false,
            [Part::Literal(text)] => text != "0",
            // A sample whose `{_}` is nothing is not a failure.
            [Part::Placeholder(Placeholder::Any, _)] => true,
            // Other values may be empty or absent, and a second choice is never written.
            parts => parts.iter().any(|part| matches!(part, Part::Placeholder(Placeholder::Code, false))),
        },
    }
}

/// Returns whether a failure is written without the constant, which is not null. `{_}` is left out.
fn differs(failure: &Sample, constant: &Sample) -> bool {
    match (failure, constant) {
        (Sample::Number(one), Sample::Number(other)) => match (one.parse::<i128>(), other.parse::<i128>()) {
            (Ok(one), Ok(other)) => one != other,
            (Err(_), Err(_)) => one.parse::<f64>() != other.parse::<f64>(),
            _ => true,
        },
        _ => failure != constant,
    }
}
