//! Generates realistic codes: families, shared prefixes, up to 89 bytes.

use std::collections::BTreeMap;

/// First segments with their weights, in percent. The first four are from the 7,858 codes in the
/// SDKs of 140 services of Tencent Cloud, August 2026. The others share the rest equally.
const FAMILIES: [(usize, &str); 16] = [
    (21, "FailedOperation"),
    (20, "InvalidParameterValue"),
    (16, "InvalidParameter"),
    (8, "InternalError"),
    (3, "AuthFailure"),
    (3, "LimitExceeded"),
    (3, "MissingParameter"),
    (3, "OperationDenied"),
    (3, "RequestLimitExceeded"),
    (3, "ResourceInUse"),
    (3, "ResourceInsufficient"),
    (3, "ResourceNotFound"),
    (3, "ResourceUnavailable"),
    (3, "ResourcesSoldOut"),
    (3, "UnauthorizedOperation"),
    (3, "UnsupportedOperation"),
];

/// The percentage of these codes that have no dot.
const WITHOUT_DOT: usize = 13;

/// The number of codes with each number of words after the dot, in the tables of ckafka, cls,
/// tchouse-p and wedata. The last are from other services, whose longest code has 89 bytes.
const LENGTHS: [(usize, usize); 8] = [(9, 1), (47, 2), (45, 3), (20, 4), (10, 5), (4, 6), (2, 7), (2, 11)];

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

/// Returns sorted codes with distinct variant names: no two differ only in their dots.
pub(crate) fn names(count: usize, random: &mut fastrand::Rng) -> Vec<String> {
    let mut names = BTreeMap::new();
    while names.len() < count {
        let name = name(random);
        names.entry(name.replace('.', "")).or_insert(name);
    }
    let mut names: Vec<String> = names.into_values().collect();
    names.sort_unstable();
    names
}

fn name(random: &mut fastrand::Rng) -> String {
    loop {
        let mut name = pick(&FAMILIES, random).to_owned();
        if random.usize(..100) >= WITHOUT_DOT {
            name.push('.');
        }
        for _ in 0..pick(&LENGTHS, random) {
            name.push_str(WORDS[random.usize(..WORDS.len())]);
        }
        if name.len() <= 89 {
            return name;
        }
    }
}

/// Picks a value at random by weight.
fn pick<T: Copy>(weighted: &[(usize, T)], random: &mut fastrand::Rng) -> T {
    let total: usize = weighted.iter().map(|(weight, _)| weight).sum();
    let mut left = random.usize(..total);
    for &(weight, value) in weighted {
        if left < weight {
            return value;
        }
        left -= weight;
    }
    unreachable!("`left` is less than the sum of the weights")
}
