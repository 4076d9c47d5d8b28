//! Codes that look like real ones: families, sub-codes, shared prefixes, 14 to 89 bytes.

use std::collections::BTreeSet;

const FAMILIES: [&str; 16] = [
    "AuthFailure",
    "FailedOperation",
    "InternalError",
    "InvalidParameter",
    "InvalidParameterValue",
    "LimitExceeded",
    "MissingParameter",
    "OperationDenied",
    "RequestLimitExceeded",
    "ResourceInUse",
    "ResourceInsufficient",
    "ResourceNotFound",
    "ResourceUnavailable",
    "ResourcesSoldOut",
    "UnauthorizedOperation",
    "UnsupportedOperation",
];

const WORDS: [&str; 48] = [
    "Account",
    "Address",
    "Already",
    "Backup",
    "Balance",
    "Certificate",
    "Cluster",
    "Conflict",
    "Database",
    "Disk",
    "Domain",
    "Duplicate",
    "Empty",
    "Exist",
    "Expired",
    "Failed",
    "Format",
    "Forbidden",
    "Gateway",
    "Group",
    "Id",
    "Illegal",
    "Image",
    "Instance",
    "Interface",
    "Invalid",
    "Ip",
    "Key",
    "Limit",
    "Malformed",
    "Mismatch",
    "Name",
    "Network",
    "Not",
    "Policy",
    "Quota",
    "Region",
    "Role",
    "Snapshot",
    "State",
    "Status",
    "Subnet",
    "Task",
    "Too",
    "Topic",
    "Type",
    "User",
    "Zone",
];

/// Distinct codes, in the order in which an owner would list them.
pub(crate) fn names(count: usize, random: &mut fastrand::Rng) -> Vec<String> {
    let mut names = BTreeSet::new();
    while names.len() < count {
        names.insert(name(random));
    }
    names.into_iter().collect()
}

fn name(random: &mut fastrand::Rng) -> String {
    loop {
        let mut name = FAMILIES[random.usize(..FAMILIES.len())].to_owned();
        name.push('.');
        // Most sub-codes are short, a few are whole sentences.
        let words = (0..3).fold(10, |most, _| random.usize(..=most));
        for _ in 0..=words {
            name.push_str(WORDS[random.usize(..WORDS.len())]);
        }
        if name.len() <= 89 {
            return name;
        }
    }
}
