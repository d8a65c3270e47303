//! Ten thousand random acts on tasks, done by the product and by a small model of it: what either takes or refuses, and
//! what list, briefing and dashboard show on the day and on past days, is the same.

mod compare;
mod dice;
mod letters;
mod model;
mod office;
mod sheets;

use dondoc::briefings::Shelf;
use office::Office;

use crate::support::day;
use crate::support::desk::Desk;

/// So many acts, and after how many the two are compared.
const ACTS: usize = 10_000;
const BETWEEN: usize = 50;

#[test]
fn ten_thousand_acts_leave_what_a_simple_model_says() {
    let (desk, shelf) = (Desk::new(2), Shelf::default());
    let mut office = Office::open(&desk, 20_241_129, day("2024-02-01"));
    for round in 0..ACTS / BETWEEN {
        office.work(&desk, BETWEEN);
        office.compare(&desk, &shelf, round);
    }
    office.tell();
}
