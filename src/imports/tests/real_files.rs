use super::*;
use crate::domain::task::Category;
use crate::imports::rows::Cell;

const YEAR: &[u8] = include_bytes!("../../../tests/data/nhiem-vu-2024.xlsx");
const FAULTY: &[u8] = include_bytes!("../../../tests/data/nhiem-vu-loi.xlsx");

fn units_of(opened: &OpenedWorkbook) -> UnitIndex {
    let units = opened.units.iter().enumerate();
    UnitIndex::new(units.map(|(at, u)| {
        (Uuid::from_u128(at as u128), u.name.as_str(), u.short_name.as_deref().unwrap_or_default())
    }))
}

#[test]
fn the_years_workbook_is_read_whole() {
    let opened = opened(YEAR);
    assert_eq!(opened.units.len(), 34);
    assert_eq!(opened.units[9].short_name.as_deref(), Some("CBC"));
    assert_eq!(opened.units[9].mailbox.as_deref(), Some("cbc@btttt.example"));
    assert_eq!(opened.unit_faults, []);
    assert!(opened.ignored_sheets.is_empty());
    assert!(opened.headings.iter().all(|sheet| sheet.unrecognised.is_empty()));
    let read = opened.rows(&units_of(&opened), day("31/12/2024"));
    assert_eq!(read.faults, []);
    assert_eq!((read.rows.len(), read.row_count), (1351, 1351));
    let first = &read.rows[0];
    assert_eq!(first.area, Cell::Value("LĨNH VỰC BƯU CHÍNH".to_string()));
    assert_eq!(first.category, Cell::Value(Category::Key));
    assert_eq!(first.due.value().unwrap().1, "Trước ngày 7/10/2024");
    assert_eq!(first.due.value().unwrap().0.due_on, Some(day("07/10/2024")));
    assert_eq!(first.assigned_on, Cell::Value(day("12/07/2024")));
    assert_eq!(first.assigned_on, first.source_date);
}

#[test]
fn the_faulty_workbook_is_faulty_just_where_expected() {
    let units = units_of(&opened(YEAR));
    let read = opened(FAULTY).rows(&units, day("31/12/2024"));
    let expected: serde_json::Value =
        serde_json::from_slice(include_bytes!("../../../tests/data/nhiem-vu-loi.expected.json")).unwrap();
    let expected: Vec<(u64, &str)> = expected
        .as_array()
        .unwrap()
        .iter()
        .map(|fault| (fault["row"].as_u64().unwrap(), fault["field"].as_str().unwrap()))
        .collect();
    let found: Vec<(u64, &str)> =
        read.faults.iter().map(|fault| (u64::from(fault.row), fault.field.code())).collect();
    assert_eq!(found, expected);
    assert_eq!((read.rows.len(), read.row_count), (1, 12));
}

#[test]
fn lead_names_are_listed_once_each() {
    let opened = opened(YEAR);
    let units = units_of(&opened);
    let names = opened.lead_names();
    assert!(names.iter().all(|name| units.find(name).is_ok()));
    assert_eq!(names.iter().filter(|name| *name == "CBC").count(), 1);
    // The faulty file's cell with two units names none.
    let faulty = self::opened(FAULTY).lead_names();
    assert_eq!(faulty, ["Cục Viễn thông", "Cục Hàng hải"]);
}
