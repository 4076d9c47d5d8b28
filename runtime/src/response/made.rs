//! Samples for unit tests, made from the key `envelope` of a table.

use alloc::boxed::Box;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::cell::Cell;
use std::io::{ErrorKind, Result as IoResult};
use std::thread_local;

use errtable_spec::__private::Layout;
use errtable_spec::{Files, Table};

use crate::response::tape::Samples;

/// A table in memory.
struct Text(String);

impl Files for Text {
    fn read(&self, path: &str) -> IoResult<Vec<u8>> {
        if path == "t.json" { Ok(self.0.clone().into_bytes()) } else { Err(ErrorKind::NotFound.into()) }
    }
}

thread_local! {
    static LAYOUT: Cell<Option<&'static Layout>> = const { Cell::new(None) };
}

fn child(node: u16, key: &str) -> u16 {
    LAYOUT.get().map_or(0, |layout| layout.child(node, key))
}

impl Samples {
    /// Makes the samples of a table's key `envelope`. They are the last ones of this thread.
    pub(in crate::response) fn made(envelope: &str) -> Self {
        let table = Text(format!(r#"{{"name": "t", "envelope": {envelope}, "errors": []}}"#));
        let loaded = Table::load(&table, "t.json");
        assert!(loaded.diagnostics.is_empty(), "{:#?}", loaded.diagnostics);
        let layout: &Layout = Box::leak(Box::new(Layout::new(&loaded.table.envelope.unwrap())));
        LAYOUT.set(Some(layout));
        Self { shape: &layout.shape, child }
    }

    /// Returns the node of a path: `error.code`.
    pub(in crate::response) fn node(self, path: &str) -> u16 {
        path.split('.').fold(0, |node, key| match (self.child)(node, key) {
            0 => panic!("no sample names `{key}` of `{path}`"),
            child => child,
        })
    }
}
