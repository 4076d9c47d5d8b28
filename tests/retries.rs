//! `Retries` agrees with a model: attempts, steps and waits.

use std::collections::HashSet;
use std::time::Duration;

use errtable::{ApiError, Code, CommonError, Error, ErrorCode, Retries, Retry, Retryable, Step, from_response};
use proptest::prelude::*;

const SECOND: Duration = Duration::from_secs(1);

/// An error of any class, with any wait.
#[derive(Clone, Debug, PartialEq)]
struct Failure {
    class: Retry,
    asked: Option<Duration>,
}

impl Failure {
    fn new(class: Retry) -> Self {
        Self { class, asked: None }
    }
}

impl Retryable for Failure {
    fn retry(&self) -> Retry {
        self.class
    }

    fn retry_after(&self) -> Option<Duration> {
        self.asked
    }
}

/// The limits of a call.
#[derive(Clone, Debug)]
struct Limits {
    attempts: u32,
    base: Duration,
    max_wait: Duration,
}

impl Limits {
    fn retries(&self) -> Retries {
        Retries::new(self.attempts).base(self.base).max_wait(self.max_wait)
    }

    /// Checks a step against the rules, given the classes and steps before it. `None` gives the
    /// error back.
    fn check(&self, classes: &[Retry], before: &[Step], failure: &Failure, idempotent: bool, step: Option<Step>) {
        let waits = failure.asked <= Some(self.max_wait);
        let helps = match failure.class {
            // The state may have changed because the work is done.
            Retry::Restart => waits && !classes.contains(&Retry::Transient),
            Retry::Throttled | Retry::Conflict => waits,
            Retry::Transient => waits && idempotent,
            Retry::Renew => !before.contains(&Step::Renew),
            _ => false,
        };
        let permitted = helps && before.len() + 1 < self.attempts as usize;
        assert_eq!(step.is_some(), permitted, "{step:?} after {failure:?}, {before:?}");
        match (failure.class, step) {
            (_, None) | (Retry::Renew, Some(Step::Renew)) => {}
            (Retry::Restart, Some(Step::Restart(wait)))
            | (Retry::Throttled | Retry::Conflict | Retry::Transient, Some(Step::Wait(wait))) => {
                self.check_wait(before, failure, wait);
            }
            _ => panic!("{step:?} after {failure:?}"),
        }
    }

    /// Checks that a wait is at least the one that is asked for, and longer by the doubled base at
    /// most.
    fn check_wait(&self, before: &[Step], failure: &Failure, wait: Duration) {
        let waits = before.iter().filter(|step| **step != Step::Renew).count();
        let doubled = self.base.as_nanos().saturating_mul(1 << waits);
        let asked = failure.asked.unwrap_or(Duration::ZERO);
        let most = doubled.saturating_add(asked.as_nanos()).min(self.max_wait.as_nanos());
        assert!(asked <= wait && wait.as_nanos() <= most, "{wait:?} after {failure:?}, {before:?}");
        assert!(wait <= self.max_wait);
    }
}

fn duration() -> impl Strategy<Value = Duration> {
    prop_oneof![
        Just(Duration::ZERO),
        Just(Duration::MAX),
        (0..5_000_u64).prop_map(Duration::from_millis),
        any::<u64>().prop_map(Duration::from_nanos),
        any::<u64>().prop_map(Duration::from_secs),
    ]
}

prop_compose! {
    fn limits()(attempts in 0..12_u32, base in duration(), max_wait in duration()) -> Limits {
        Limits { attempts, base, max_wait }
    }
}

prop_compose! {
    fn failure()(class in proptest::sample::select(Retry::ALL), asked in proptest::option::of(duration())) -> Failure {
        Failure { class, asked }
    }
}

