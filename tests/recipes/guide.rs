//! The examples of the page `retrying`.

mod a_loop {
    include!(concat!(env!("OUT_DIR"), "/A loop.rs"));

    use std::cell::{Cell, RefCell};

    use errtable::ErrorCode;

    #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, ErrorCode)]
    #[error_code(envelope = "nested")]
    enum StoreError {
        #[error_code(retry = "throttled", retry_after_ms = 1)]
        TooFast,
        #[error_code(retry = "renew")]
        StaleToken,
        #[error_code(retry = "restart")]
        StaleVersion,
    }

    /// Calls a service that fails with the codes, then succeeds. Returns whether the call succeeds,
    /// and the version and the token of each request.
    fn run(codes: &[&str]) -> (bool, Vec<(usize, u32)>) {
        let (token, requests) = (Cell::new(0), RefCell::new(Vec::new()));
        let version = || requests.borrow().len();
        let send = |version: &usize| {
            let code = codes.get(requests.borrow().len());
            requests.borrow_mut().push((*version, token.get()));
            match code {
                Some(code) => (400, Vec::new(), format!(r#"{{"error": {{"code": "{code}"}}}}"#).into()),
                None => (204, Vec::new(), Vec::new()),
            }
        };
        let outcome = call::<_, StoreError>(version, send, || token.set(token.get() + 1), false);
        (outcome.is_ok(), requests.into_inner())
    }

    #[test]
    fn wait_and_renewal_keep_the_request() {
        assert_eq!(run(&["TooFast", "StaleToken"]), (true, vec![(0, 0), (0, 0), (0, 1)]));
    }

    #[test]
    fn restart_builds_a_new_request() {
        assert_eq!(run(&["TooFast", "StaleVersion"]), (true, vec![(0, 0), (0, 0), (2, 0)]));
    }

    #[test]
    fn token_is_renewed_once() {
        assert_eq!(run(&["StaleToken"; 2]), (false, vec![(0, 0), (0, 1)]));
    }

    #[test]
    fn unknown_code_is_not_retried() {
        assert_eq!(run(&["Unknown"]), (false, vec![(0, 0)]));
    }
}

mod class_of_ancestor {
    include!(concat!(env!("OUT_DIR"), "/Which errors have a class.rs"));

    use errtable::{CommonError, Retry};

    #[test]
    fn unknown_code_has_the_class_of_its_ancestor() {
        let error = ApiError::<CommonError>::new("RequestLimitExceeded.New", "");
        assert_eq!(error.retry(), Retry::Never);
        assert_eq!(with_class_of_ancestor(error).retry(), Retry::Throttled);
    }

    #[test]
    fn known_code_keeps_its_class() {
        let error = ApiError::<CommonError>::new("FailedOperation", "").with_retry(Retry::Conflict);
        assert_eq!(with_class_of_ancestor(error).retry(), Retry::Conflict);
    }
}
