//! Who has to fix an error.

/// Who has to fix an error.
///
/// ```
/// # extern crate errtable_spec as errtable;
/// use errtable::Fault;
///
/// assert_eq!(Fault::Server.to_string(), "server");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Fault {
    /// The client: the request has to change.
    Client,
    /// The server.
    Server,
    /// No one: the request would have succeeded, as in a dry run.
    None,
}

vocabulary!(Fault, ParseFaultError, [
    Client, "client", "the client has to change the request";
    Server, "server", "the server has to be fixed";
    None, "none", "nothing to fix: the request would have succeeded";
]);