proptest! {
    /// The loop goes on after an error that is given back, which must not count.
    #[test]
    fn steps_are_those_of_the_model(
        limits in limits(),
        seed in proptest::option::of(any::<u64>()),
        failures in proptest::collection::vec((failure(), any::<bool>()), 0..20),
    ) {
        let retries = limits.retries();
        let mut retries = seed.map_or(retries.clone(), |seed| retries.jitter(seed));
        let (mut classes, mut steps) = (vec![], vec![]);
        for (failure, idempotent) in failures {
            let step = retries.next(failure.clone(), idempotent);
            limits.check(&classes, &steps, &failure, idempotent, step.as_ref().ok().copied());
            match step {
                Ok(step) => {
                    classes.push(failure.class);
                    steps.push(step);
                }
                Err(returned) => prop_assert_eq!(returned, failure),
            }
        }
        prop_assert!(steps.len() < limits.attempts.max(1) as usize);
    }

    #[test]
    fn seed_determines_the_steps(
        limits in limits(),
        seed in any::<u64>(),
        failures in proptest::collection::vec(failure(), 0..12),
    ) {
        let steps = || {
            let mut retries = limits.retries().jitter(seed);
            failures.iter().map(|failure| retries.step(failure, true)).collect::<Vec<_>>()
        };
        prop_assert_eq!(steps(), steps());
    }
}

/// Returns the first waits of clients with consecutive seeds, in milliseconds, in order.
fn first_waits(asked: Option<Duration>) -> Vec<u128> {
    let failure = Failure { class: Retry::Throttled, asked };
    let wait = |seed| match Retries::new(2).base(SECOND).jitter(seed).next(failure.clone(), false) {
        Ok(Step::Wait(wait)) => wait.as_millis(),
        other => panic!("{other:?}"),
    };
    let mut waits: Vec<_> = (0..1000).map(wait).collect();
    waits.sort_unstable();
    waits
}

#[test]
fn waits_are_spread_over_the_whole_interval() {
    let waits = first_waits(None);
    for (quantile, expected) in [(0, 0..10), (250, 200..300), (500, 450..550), (750, 700..800), (999, 990..1001)] {
        assert!(expected.contains(&waits[quantile]), "{quantile}: {}", waits[quantile]);
    }
}

#[test]
fn wait_that_is_asked_for_is_the_lower_bound() {
    let waits = first_waits(Some(SECOND / 2));
    for (quantile, expected) in [(0, 500..510), (500, 950..1050), (999, 1490..1501)] {
        assert!(expected.contains(&waits[quantile]), "{quantile}: {}", waits[quantile]);
    }
    assert!(first_waits(Some(SECOND * 7)).iter().all(|wait| (7000..=8000).contains(wait)));
}

/// Returns the longest of many first, second, third … waits.
fn longest_waits(retries: &Retries, count: usize) -> Vec<Duration> {
    let mut longest = vec![Duration::ZERO; count];
    for seed in 0..300 {
        let mut retries = retries.clone().jitter(seed);
        for longest in &mut longest {
            match retries.step(&Failure::new(Retry::Conflict), false) {
                Some(Step::Wait(wait)) => *longest = wait.max(*longest),
                other => panic!("{other:?}"),
            }
        }
    }
    longest
}

#[test]
fn waits_that_a_service_asks_for_differ() {
    let asked = Duration::from_secs(5);
    let wait = |seed| {
        let error = Failure { asked: Some(asked), ..Failure::new(Retry::Throttled) };
        match Retries::new(2).jitter(seed).next(error, false) {
            Ok(Step::Wait(wait)) => wait,
            step => panic!("{step:?}"),
        }
    };
    let waits: HashSet<_> = (0..8).map(wait).collect();
    assert!(waits.len() > 4, "clients that were told the same wait must not return together: {waits:?}");
    assert!(waits.iter().all(|wait| (asked..=asked + Duration::from_millis(100)).contains(wait)));
}

#[test]
fn upper_bound_doubles_up_to_the_maximum() {
    let waits = longest_waits(&Retries::new(11), 10);
    let bounds = [100, 200, 400, 800, 1600, 3200, 6400, 12800, 25600, 30000].map(Duration::from_millis);
    for (wait, bound) in waits.iter().zip(bounds) {
        assert!(bound * 9 / 10 < *wait && *wait <= bound, "{wait:?} of {bound:?}");
    }
}

/// The first attempt may have increased the version, so a new request would do the work again.
#[test]
fn restart_after_an_unknown_outcome_is_given_back() {
    let mut retries = Retries::new(5);
    let mut step = |class| retries.step(&Failure::new(class), true);
    assert!(matches!(step(Retry::Restart), Some(Step::Restart(_))));
    assert!(matches!(step(Retry::Transient), Some(Step::Wait(_))));
    assert_eq!(step(Retry::Restart), None);
    assert!(matches!(step(Retry::Throttled), Some(Step::Wait(_))));
}

