//! Who must act on an error.

/// Who must act on an error.
///
/// ```
/// # extern crate errtable_spec as errtable;
/// use errtable::Fault;
///
/// assert_eq!(Fault::Server.to_string(), "server");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Fault {
    /// The caller: the request must change.
    Client,
    /// The service.
    Server,
    /// No one: the request would have succeeded, as in a dry run.
    None,
}

vocabulary!(Fault, ParseFaultError, [
    Client, "client", "the caller must change the request";
    Server, "server", "the service must be repaired";
    None, "none", "no one must act: the request would have succeeded";
]);
