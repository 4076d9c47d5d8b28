//! Values that count as absent, whatever they are.

/// Visitor methods of values that count as absent.
macro_rules! absent {
    ($($method:ident $($type:ty)?,)*) => {$(
        fn $method<E: Error>(self $(, _: $type)?) -> Result<Self::Value, E> {
            Ok(None)
        }
    )*};
}

pub(super) use absent;
