//! The recipe for backon.

use self::recipe::call;

#[allow(unreachable_pub, reason = "an SDK exports the items of the recipe")]
mod recipe {
    include!(concat!(env!("OUT_DIR"), "/backon.rs"));
}

closure_tests!(call);