/// A renewal neither waits nor backs off.
#[test]
fn renewal_does_not_double_the_wait() {
    let mut retries = Retries::new(3).jitter(1);
    assert_eq!(retries.step(&Failure::new(Retry::Renew), false), Some(Step::Renew));
    let wait = retries.step(&Failure::new(Retry::Throttled), false);
    assert_eq!(wait, Retries::new(3).jitter(1).step(&Failure::new(Retry::Throttled), false));
}

#[test]
fn waits_of_a_call_differ() {
    let mut retries = Retries::new(3).base(SECOND).max_wait(SECOND).jitter(1);
    let mut step = || retries.step(&Failure::new(Retry::Restart), false);
    assert_ne!(step(), step());
}

#[test]
fn longest_wait_is_thirty_seconds_by_default() {
    let step = |asked| Retries::new(2).step(&Failure { class: Retry::Throttled, asked: Some(asked) }, false);
    assert_eq!(step(SECOND * 30), Some(Step::Wait(SECOND * 30)));
    assert_eq!(step(SECOND * 30 + Duration::from_nanos(1)), None);
}

#[test]
fn each_value_has_its_own_random_seed() {
    const POLICY: Retries = Retries::new(2).base(SECOND);
    let policy = POLICY;
    let clone = policy.clone();
    let [a, b, c] = [POLICY, policy, clone].map(|mut retries| retries.step(&Failure::new(Retry::Throttled), false));
    assert!(a != b && b != c && a != c, "{a:?} {b:?} {c:?}");
}

#[test]
fn zero_attempts_are_one() {
    for attempts in [0, 1] {
        assert_eq!(Retries::new(attempts).step(&Failure::new(Retry::Throttled), true), None);
    }
    assert!(Retries::new(u32::MAX).step(&Failure::new(Retry::Throttled), true).is_some());
}

/// Returns the first wait after an error, without a backoff.
fn wait_after(error: impl Retryable) -> Option<Duration> {
    match Retries::new(2).base(Duration::ZERO).next(error, true).ok()? {
        Step::Wait(wait) => Some(wait),
        step => panic!("{step:?}"),
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, ErrorCode)]
#[error_code(envelope = "nested")]
enum SlowError {
    #[error_code(retry = "throttled", retry_after_ms = 1500)]
    Slow,
}

#[test]
fn wait_of_the_service_replaces_that_of_the_table() {
    assert_eq!(wait_after(SlowError::Slow), Some(SECOND * 3 / 2));
    assert_eq!(wait_after(Code::from(SlowError::Slow)), Some(SECOND * 3 / 2));
    let body = br#"{"error": {"code": "Slow"}}"#;
    let read = |headers: &[(&str, &str)]| from_response::<(), SlowError>(400, headers, body).unwrap_err();
    assert_eq!(wait_after(read(&[])), Some(SECOND * 3 / 2));
    assert_eq!(wait_after(read(&[("retry-after", "1")])), Some(SECOND));
    assert_eq!(wait_after(read(&[("retry-after", "1")]).api().unwrap().clone()), Some(SECOND));
    assert_eq!(wait_after(read(&[("retry-after", "3600")])), None);
}

#[test]
fn status_decides_for_unknown_codes_and_malformed_bodies() {
    let unknown = ApiError::<CommonError>::new("Brand.New", "");
    assert_eq!(wait_after(unknown.clone().with_status(503)), Some(Duration::ZERO));
    assert_eq!(wait_after(unknown), None);
    assert_eq!(wait_after(Code::<CommonError>::from("InternalError.New")), None);

    let headers = [("retry-after", "2")];
    let malformed = |status, body: &[u8]| match from_response::<u32, SlowError>(status, &headers, body) {
        Err(Error::Malformed(malformed)) => malformed,
        other => panic!("{other:?}"),
    };
    assert_eq!(wait_after(malformed(502, b"<html>")), Some(SECOND * 2));
    assert_eq!(wait_after(malformed(200, b"{")), Some(SECOND * 2), "a truncated response");
    assert_eq!(wait_after(malformed(200, b"\"\"")), None, "the work was probably done");
}

#[test]
fn endless_base_is_permitted() {
    let mut retries = Retries::new(9).base(Duration::MAX).max_wait(Duration::MAX);
    for _ in 0..3 {
        assert!(matches!(retries.step(&CommonError::RequestLimitExceeded, false), Some(Step::Wait(_))));
    }
}
