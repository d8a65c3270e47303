//! For `deploy/bench.sh`: writes a workbook of many tasks. Arguments: the file, the number of rows.

use std::error::Error;

#[path = "../benches/workbook/mod.rs"]
mod workbook;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let file = arguments.next().ok_or("which file?")?;
    let rows = arguments.next().ok_or("how many rows?")?.parse()?;
    std::fs::write(file, workbook::of_tasks(rows)?)?;
    Ok(())
}
