//! Tokens that several parts of the expansion use.

use errtable_spec::__private::pack_ints;
use errtable_spec::Table;
use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::quote;

use crate::lex;

/// Converts a valid name to an identifier.
pub(super) fn identifier(name: &str) -> Ident {
    Ident::new(name, Span::call_site())
}

/// Converts a text to a string literal.
pub(super) fn literal(text: &str) -> TokenStream {
    // `quote` escapes character by character, which is slow for a long text.
    // It must escape invisible characters, which rustc denies in a literal.
    if text.is_ascii() && !text.contains('"') && !text.contains('\\') && !text.contains('\r') {
        lex(&format!("\"{text}\""))
    } else {
        quote!(#text)
    }
}

/// Returns the body of a method that reads the row of `self`. Without rows, `self` has no value.
pub(super) fn body(table: &Table, read: impl Fn(TokenStream) -> TokenStream) -> TokenStream {
    if table.rows.is_empty() { quote!(match self {}) } else { read(quote!(self as __core::primitive::usize)) }
}

/// Packs integers at their smallest width.
pub(super) fn packed(numbers: &[u64]) -> TokenStream {
    let (width, bytes) = pack_ints(numbers);
    let bytes = Literal::byte_string(&bytes);
    quote!(__errtable::PackedInts::new(#width, #bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn literal_has_the_value_of_its_text() {
        for text in ["", "plain", "a\"b", "a\\b", "a\rb", "a\nb", "签名", "\u{202e}"] {
            let literal: syn::LitStr = syn::parse2(literal(text)).unwrap();
            assert_eq!(literal.value(), text);
        }
    }
}
