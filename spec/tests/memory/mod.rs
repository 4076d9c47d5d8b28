//! Tables in memory, for tests.

use std::collections::BTreeMap;
use std::io;

use errtable_spec::{Files, Loaded, Table};

pub(crate) struct Memory(BTreeMap<&'static str, String>);

impl Files for Memory {
    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        self.0.get(path).map(|text| text.clone().into_bytes()).ok_or_else(|| io::ErrorKind::NotFound.into())
    }
}

/// Loads the first of some tables.
pub(crate) fn load(files: &[(&'static str, &str)]) -> Loaded {
    let memory = Memory(files.iter().map(|(path, text)| (*path, (*text).to_owned())).collect());
    Table::load(&memory, files[0].0)
}
