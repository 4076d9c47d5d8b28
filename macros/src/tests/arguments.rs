//! Errors in the arguments and in the enum. All are reported, each with a help.

use proc_macro2::{TokenStream, TokenTree};
use quote::quote;

use crate::expand_attribute;

const COMMON: &str = "bundled = \"common\"";

fn expand(arguments: &str, item: &str) -> TokenStream {
    expand_attribute(arguments.parse().unwrap(), item.parse().unwrap())
}

/// Returns the messages of all errors in an expansion.
fn messages(arguments: &str, item: &str) -> Vec<String> {
    let mut messages = Vec::new();
    push_messages(expand(arguments, item), &mut messages);
    messages
}

/// Pushes the text of each `compile_error! { "…" }`, at any depth.
pub(super) fn push_messages(tokens: TokenStream, messages: &mut Vec<String>) {
    let mut is_error = false;
    for token in tokens {
        match token {
            TokenTree::Group(group) if is_error => {
                messages.push(syn::parse2::<syn::LitStr>(group.stream()).unwrap().value());
                is_error = false;
            }
            TokenTree::Group(group) => push_messages(group.stream(), messages),
            TokenTree::Ident(ident) => is_error = ident == "compile_error",
            _ => {}
        }
    }
}

#[track_caller]
fn assert_error(arguments: &str, item: &str, message: &str, help: &str) {
    assert_eq!(messages(arguments, item), [format!("{message}\n  = help: {help}")]);
}

#[test]
fn valid_use_has_no_errors() {
    for arguments in [COMMON, "bundled = \"common\", crate = my::errtable,", "crate = errtable, bundled = \"common\""] {
        assert!(messages(arguments, "enum E {}").is_empty());
    }
}

#[test]
fn other_items_are_rejected() {
    for (item, is_type) in
        [("struct E;", true), ("union E { a: u8 }", true), ("fn e() {}", false), ("type E = ();", false)]
    {
        let message = "`error_table` can only be applied to an enum without variants";
        assert_error(COMMON, item, message, "write `pub enum MyApiError {}`");
        // The enum avoids an error for each use of a variant.
        assert_eq!(expand(COMMON, item).to_string().contains("enum E {"), is_type, "{item}");
    }
}

#[test]
fn variants_are_rejected() {
    let help = "write `enum E {}`, or keep the variants and derive `ErrorCode` instead";
    assert_error(COMMON, "enum E { A, B }", "the table defines the variants of `E`", help);
}

#[test]
fn generics_are_rejected() {
    let message = "an enum of error codes cannot be generic";
    assert_error(COMMON, "enum E<T> {}", message, "remove the parameters");
    assert_error(COMMON, "enum E<'a> {}", message, "remove the parameters");
    assert_error(COMMON, "enum E where u8: Copy, {}", message, "remove the `where` clause");
}

#[test]
fn repr_is_rejected() {
    let message = "`repr` is not supported here: the number of codes determines the representation";
    assert_error(COMMON, "#[repr(u8)] enum E {}", message, "remove the attribute");
}

#[test]
fn conflicting_derives_are_rejected() {
    for name in ["Serialize", "Display", "EnumString", "Error", "ErrorCode", "AsRefStr", "IntoStaticStr", "FromStr"] {
        let item = format!("#[derive(Clone, some::{name}, Arbitrary)] enum E {{}}");
        let message = format!("conflicting derive `{name}`: `error_table` generates this implementation");
        assert_error(COMMON, &item, &message, &format!("remove `{name}`"));
    }
}

#[test]
fn default_is_rejected_and_removed() {
    let item = "#[derive(Debug, Default)] enum E {}";
    assert_error(COMMON, item, "an error code has no default value", "remove `Default`");
    assert!(!expand(COMMON, item).to_string().contains("derive (Default"));
}

#[test]
fn other_derives_are_kept() {
    let expansion = expand(COMMON, "#[derive(Debug, my::Arbitrary)] enum E {}").to_string();
    assert!(expansion.contains("# [derive (my :: Arbitrary)]"), "{expansion}");
}

#[test]
fn schema_derives_see_the_codes() {
    let item =
        "#[derive(utoipa::ToSchema, TS)] #[cfg_attr(feature = \"docs\", doc = \"a\", derive(JsonSchema))] enum E {}";
    let expansion = expand(COMMON, item).to_string();
    let rename = "(rename = \"AuthFailure.TokenFailure\")";
    let attributes = format!(
        "# [schema {rename}] # [ts {rename}] # [cfg_attr (feature = \"docs\" , schemars {rename})] AuthFailureTokenFailure"
    );
    assert!(expansion.contains(&attributes), "{expansion}");
}

#[test]
fn derives_of_other_crates_have_no_rename() {
    let expansion = expand(COMMON, "#[derive(salvo_oapi::ToSchema)] enum E {}").to_string();
    assert!(!expansion.contains("rename"), "{expansion}");
}

