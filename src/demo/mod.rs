//! The demo: the tenant `btttt` from the project's own copy of the ministry's 2024 workbook.
//!
//! What must stay true: it is made only in a database that is empty or marked as the demo's, and what
//! is there already stays as its user left it.

use serde_json::json;

use crate::app::App;
use crate::error::{Error, Result};
use crate::imports::{self, ImportFile, Options};
use crate::tenants::{self, TenantInput};

/// The demo's tenant.
pub const TENANT: &str = "btttt";

/// The workbook, built into the program so that the demo needs no other file; the tests count on it too.
const WORKBOOK: &[u8] = include_bytes!("../../tests/data/nhiem-vu-2024.xlsx");

/// Makes the demo where there is none yet.
///
/// # Errors
/// The database is somebody's; or the workbook is refused, which would be a fault of ours.
pub fn make(app: &App) -> Result<()> {
    tenants::mark_demo(app)?;
    if tenants::exists(app, TENANT)? {
        return Ok(());
    }
    let typed = TenantInput {
        slug: TENANT.to_owned(),
        name: "Bộ Thông tin và Truyền thông".to_owned(),
        admin_email: "quantri@btttt.example".to_owned(),
    };
    let tenant = typed.check().map_err(|faults| Error::Internal(format!("the demo's tenant: {faults:?}")))?;
    let workbook = imports::open(WORKBOOK, &[])
        .map_err(|refusal| Error::Internal(format!("the demo's workbook: {refusal:?}")))?;
    let file = ImportFile::new("nhiem-vu-2024.xlsx".to_owned(), WORKBOOK, workbook);
    let asked = json!({ "file": file.name, "sha256": file.sha256 });
    tenants::create_with(app, &tenant, "import", asked, |conn, settings| {
        let report = imports::import(conn, &file, Options::default(), settings.today(&app.clock))?;
        if report.refused {
            Err(Error::Internal("the demo's workbook has faults".to_owned()))
        } else {
            Ok(())
        }
    })
}
