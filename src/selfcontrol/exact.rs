//! Exact statistics of small numbers: nothing here is approximated by a curve.

/// Logarithms of factorials, so that a table of a million still fits in a number.
fn ln_factorials(most: usize) -> Vec<f64> {
    let mut sum = 0.0;
    let more = (1..=most).map(|number| {
        sum += as_f64(number).ln();
        sum
    });
    std::iter::once(0.0).chain(more).collect()
}

#[expect(clippy::cast_precision_loss, reason = "counts of documents")]
const fn as_f64(number: usize) -> f64 {
    number as f64
}

fn ln_choose(ln: &[f64], of: usize, chosen: usize) -> f64 {
    let at = |place: usize| ln.get(place).copied().unwrap_or(f64::NAN);
    at(of) - at(chosen) - at(of - chosen)
}

/// Two counts of two groups: so many of so many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Two {
    /// Of the group: how many have it.
    pub with: usize,
    /// How many the group is.
    pub of: usize,
    /// Of the rest: how many have it.
    pub rest_with: usize,
    /// How many the rest is.
    pub rest_of: usize,
}

/// Fisher's exact test, two-sided: how likely a split at least as uneven is, if the group is like the rest. Splits as
/// likely as the one seen, or less, are added up.
#[must_use]
pub fn fisher(two: Two) -> f64 {
    let Two {
        with,
        of,
        rest_with,
        rest_of,
    } = two;
    let (all, found) = (of + rest_of, with + rest_with);
    let ln = ln_factorials(all);
    let of_split = |in_group: usize| {
        ln_choose(&ln, of, in_group) + ln_choose(&ln, rest_of, found - in_group)
            - ln_choose(&ln, all, found)
    };
    let (least, most) = (found.saturating_sub(rest_of), found.min(of));
    // As R does it: what differs by rounding alone counts as equally likely.
    let seen = of_split(with) + 1e-7;
    let splits = (least..=most).map(of_split).filter(|split| *split <= seen);
    splits.map(f64::exp).sum::<f64>().min(1.0)
}

/// Holm's adjustment for having looked at many: the chance of any false alarm among all of them stays below the limit.
#[must_use]
pub fn holm(chances: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..chances.len()).collect();
    let chance = |at: usize| chances.get(at).copied().unwrap_or(1.0);
    order.sort_by(|one, other| chance(*one).total_cmp(&chance(*other)));
    let mut adjusted = vec![1.0; chances.len()];
    let mut highest = 0.0_f64;
    for (place, at) in order.iter().enumerate() {
        let left = as_f64(chances.len() - place);
        highest = highest.max((chance(*at) * left).min(1.0));
        if let Some(own) = adjusted.get_mut(*at) {
            *own = highest;
        }
    }
    adjusted
}

/// The limits within which the share of all lies with 95 % certainty at least, from so many of so many in a sample
/// (Clopper and Pearson). For a sample of nothing it is all or nothing.
#[must_use]
pub fn limits(with: usize, of: usize) -> (f64, f64) {
    const TAIL: f64 = 0.025;
    let ln = ln_factorials(of);
    let at_least = |share: f64| {
        (with..=of)
            .map(|n| binomial(&ln, n, of, share))
            .sum::<f64>()
    };
    let at_most = |share: f64| (0..=with).map(|n| binomial(&ln, n, of, share)).sum::<f64>();
    let lower = if with == 0 {
        0.0
    } else {
        where_it_turns(|share| at_least(share) >= TAIL)
    };
    let upper = if with == of {
        1.0
    } else {
        where_it_turns(|share| at_most(share) < TAIL)
    };
    (lower, upper)
}

fn binomial(ln: &[f64], with: usize, of: usize, share: f64) -> f64 {
    let (with_it, without) = (as_f64(with), as_f64(of - with));
    let ways = ln_choose(ln, of, with);
    let part = |count: f64, share: f64| if count > 0.0 { count * share.ln() } else { 0.0 };
    (ways + part(with_it, share) + part(without, 1.0 - share)).exp()
}

/// The share from which on something holds.
fn where_it_turns(holds: impl Fn(f64) -> bool) -> f64 {
    let (mut below, mut above) = (0.0, 1.0);
    for _ in 0..60 {
        let middle = f64::midpoint(below, above);
        if holds(middle) {
            above = middle;
        } else {
            below = middle;
        }
    }
    above
}