#[test]
fn schema_derives_of_numbers_are_rejected() {
    for (item, name) in
        [("#[derive(TS)] enum E {}", "TS"), ("#[cfg_attr(docs, derive(schemars::JsonSchema))] enum E {}", "JsonSchema")]
    {
        let message = format!("`{name}` would list the names of codes that are sent as numbers");
        let help = format!("remove `{name}`, and implement it with `ALL` and `number()`");
        assert_error("\"src/tests/tables/numbers.json\"", item, &message, &help);
    }
}

#[test]
fn invalid_arguments_are_rejected() {
    let usage = "write `#[error_table(\"spec/my-api.json\")]` or `#[error_table(bundled = \"common\")]`";
    for (arguments, message, help) in [
        ("", "missing table", usage),
        ("crate = errtable", "missing table", usage),
        ("5", "the path must be a string literal", usage),
        ("path = \"a\"", "unknown argument `path`", usage),
        (
            "bundled = \"common\", \"b.json\"",
            "duplicate table",
            "extend other tables in the JSON file: `\"extends\": [\"bundled:common\"]`",
        ),
        (
            "bundled = \"common\", crate = \"errtable\"",
            "expected a path, found a string literal",
            "write `crate = my_errtable`",
        ),
        ("bundled = \"common\", crate = a, crate = b", "duplicate argument `crate`", "remove one of the two"),
    ] {
        assert_error(arguments, "enum E {}", message, help);
    }
}

#[test]
fn all_errors_are_reported() {
    let messages = messages("bundled = \"comon\"", "#[repr(u8)] #[derive(Serialize)] enum E<T> { A }");
    assert_eq!(messages.len(), 5, "{messages:?}");
    assert!(messages[4].starts_with("bundled:comon: "), "{messages:?}");
}

#[test]
fn enum_is_declared_after_errors() {
    let expansion = expand(COMMON, "#[repr(u8)] pub enum E { A }").to_string();
    assert!(expansion.contains("RequestLimitExceeded"), "the variants of the table");
}

#[test]
fn enum_without_table_contains_an_error() {
    for (arguments, ident, placeholder) in [("", "E", "__E"), ("bundled = \"comon\"", "r#type", "__type")] {
        let expansion = expand(arguments, &format!("#[derive(Arbitrary)] pub enum {ident} {{}}")).to_string();
        let start = format!(
            "# [doc (hidden)] pub struct {placeholder} < const N : :: errtable :: __private :: core :: primitive :: usize > ; pub type {ident} = {placeholder} < {{ :: core :: compile_error ! {{"
        );
        assert!(expansion.starts_with(&start), "{expansion}");
        assert!(expansion.ends_with("} 0 } > ;"), "{expansion}");
    }
}

#[test]
fn variant_named_like_the_method_of_a_column_is_rejected() {
    let item = quote!(
        #[error_code(table = "src/tests/tables/required.json")]
        enum Mine {
            #[error_code("23505")]
            from_errno,
        }
    );
    let mut messages = Vec::new();
    push_messages(crate::expand_derive(item), &mut messages);
    let message = "invalid variant name `from_errno`: it is a method of the generated enum";
    assert_eq!(messages, [format!("{message}\n  = help: rename the variant, and write the code")]);
}

#[test]
fn digits_are_not_the_code_of_a_variant() {
    let item = quote!(
        #[error_code(table = "src/tests/tables/numbers.json")]
        enum Mine {
            #[error_code("-1")]
            Unknown,
        }
    );
    let mut messages = Vec::new();
    push_messages(crate::expand_derive(item), &mut messages);
    let message = "unknown code `-1` in table `numbers`";
    assert_eq!(messages, [format!("{message}\n  = help: it is an alias: write the code `UNKNOWN_SERVER_ERROR`")]);
}

#[test]
fn mistakes_in_variants_have_a_help() {
    let item = quote!(
        #[error_code(bundled = "common")]
        enum Mine {
            AuthFailureSignatureExpired,
            Pair(u8, u8),
            #[error_code(retry("never"))]
            InternalError,
        }
    );
    let mut messages = Vec::new();
    push_messages(crate::expand_derive(item), &mut messages);
    messages.sort();
    let expected = [
        "expected a variant without fields: an error code has no data\n  = help: remove the fields",
        "invalid value for `retry`\n  = help: write `retry = \"conflict\"`",
        "unknown variant `AuthFailureSignatureExpired` in table `common`\n  = help: did you mean \
         `AuthFailureSignatureExpire`, the variant of `AuthFailure.SignatureExpire`?",
    ];
    assert_eq!(messages, expected);
}

#[test]
fn too_many_codes_are_rejected() {
    let aliases = (0..errtable_spec::MAX_CODES).map(|number| format!("A{number}"));
    let item = quote!(
        #[error_code(name = "mine")]
        enum Mine {
            #[error_code("A", aliases(#(#aliases),*))]
            A,
        }
    );
    let expansion = crate::expand_derive(item).to_string();
    assert!(expansion.contains("too many codes and aliases: the maximum is 65535"), "{}", &expansion[..200]);
}
