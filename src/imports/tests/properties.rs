use proptest::prelude::*;

use super::*;

fn columns_in(order: &[usize]) -> Vec<u8> {
    let rows = [
        HEADINGS.to_vec(),
        GOOD.to_vec(),
        row_with(&[
            ("TT", "2"),
            ("Mã nhiệm vụ", "M-2"),
            ("Đơn vị phối hợp", "VP; KHTC"),
            ("Gia hạn đến", "Quý IV/2024"),
        ]),
        row_with(&[("TT", "3"), ("Mã nhiệm vụ", "M-3"), ("Ngày hoàn thành", "01/12/2024")]),
    ];
    let shuffled: Vec<Vec<&'static str>> =
        rows.iter().map(|row| order.iter().map(|at| row[*at]).collect()).collect();
    book(&shuffled)
}

fn words() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        proptest::sample::select(HEADINGS.to_vec()).prop_map(str::to_string),
        proptest::sample::select(GOOD.to_vec()).prop_map(str::to_string),
        "[0-9]{1,2}[/.-][0-9]{1,2}[/.-][0-9]{2,4}",
        "\\PC{0,12}",
        "(I|II|A|1)[.) ]{0,2}\\PC{0,6}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn the_order_of_columns_changes_nothing(
        order in Just((0..HEADINGS.len()).collect::<Vec<_>>()).prop_shuffle()
    ) {
        let straight: Vec<usize> = (0..HEADINGS.len()).collect();
        let expected = read(&columns_in(&straight));
        prop_assert_eq!(expected.rows.len(), 3);
        prop_assert_eq!(read(&columns_in(&order)).rows, expected.rows);
    }

    #[test]
    fn no_cells_make_the_reader_panic(
        rows in proptest::collection::vec(proptest::collection::vec(words(), 15), 1..12),
        headed in any::<bool>(),
    ) {
        let mut workbook = Workbook::new();
        let sheet = workbook.add_worksheet();
        let start = if headed { 1 } else { 0 };
        for (column, words) in HEADINGS.iter().enumerate().filter(|_| headed) {
            sheet.write_string(0, column as u16, *words).unwrap();
        }
        for (at, row) in rows.iter().enumerate() {
            for (column, words) in row.iter().enumerate() {
                sheet.write_string(at as u32 + start, column as u16, words).unwrap();
            }
        }
        let bytes = workbook.save_to_buffer().unwrap();
        if let Ok(opened) = open(&bytes, &[]) {
            let read = opened.rows(&index(), day("31/12/2024"));
            prop_assert!(read.rows.len() <= read.row_count);
            let faulty: std::collections::HashSet<u32> = read.faults.iter().map(|fault| fault.row).collect();
            prop_assert_eq!(read.rows.len() + faulty.len(), read.row_count);
            for fault in &read.faults {
                prop_assert!(!crate::text::imports::fault(crate::text::Lang::Vi, &fault.kind).is_empty());
            }
        }
    }

    #[test]
    fn no_bytes_make_the_reader_panic(at in 0usize..6_000, byte in any::<u8>()) {
        let mut bytes = tasks(&[GOOD.to_vec()]);
        let at = at % bytes.len();
        bytes[at] = byte;
        let _ = open(&bytes, &[]);
    }
}