/// The value at or below which so many percent of them lie (nearest rank); none of none. The values are in order.
#[must_use]
pub fn quantile(ordered: &[i64], percent: usize) -> Option<i64> {
    let rank = (ordered.len() * percent).div_ceil(100).max(1);
    ordered.get(rank - 1).copied()
}

/// Beyond this a value is far out of line with the others (Tukey's outer fence), where the middle half is spread over at
/// least one; none where there are too few to say.
#[must_use]
pub fn fence(ordered: &[i64]) -> Option<i64> {
    if ordered.len() < FEWEST {
        return None;
    }
    let (low, high) = (quantile(ordered, 25)?, quantile(ordered, 75)?);
    Some(high + 3 * (high - low).max(1))
}

/// Fewer than this are not compared with anything.
pub const FEWEST: usize = 20;

#[cfg(test)]
mod tests {
    use super::*;

    fn two(with: usize, of: usize, rest_with: usize, rest_of: usize) -> Two {
        Two {
            with,
            of,
            rest_with,
            rest_of,
        }
    }

    fn near(one: f64, other: f64) -> bool {
        (one - other).abs() < 1e-6 * other.abs().max(1e-3)
    }

    /// The lady who tasted tea, and others worked out with whole numbers by hand (fractions of binomial coefficients).
    #[test]
    fn fishers_test_gives_what_counting_by_hand_gives() {
        // 3 of 4 against 1 of 4: (16 + 1 + 16 + 1) / 70.
        assert!(near(fisher(two(3, 4, 1, 4)), 34.0 / 70.0));
        // 4 of 4 against 0 of 4: 2 / 70.
        assert!(near(fisher(two(4, 4, 0, 4)), 2.0 / 70.0));
        // 0 of 10 against 5 of 10: C(10,5) * 2 / C(20,5) = 504 / 15504.
        assert!(near(fisher(two(0, 10, 5, 10)), 504.0 / 15504.0));
        // Nobody has it: nothing differs.
        assert!(near(fisher(two(0, 30, 0, 70)), 1.0));
        assert!(near(fisher(two(30, 30, 70, 70)), 1.0));
    }

    #[test]
    fn all_splits_together_are_certain() {
        for (of, rest_of, found) in [(20, 80, 13), (50, 50, 50), (3, 997, 10)] {
            let ln = ln_factorials(of + rest_of);
            let split = |with: usize| {
                ln_choose(&ln, of, with) + ln_choose(&ln, rest_of, found - with)
                    - ln_choose(&ln, of + rest_of, found)
            };
            let all: f64 = (0..=found.min(of)).map(split).map(f64::exp).sum();
            assert!(near(all, 1.0), "{all}");
        }
    }

    #[test]
    fn holm_counts_how_many_were_looked_at() {
        let adjusted = holm(&[0.01, 0.04, 0.03, 0.005]);
        for (one, other) in adjusted.iter().zip([0.03, 0.06, 0.06, 0.02]) {
            assert!(near(*one, other), "{adjusted:?}");
        }
        assert!(holm(&[]).is_empty());
    }

    #[test]
    fn limits_are_those_of_the_tables() {
        // 0 of 20: 1 - 0.025^(1/20); 20 of 20 mirrors it; 1 of 10 as in the printed tables.
        let (low, high) = limits(0, 20);
        assert!(low.abs() < 1e-12 && near(high, 1.0 - 0.025_f64.powf(0.05)));
        let (low, high) = limits(20, 20);
        assert!(near(low, 0.025_f64.powf(0.05)) && near(high, 1.0));
        let (low, high) = limits(1, 10);
        assert!((low - 0.00253).abs() < 1e-5 && (high - 0.44502).abs() < 1e-5);
    }

    #[test]
    fn quantiles_are_values_that_are_there() {
        let values: Vec<i64> = (1..=10).collect();
        assert_eq!(quantile(&values, 50), Some(5));
        assert_eq!(quantile(&values, 90), Some(9));
        assert_eq!(quantile(&values, 0), Some(1));
        assert_eq!(quantile(&values, 100), Some(10));
        assert_eq!(quantile(&[], 50), None);
        assert_eq!(fence(&values), None);
        let many: Vec<i64> = (0..40).map(|at| at % 4).collect();
        let mut many = many;
        many.sort_unstable();
        assert_eq!(fence(&many), Some(2 + 3 * 2));
    }
}
