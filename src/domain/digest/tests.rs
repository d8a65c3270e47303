use proptest::prelude::*;

use super::super::calendar::SpecialDay;
use super::super::public_days::public_days;
use super::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn public() -> WorkingCalendar {
    WorkingCalendar::from_special(public_days().iter().map(|row| SpecialDay { day: row.day, kind: row.kind }))
}

fn days() -> DigestDays {
    DigestDays::of(&public(), day("2024-11-29"), 3).unwrap()
}

fn unit(n: u8) -> Uuid {
    Uuid::from_u128(n.into())
}

/// A task whose standing follows from its deadline, as the facts of a day give it.
fn any_task() -> impl Strategy<Value = DigestTask> {
    let who =
        (0u8..4, proptest::collection::btree_set(0u8..4, 0..3), proptest::sample::select(Category::ALL));
    (who, proptest::option::weighted(0.9, -40i64..20), any::<[bool; 3]>(), 0u128..1_000_000).prop_map(
        |((lead, coordinating, category), due, [is_waiting, is_refused, is_new], id)| {
            let due_on = due.map(|n| day("2024-11-29") + chrono::TimeDelta::days(n));
            let late = due.filter(|n| *n < 0).map_or(0, |n| u32::try_from(-n).unwrap());
            let standing = match due {
                None => Standing::NoDeadline,
                Some(n) if n < 0 => Standing::Overdue,
                Some(_) => Standing::WithinTerm,
            };
            DigestTask {
                id: Uuid::from_u128(id),
                code: format!("NV-{id}"),
                title: "Nhiệm vụ".into(),
                category,
                unit: unit(lead),
                coordinating: coordinating.into_iter().map(unit).collect(),
                due_on,
                standing,
                days_late: late,
                is_waiting: is_waiting && standing != Standing::NoDeadline,
                is_refused,
                is_asked: false,
                is_answered: false,
                is_extending: false,
                is_newly_overdue: is_new && standing == Standing::Overdue,
            }
        },
    )
}

fn any_scope() -> impl Strategy<Value = Scope> {
    (proptest::collection::btree_set(0u8..4, 0..3), any::<bool>()).prop_map(|(units, confirms)| Scope {
        units: units.into_iter().map(unit).collect(),
        confirms,
        ..Scope::default()
    })
}

proptest! {
    #[test]
    fn totals_are_true_and_rows_are_capped(
        tasks in proptest::collection::vec(any_task(), 0..120),
        scope in any_scope(),
        rows in 0usize..80,
    ) {
        let all: Vec<&DigestTask> = tasks.iter().collect();
        let digest = Digest::of(&all, &scope, &days(), 0, rows);
        let shown: usize = digest.sections.iter().map(|section| section.rows.len()).sum();
        prop_assert!(shown <= rows.min(LONGEST));
        let total: u64 = digest.sections.iter().map(|section| section.total).sum();
        prop_assert_eq!(whole(shown), total.min(whole(rows.min(LONGEST))));
        for section in &digest.sections {
            prop_assert!(section.total > 0 && section.key <= section.total);
            prop_assert!(section.rows.windows(2).all(|pair| pair[0].order() <= pair[1].order()));
        }
        let own = |task: &&DigestTask| scope.units.is_empty() || scope.units.contains(&task.unit);
        let overdue = tasks.iter().filter(|task| own(task) && task.standing == Standing::Overdue).count();
        prop_assert_eq!(digest.total(SectionKind::Overdue), whole(overdue));
    }

    #[test]
    fn a_task_still_to_be_done_stands_in_one_section_of_time(task in any_task()) {
        let scope = Scope { units: BTreeSet::from([task.unit]), ..Scope::default() };
        let digest = Digest::of(&[&task], &scope, &days(), 0, LONGEST);
        let of_time = [SectionKind::Overdue, SectionKind::Today, SectionKind::Soon, SectionKind::Week];
        let stands = of_time.iter().filter(|kind| digest.section(**kind).is_some()).count();
        let is_near = task.due_on.is_some_and(|due| due <= days().week_until);
        let expected = is_near && (task.standing == Standing::Overdue || !task.is_waiting);
        prop_assert_eq!(stands, usize::from(expected));
        prop_assert_eq!(digest.is_due(), expected || task.is_refused);
    }

    #[test]
    fn nothing_of_another_unit_is_told(tasks in proptest::collection::vec(any_task(), 0..40)) {
        let own = unit(1);
        let scope = Scope { units: BTreeSet::from([own]), ..Scope::default() };
        let all: Vec<&DigestTask> = tasks.iter().collect();
        for section in Digest::of(&all, &scope, &days(), 0, LONGEST).sections {
            for row in section.rows {
                prop_assert!(row.unit == own || row.coordinating.contains(&own));
            }
        }
    }
}

#[test]
fn a_holiday_has_no_digest_and_a_make_up_saturday_has() {
    let of = |text: &str| DigestDays::of(&public(), day(text), 3);
    assert_eq!((of("2024-09-02"), of("2024-11-30")), (None, None));
    let saturday = of("2024-05-04").unwrap();
    assert_eq!(saturday.since, day("2024-05-03"));
    assert_eq!(of("2024-09-04").unwrap().since, day("2024-08-30"));
}

#[test]
fn a_week_begins_on_its_first_working_day() {
    let begins = |text: &str| DigestDays::of(&public(), day(text), 3).unwrap().begins_week(&public());
    assert!(begins("2024-11-25") && !begins("2024-11-26"));
    assert!(begins("2024-09-04") && !begins("2024-09-05"), "Monday and Tuesday were off");
}

#[test]
fn a_tenant_with_a_long_soon_has_an_empty_week() {
    let days = DigestDays::of(&public(), day("2024-11-29"), 10).unwrap();
    assert_eq!(days.soon_until, days.week_until);
}

#[test]
fn what_waits_stands_with_whoever_it_waits_for() {
    let asked = DigestTask {
        id: Uuid::from_u128(1),
        code: "NV-1".into(),
        title: "Nhiệm vụ".into(),
        category: Category::Key,
        unit: unit(1),
        coordinating: BTreeSet::new(),
        due_on: Some(day("2025-06-30")),
        standing: Standing::WithinTerm,
        days_late: 0,
        is_waiting: false,
        is_refused: false,
        is_asked: true,
        is_answered: true,
        is_extending: true,
        is_newly_overdue: false,
    };
    let sections = |scope: Scope| -> Vec<SectionKind> {
        let digest = Digest::of(&[&asked], &scope, &days(), 0, LONGEST);
        digest.sections.iter().map(|section| section.kind).collect()
    };
    let of = |n: u8| BTreeSet::from([unit(n)]);
    let head = Scope { units: of(1), answers: true, ..Scope::default() };
    assert_eq!(sections(head), [SectionKind::Asked]);
    assert_eq!(sections(Scope { units: of(2), answers: true, ..Scope::default() }), []);
    let directed = [SectionKind::Answered, SectionKind::Extending];
    assert_eq!(sections(Scope { directs: true, ..Scope::default() }), directed);
    assert_eq!(sections(Scope { units: of(2), directs: true, ..Scope::default() }), []);
    let office = Scope { units: of(2), confirms: true, directs: true, answers: true };
    assert_eq!(sections(office), directed);
}
