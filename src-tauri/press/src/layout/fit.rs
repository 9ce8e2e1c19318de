//! Making it fit: the shrink order of a template, walked one notch at a time and no further than needed.

/// One way to win space: `apply` gets 0 (nothing taken) to 1 (all that may be taken).
pub(crate) struct Notch<'a, P> {
    pub steps: u32,
    pub apply: Box<dyn Fn(&mut P, f64) + 'a>,
}

pub(crate) fn notch<'a, P>(steps: u32, apply: impl Fn(&mut P, f64) + 'a) -> Notch<'a, P> {
    Notch { steps, apply: Box::new(apply) }
}

/// Walks the order until `over` (what sticks out, in mm) is nothing. Every notch before the last one used is taken in full;
/// the last is taken only as far as needed. Gives the plan and what is still over.
pub(crate) fn fit<P: Clone>(start: P, order: &[Notch<P>], over: impl Fn(&P) -> f64) -> (P, f64) {
    const HAIR: f64 = 0.05;
    let mut plan = start;
    let mut excess = over(&plan);
    for notch in order {
        if excess <= HAIR {
            break;
        }
        let taken = |steps: u32| {
            let mut next = plan.clone();
            (notch.apply)(&mut next, f64::from(steps) / f64::from(notch.steps));
            next
        };
        let whole = taken(notch.steps);
        let rest = over(&whole);
        if rest > HAIR {
            // A notch that wins nothing is left alone: smaller type that still does not fit helps nobody.
            if rest < excess - HAIR {
                (plan, excess) = (whole, rest);
            }
            continue;
        }
        // The whole notch is enough: find the smallest part of it that is.
        let (mut low, mut high) = (0, notch.steps);
        while high - low > 1 {
            let middle = (low + high) / 2;
            if over(&taken(middle)) <= HAIR { high = middle } else { low = middle }
        }
        plan = taken(high);
        excess = over(&plan);
    }
    (plan, excess.max(0.0))
}

/// The wanted size, or the largest step down to the floor at which it fits; the floor when none does.
pub(crate) fn step_down(wanted: f64, floor: f64, fits: impl Fn(f64) -> bool) -> f64 {
    const STEPS: u32 = 8;
    let floor = floor.min(wanted);
    let sizes = (0..=STEPS).map(|i| wanted - (wanted - floor) * f64::from(i) / f64::from(STEPS));
    sizes.into_iter().find(|s| fits(*s)).unwrap_or(floor)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Clone, Debug, PartialEq)]
    struct Plan(f64, f64);

    fn order() -> [Notch<'static, Plan>; 2] {
        [notch(4, |p: &mut Plan, t| p.0 = 14.0 - 2.0 * t), notch(10, |p: &mut Plan, t| p.1 = 252.0 - 52.0 * t)]
    }

    #[test]
    fn what_fits_is_left_alone() {
        assert_eq!(fit(Plan(14.0, 252.0), &order(), |_| 0.0), (Plan(14.0, 252.0), 0.0));
    }

    #[test]
    fn the_first_notch_goes_before_the_second_and_the_last_only_as_far_as_needed() {
        let (plan, over) = fit(Plan(14.0, 252.0), &order(), |p| p.0 + p.1 - 250.0);
        assert_eq!(plan.0, 12.0);
        assert!(plan.1 <= 238.0 && plan.1 > 230.0, "{plan:?}");
        assert_eq!(over, 0.0);
    }

    #[test]
    fn what_can_never_fit_is_shrunk_all_the_way_and_reported() {
        let (plan, over) = fit(Plan(14.0, 252.0), &order(), |p| p.0 + p.1 - 100.0);
        assert_eq!(plan, Plan(12.0, 200.0));
        assert_eq!(over, 112.0);
    }
}
