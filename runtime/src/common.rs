//! The enum of the common codes.

use errtable_macros::error_table;

/// An error code that all services of Tencent Cloud API 3.0 have in common.
///
/// ```
/// use errtable::{CommonError, Fault, Retry};
///
/// const INTERNAL: Option<CommonError> = CommonError::from_code("InternalError");
/// assert_eq!(INTERNAL, Some(CommonError::InternalError));
///
/// let code: CommonError = "RequestLimitExceeded".parse()?;
/// assert_eq!(code.retry(), Retry::Throttled);
/// assert_eq!(code.fault(), Fault::Client);
/// assert_eq!(code.as_str(), "RequestLimitExceeded");
/// # Ok::<(), errtable::UnknownCode>(())
/// ```
#[error_table(bundled = "common", crate = crate)]
pub enum CommonError {}
