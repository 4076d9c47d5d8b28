//! Steps after failures of any class.

use super::*;

/// An error of a class that asks for a wait.
struct Failure(Retry, Option<Duration>);

impl Retryable for Failure {
    fn retry(&self) -> Retry {
        self.0
    }

    fn retry_after(&self) -> Option<Duration> {
        self.1
    }
}

const MAX_WAIT: Duration = Duration::from_secs(30);
const NANOSECOND: Duration = Duration::from_nanos(1);

fn step(retries: &mut Retries, class: Retry) -> Option<Step> {
    retries.step(&Failure(class, None), true)
}

/// Returns the wait after an error that asks for one.
fn wait(retries: &mut Retries, asked: Duration) -> Option<Duration> {
    match retries.step(&Failure(Retry::Throttled, Some(asked)), false) {
        Some(Step::Wait(wait)) => Some(wait),
        _ => None,
    }
}

#[test]
fn first_request_counts_as_an_attempt() {
    for (attempts, steps) in [(0, 0), (1, 0), (2, 1), (5, 4)] {
        let mut retries = Retries::new(attempts);
        let permitted = (0..10).map_while(|_| step(&mut retries, Retry::Conflict)).count();
        assert_eq!(permitted, steps, "{attempts}");
    }
}

#[test]
fn error_that_is_given_back_is_no_attempt() {
    let mut retries = Retries::new(2);
    assert_eq!(step(&mut retries, Retry::Never), None);
    assert_eq!(wait(&mut retries, MAX_WAIT + NANOSECOND), None);
    assert_eq!(retries.step(&Failure(Retry::Transient, None), false), None);
    assert!(step(&mut retries, Retry::Restart).is_some());
}

#[test]
fn wait_is_not_longer_than_the_longest() {
    for max_wait in [MAX_WAIT, Duration::ZERO, Duration::MAX] {
        let mut retries = Retries::new(9).max_wait(max_wait);
        assert_eq!(wait(&mut retries, max_wait), Some(max_wait));
        if let Some(longer) = max_wait.checked_add(NANOSECOND) {
            assert_eq!(wait(&mut retries, longer), None);
        }
    }
    assert_eq!(wait(&mut Retries::new(2), MAX_WAIT), Some(MAX_WAIT));
}

/// Over many seeds, the longest wait is close to the upper bound.
#[test]
fn upper_bound_doubles_with_each_wait() {
    let second = Duration::from_secs(1);
    for asked in [Duration::ZERO, second] {
        let mut longest = [Duration::ZERO; 4];
        for seed in 0..1000 {
            let mut retries = Retries::new(9).base(second).max_wait(second * 7).jitter(seed);
            for longest in &mut longest {
                // Neither a renewal nor an error that is given back changes the waits.
                let _ = step(&mut retries, Retry::Renew);
                let _ = step(&mut retries, Retry::Never);
                let wait = wait(&mut retries, asked).unwrap();
                assert!(wait >= asked);
                *longest = wait.max(*longest);
            }
        }
        for (longest, bound) in longest.into_iter().zip([1, 2, 4, 8]) {
            let bound = (asked + second * bound).min(second * 7);
            assert!(longest <= bound && longest > bound * 98 / 100, "{longest:?}, {bound:?}");
        }
    }
}

#[test]
fn endless_base_is_permitted() {
    let mut retries = Retries::new(9).base(Duration::MAX).max_wait(Duration::MAX);
    for _ in 0..3 {
        assert!(wait(&mut retries, NANOSECOND).is_some());
    }
}

#[test]
fn only_one_renewal_is_asked_for() {
    let mut retries = Retries::new(9);
    assert_eq!(step(&mut retries, Retry::Renew), Some(Step::Renew));
    assert!(step(&mut retries, Retry::Throttled).is_some());
    assert_eq!(step(&mut retries, Retry::Renew), None);
}

#[test]
fn nothing_is_restarted_after_the_work_may_be_done() {
    let mut retries = Retries::new(9).base(Duration::ZERO);
    for class in [Retry::Throttled, Retry::Conflict, Retry::Restart] {
        assert!(step(&mut retries, class).is_some());
    }
    assert_eq!(step(&mut retries, Retry::Restart), Some(Step::Restart(Duration::ZERO)));
    assert!(step(&mut retries, Retry::Transient).is_some());
    assert!(step(&mut retries, Retry::Throttled).is_some());
    assert_eq!(step(&mut retries, Retry::Restart), None);
}
