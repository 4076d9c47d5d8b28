//! Functions with the names of all parameters in an expansion, which imports them.
//!
//! A parameter may have the name of a function, but not of a constant: `const text: () = ();`.

macro_rules! parameters {
    ($($name:ident)*) => {
        $(
            /// Hides a constant of the same name.
            pub fn $name() {}
        )*
    };
}

parameters!(code deserializer f idempotent key name node number other serializer text value);
