//! Lengths with their unit in the type: millimetres for paper and templates, points for pages.
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::iter::Sum;
use std::ops::{Add, AddAssign, Div, Mul, Neg, Sub, SubAssign};

macro_rules! length {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd, Serialize, Deserialize, JsonSchema)]
        #[serde(transparent)]
        pub struct $name(pub f64);
        impl Add for $name { type Output = Self; fn add(self, o: Self) -> Self { Self(self.0 + o.0) } }
        impl Sub for $name { type Output = Self; fn sub(self, o: Self) -> Self { Self(self.0 - o.0) } }
        impl Mul<f64> for $name { type Output = Self; fn mul(self, k: f64) -> Self { Self(self.0 * k) } }
        impl Div<f64> for $name { type Output = Self; fn div(self, k: f64) -> Self { Self(self.0 / k) } }
        impl Div for $name { type Output = f64; fn div(self, o: Self) -> f64 { self.0 / o.0 } }
        impl Neg for $name { type Output = Self; fn neg(self) -> Self { Self(-self.0) } }
        impl AddAssign for $name { fn add_assign(&mut self, o: Self) { self.0 += o.0 } }
        impl SubAssign for $name { fn sub_assign(&mut self, o: Self) { self.0 -= o.0 } }
        impl Sum for $name { fn sum<I: Iterator<Item = Self>>(i: I) -> Self { Self(i.map(|l| l.0).sum()) } }
        impl $name {
            pub const ZERO: Self = Self(0.0);
            pub fn max(self, o: Self) -> Self { Self(self.0.max(o.0)) }
            pub fn min(self, o: Self) -> Self { Self(self.0.min(o.0)) }
        }
    };
}
length!(/** Millimetres. */ Mm);
length!(/** Points, 1/72 inch. */ Pt);

impl From<Mm> for Pt {
    fn from(mm: Mm) -> Self {
        Pt(mm.0 * 72.0 / 25.4)
    }
}
impl From<Pt> for Mm {
    fn from(pt: Pt) -> Self {
        Mm(pt.0 * 25.4 / 72.0)
    }
}
impl Mm {
    pub fn pt(self) -> Pt {
        self.into()
    }
}
impl Pt {
    pub fn mm(self) -> Mm {
        self.into()
    }
}
