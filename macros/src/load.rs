//! The table that the arguments refer to.

use errtable_spec::__private::render;
use errtable_spec::{Directory, Loaded, Table};
use syn::Error;

use crate::errors::error;
use crate::syntax::TableSource;

/// Loads the table. Each diagnostic becomes an error at the path or name in the attribute.
pub(crate) fn load(source: &TableSource, errors: &mut Vec<Error>) -> Loaded {
    let loaded = match source {
        TableSource::Bundled(name) => Table::load_bundled(&name.value()),
        TableSource::Path(path) => {
            let Some(package) = std::env::var_os("CARGO_MANIFEST_DIR") else {
                let message = "cannot resolve a relative path: `CARGO_MANIFEST_DIR` is not set";
                errors.push(error(path.span(), message, "build with cargo"));
                return Loaded::default();
            };
            Table::load(&Directory::new(package), &path.value())
        }
    };
    errors.extend(render(&loaded.diagnostics).into_iter().map(|message| Error::new(source.span(), message)));
    loaded
}
