//! A workbook of as many tasks as wanted, like those that offices send: a title row, headings, dates as dates and
//! as words; most tasks completed, some extended, some withdrawn. It has no faults.

use chrono::{Datelike, Days, NaiveDate};
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

const HEADINGS: [&str; 13] = [
    "Mã nhiệm vụ",
    "Nội dung nhiệm vụ",
    "Loại nhiệm vụ",
    "Số, ký hiệu văn bản giao",
    "Ngày văn bản",
    "Đơn vị chủ trì",
    "Đơn vị phối hợp",
    "Sản phẩm",
    "Cấp trình",
    "Thời hạn",
    "Gia hạn đến",
    "Tình trạng",
    "Ngày hoàn thành",
];
const PRODUCTS: [&str; 7] = ["Báo cáo", "Văn bản", "Khác", "Kế hoạch", "Quyết định", "Thông tư", "Đề án"];
const LEVELS: [&str; 3] = ["Bộ trưởng", "Thủ tướng Chính phủ", "Chính phủ"];
const UNITS: u32 = 34;

/// The bytes of a workbook with this many rows of tasks.
pub fn of_tasks(rows: u32) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.set_name("Nhiệm vụ")?.write(0, 0, "DANH MỤC NHIỆM VỤ")?;
    sheet.write_row(2, 0, HEADINGS)?;
    let date = Format::new().set_num_format("dd/mm/yyyy");
    for n in 0..rows {
        write_task(sheet, &date, n)?;
    }
    workbook.save_to_buffer()
}

fn write_task(sheet: &mut Worksheet, date: &Format, n: u32) -> Result<(), XlsxError> {
    let row = n + 3;
    let assigned = NaiveDate::default() + Days::new(19_700 + u64::from(n % 300));
    let due = assigned + Days::new(20 + u64::from(n * 7 % 90));
    sheet.write(row, 0, format!("NV-2024-{n:06}"))?;
    sheet.write(
        row,
        1,
        format!("Xây dựng, trình ban hành văn bản quy định về nội dung số {n} theo chỉ đạo tại hội nghị"),
    )?;
    sheet.write(row, 2, if n.is_multiple_of(14) { "Thường xuyên" } else { "Trọng tâm" })?;
    sheet.write(row, 3, format!("{}/TB-BTTTT", n % 900 + 1))?;
    sheet.write_with_format(row, 4, day(assigned)?, date)?;
    sheet.write(row, 5, unit(n * 11))?;
    match n % 4 {
        0 => sheet.write(row, 6, unit(n * 11 + 1))?,
        1 => sheet.write(row, 6, format!("{}; {}", unit(n * 11 + 2), unit(n * 11 + 3)))?,
        _ => sheet,
    };
    sheet.write(row, 7, cycled(&PRODUCTS, n))?;
    sheet.write(row, 8, cycled(&LEVELS, n))?;
    match n % 5 {
        0 => sheet.write(row, 9, due.format("Trước ngày %d/%m/%Y").to_string())?,
        1 => sheet.write(row, 9, due.format("Tháng %-m/%Y").to_string())?,
        _ => sheet.write_with_format(row, 9, day(due)?, date)?,
    };
    if n.is_multiple_of(20) {
        sheet.write_with_format(row, 10, day(due + Days::new(60))?, date)?;
    }
    match n % 8 {
        0 => sheet.write(row, 11, "Đang thực hiện")?,
        1 if n % 100 == 1 => sheet.write(row, 11, "Rút khỏi chương trình")?,
        1 => sheet,
        _ => sheet.write(row, 11, "Đã hoàn thành")?.write_with_format(
            row,
            12,
            day(due - Days::new(3))?,
            date,
        )?,
    };
    Ok(())
}

fn day(date: NaiveDate) -> Result<ExcelDateTime, XlsxError> {
    let small = |part: u32| u8::try_from(part).unwrap_or(u8::MAX);
    ExcelDateTime::from_ymd(
        u16::try_from(date.year()).unwrap_or(u16::MAX),
        small(date.month()),
        small(date.day()),
    )
}

fn unit(n: u32) -> String {
    format!("Đơn vị {:02}", n % UNITS + 1)
}

fn cycled(words: &[&'static str], n: u32) -> &'static str {
    words.iter().cycle().nth(usize::try_from(n).unwrap_or(0) % words.len()).copied().unwrap_or_default()
}
