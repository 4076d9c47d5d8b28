//! Checkouts in different directories expand to the same bytes, which contain no path.

mod scratch;

use scratch::Scratch;

const MAIN: &str = r#"
#[errtable::error_table("spec/service.json")]
pub enum ServiceError {}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, errtable::ErrorCode)]
#[error_code(table = "spec/service.json")]
pub enum Part {
    InternalError,
}

fn main() {}
"#;

/// Returns a new checkout and its source after macro expansion.
fn expansion() -> (Scratch, String) {
    let scratch = Scratch::new("same-bytes", MAIN);
    scratch.write(
        "spec/service.json",
        include_str!("fixtures/tables/hostile.json").replace("\"Unusual\"", "\"InternalError\"").as_str(),
    );
    let expansion = scratch.expand();
    (scratch, expansion)
}

#[test]
fn expansion_does_not_depend_on_the_directory() {
    let ((one, first), (other, second)) = (expansion(), expansion());
    assert_ne!(one.path(""), other.path(""));
    assert_eq!(first, second);
    assert!(first.contains("pub enum ServiceError") && first.contains("InternalError"), "the source is not expanded");
    for folder in [one.path(""), std::env::temp_dir(), env!("CARGO_MANIFEST_DIR").into()] {
        let path = folder.to_str().unwrap().trim_end_matches('/');
        assert!(!first.contains(path), "the expansion contains {path}");
    }
}
