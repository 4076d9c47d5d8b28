//! The table that the arguments name, with what is wrong in it.

use errtable_spec::{Directory, Loaded, Table, render};
use syn::Error;

use crate::input::TableSource;

/// Loads the table; its problems go to `errors`, all at the place where the user named it.
pub(crate) fn load(source: &TableSource, errors: &mut Vec<Error>) -> Loaded {
    let loaded = match source {
        TableSource::Bundled(name) => Table::load_bundled(&name.value()),
        TableSource::Path(path) => {
            let Some(package) = std::env::var_os("CARGO_MANIFEST_DIR") else {
                let message = "CARGO_MANIFEST_DIR is not set, so a path means nothing: build with cargo";
                errors.push(Error::new(path.span(), message));
                return Loaded::default();
            };
            Table::load(&Directory::new(package), &path.value())
        }
    };
    errors.extend(render(&loaded.diagnostics).into_iter().map(|message| Error::new(source.span(), message)));
    loaded
}
