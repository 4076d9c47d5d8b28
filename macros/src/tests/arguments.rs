//! What stands around a table is checked too, all of it at once, and each message says what to write instead.

use proc_macro2::TokenStream;
use quote::quote;

use crate::error_table::error_table;

/// The messages of an expansion.
fn messages(arguments: TokenStream, item: TokenStream) -> Vec<String> {
    let file: syn::File = syn::parse2(error_table(arguments, item)).unwrap();
    let errors = file.items.iter().filter_map(|item| match item {
        syn::Item::Macro(item) => Some(item.mac.parse_body::<syn::LitStr>().unwrap().value()),
        _ => None,
    });
    errors.collect()
}

fn message(arguments: TokenStream, item: TokenStream) -> String {
    let mut messages = messages(arguments, item);
    assert_eq!(messages.len(), 1, "{messages:?}");
    messages.remove(0)
}

fn common() -> TokenStream {
    quote!(bundled = "common")
}

#[test]
fn a_right_use_has_no_message() {
    assert!(
        messages(
            common(),
            quote!(
                enum E {}
            )
        )
        .is_empty()
    );
    assert!(
        messages(
            quote!(bundled = "common", crate = my::errtable,),
            quote!(
                enum E {}
            )
        )
        .is_empty()
    );
    assert!(
        messages(
            quote!(crate = errtable, bundled = "common"),
            quote!(
                enum E {}
            )
        )
        .is_empty()
    );
}

#[test]
fn the_enum_is_checked() {
    let expected = "`error_table` goes on an enum without variants: `pub enum MyApiError {}`";
    for item in [
        quote!(
            struct E;
        ),
        quote!(
            fn e() {}
        ),
        quote!(union E { a: u8 }),
        quote!(
            type E = ();
        ),
    ] {
        assert_eq!(message(common(), item), expected);
    }
    assert_eq!(
        message(
            common(),
            quote!(
                enum E {
                    A,
                    B,
                }
            )
        ),
        "the variants come from the table: write `enum E {}`, or derive `ErrorCode` for variants of your own",
    );
    for item in [
        quote!(
            enum E<T> {}
        ),
        quote!(
            enum E<'a> {}
        ),
        quote!(
            enum E
            where
                u8: Copy, {}
        ),
    ] {
        assert_eq!(message(common(), item), "an enum of error codes has no parameters: take them out");
    }
    assert_eq!(
        message(
            common(),
            quote!(
                #[repr(u8)]
                enum E {}
            )
        ),
        "`error_table` chooses the representation, the smallest that holds the table: take `repr` out",
    );
}

#[test]
fn derives_that_compete_are_refused_and_the_rest_is_kept() {
    for competing in
        ["Serialize", "Display", "EnumString", "Error", "ErrorCode", "AsRefStr", "IntoStaticStr", "FromStr"]
    {
        let path: syn::Path = syn::parse_str(&format!("some::{competing}")).unwrap();
        assert_eq!(
            message(
                common(),
                quote!(
                    #[derive(Clone, #path, Arbitrary)]
                    enum E {}
                )
            ),
            format!("`error_table` implements what `{competing}` would derive: take it out of the list"),
        );
    }
    let expanded = error_table(
        common(),
        quote!(
            #[derive(Debug, my::Arbitrary)]
            enum E {}
        ),
    )
    .to_string();
    assert!(expanded.contains("# [derive (my :: Arbitrary)]"), "{expanded}");
}

#[test]
fn the_arguments_are_checked() {
    let item = || {
        quote!(
            enum E {}
        )
    };
    let form = "write `#[error_table(\"spec/my-api.json\")]`, or `#[error_table(bundled = \"common\")]`";
    assert_eq!(message(quote!(), item()), format!("which table? {form}"));
    assert_eq!(message(quote!(crate = errtable), item()), format!("which table? {form}"));
    assert_eq!(message(quote!(5), item()), format!("expected the path of a table in quotes: {form}"));
    assert_eq!(message(quote!(path = "a"), item()), format!("unknown argument `path`: {form}"));
    assert_eq!(
        message(quote!(bundled = "common", "b.json"), item()),
        "an enum has one table; let that one extend others",
    );
    assert_eq!(
        message(quote!(bundled = "common", crate = "errtable"), item()),
        "write the path without quotes: `crate = my_errtable`",
    );
    assert_eq!(message(quote!(bundled = "common", crate = a, crate = b), item()), "`crate` is given twice");
}

#[test]
fn mistakes_around_a_table_and_in_its_name_are_told_together() {
    let messages = messages(
        quote!(bundled = "comon"),
        quote!(
            #[repr(u8)]
            #[derive(Serialize)]
            enum E<T> {
                A,
            }
        ),
    );
    assert_eq!(messages.len(), 5, "{messages:?}");
    let unread = "bundled:comon: cannot read the table: there is no such bundled table";
    assert!(messages[4].starts_with(unread), "{messages:?}");
}

#[test]
fn the_enum_is_there_whatever_is_wrong() {
    let expanded = error_table(
        common(),
        quote!(
            #[repr(u8)]
            pub enum E {
                A,
            }
        ),
    )
    .to_string();
    assert!(expanded.contains("RequestLimitExceeded"), "the rows of the table are");
    let expanded = error_table(
        quote!(),
        quote!(
            pub enum E {}
        ),
    )
    .to_string();
    assert!(expanded.contains("pub enum E { }"), "{expanded}");
}

#[test]
fn more_codes_and_aliases_than_an_index_holds_are_refused() {
    let aliases = (0..errtable_spec::MAX_CODES).map(|number| format!("A{number}"));
    let item = quote!(
        #[error_code(name = "mine")]
        enum Mine {
            #[error_code("A", aliases(#(#aliases),*))]
            A,
        }
    );
    let expansion = crate::derive::derive_error_code(item).to_string();
    assert!(expansion.contains("more than 65535 codes and aliases"), "{}", &expansion[..200]);
}
