//! Reading a large body takes memory and allocations in proportion to what the data keeps.

use allocation_counter::{AllocationInfo, measure};

use large::{KINDS, Kind};

mod large;

/// The size of a body that is read quickly without optimisation.
const SIZE: usize = 1 << 19;

/// What may be allocated beyond the data: buffers, and the error.
const SLACK: u64 = 32 << 10;

/// Reads a body of a kind, and checks the outcome. Returns what was allocated.
fn measure_kind(kind: &Kind, body: &[u8]) -> AllocationInfo {
    let mut result = None;
    let info = measure(|| result = Some((kind.read)(body)));
    kind.check(&result.unwrap());
    info
}

/// Returns how many bytes the data of a sound body takes.
fn kept_bytes(kind: &Kind, body: &[u8]) -> u64 {
    let mut data = None;
    let info = measure(|| data = Some((kind.read)(body)));
    info.bytes_current.try_into().unwrap()
}

#[test]
fn peak_is_what_the_data_keeps() {
    for kind in KINDS {
        let kept = kept_bytes(kind, &(kind.sound)(SIZE));
        let peak = measure_kind(kind, &(kind.body)(SIZE)).bytes_max;
        assert!(peak <= kept + kept / 10 + SLACK, "{}: {peak} bytes, {kept} kept", kind.name);
    }
}

#[test]
fn allocated_bytes_are_proportional_to_the_body() {
    for kind in KINDS {
        let total = |size| measure_kind(kind, &(kind.body)(size)).bytes_total;
        let (small, large) = (total(SIZE / 4), total(SIZE));
        assert!(large <= 5 * small + SLACK, "{}: {small} and {large} bytes", kind.name);
    }
}
