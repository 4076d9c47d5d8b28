//! Bodies in the envelopes of other services.

pub(crate) mod aws_json;
pub(crate) mod flat;
pub(crate) mod google;
pub(crate) mod kubernetes;
pub(crate) mod numeric;
pub(crate) mod problem;

use std::convert::Infallible;
use std::marker::PhantomData;

use errtable::{ApiError, Body, Error, Success, from_response_as};
use serde::Deserialize;

/// A success that is the data alone. `F` is the body of a failure.
#[derive(Deserialize)]
#[serde(transparent, bound(deserialize = "T: Deserialize<'de>"))]
struct Bare<T, F>(T, PhantomData<F>);

impl<'de, T: Deserialize<'de>, F: Body<'de>> Body<'de> for Bare<T, F> {
    type Data = T;
    type Code = F::Code;
    const REQUEST_ID: &'static [&'static str] = F::REQUEST_ID;

    fn into_result(self) -> Result<Success<T>, ApiError<F::Code>> {
        Ok(Success::new(self.0))
    }
}

/// Reads the data of a 2xx response, or an `F`. The status decides before the body is read.
pub(crate) fn read<'de, T, F>(status: u16, body: &'de [u8]) -> Result<Success<T>, Error<F::Code>>
where
    T: Deserialize<'de>,
    F: Body<'de, Data = Infallible>,
{
    match status {
        200..=299 => from_response_as::<Bare<T, F>>(status, body),
        _ => from_response_as::<F>(status, body).map(|success| match success.data {}),
    }
}
