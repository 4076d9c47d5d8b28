//! The life of a code: former variants, replacements and deprecation.

use errtable::{ErrorCode, Retry, error_table};

#[error_table("fixtures/tables/evolving.json")]
enum Evolving {}

#[test]
#[expect(deprecated, reason = "former variants are deprecated")]
fn former_variant_is_the_variant() {
    assert_eq!([Evolving::NoSpace, Evolving::DiskIsFull], [Evolving::DiskFull; 2]);
    assert_eq!(Evolving::Slow, Evolving::DiskSlow);
    assert!(Evolving::ALL.contains(&Evolving::NoSpace));
    assert_eq!(Evolving::ALL.len(), 4);
}

#[test]
#[expect(deprecated, reason = "former variants are deprecated")]
fn former_variant_is_a_pattern() {
    let is_full = |error| matches!(error, Evolving::NoSpace);
    assert!(is_full(Evolving::DiskFull) && !is_full(Evolving::DiskBusy));
    assert_eq!(format!("{} {:?}", Evolving::DiskIsFull, Evolving::DiskIsFull), "Disk.Full DiskFull");
}

#[test]
fn replaced_code_is_read_as_before() {
    let old = Evolving::from_code("Disk.Slow").unwrap();
    assert_eq!((old.as_str(), old.retry()), ("Disk.Slow", Retry::Never));
    assert_eq!(Evolving::from_code("NoSpace"), None, "a former variant is not a code");
    assert_eq!(Evolving::from_code("Disk.Gone"), None);
}

#[test]
fn derive_finds_a_code_by_a_former_variant() {
    #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, ErrorCode)]
    #[error_code(table = "fixtures/tables/evolving.json")]
    enum Subset {
        NoSpace,
        DiskBusy,
    }
    assert_eq!([Subset::NoSpace, Subset::DiskBusy].map(Subset::as_str), ["Disk.Full", "Disk.Busy"]);
}

/// Each use is reported once, with what to write instead.
#[test]
#[expect(deprecated, reason = "both have replacements")]
fn replaced_codes_are_deprecated() {
    assert_eq!([Evolving::DiskSlow.as_str(), Evolving::DiskLost.as_str()], ["Disk.Slow", "Disk.Lost"]);
}
