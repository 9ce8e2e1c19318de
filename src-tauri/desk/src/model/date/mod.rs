//! Dates as ward offices write them: reading, holding and printing them.
