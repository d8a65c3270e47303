//! The demo: the tenant `btttt` from the project's own copy of the ministry's 2024 workbook.
//!
//! What must stay true: it is made only in a database that is empty or marked as the demo's, and what
//! is there already stays as its user left it.

mod accounts;

pub use accounts::{Account, accounts};

use crate::app::App;
use crate::error::{Error, Refusal, Result};
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
    if tenants::demo_exists(app, TENANT)? {
        return Ok(());
    }
    let typed = TenantInput {
        slug: TENANT.to_owned(),
        name: "Bộ Thông tin và Truyền thông".to_owned(),
        admin_email: accounts::ADMIN.to_owned(),
    };
    let tenant = typed.check().map_err(|faults| Error::Internal(format!("the demo's tenant: {faults:?}")))?;
    let workbook = imports::open(WORKBOOK, &[])
        .map_err(|refusal| Error::Internal(format!("the demo's workbook: {refusal:?}")))?;
    let file = ImportFile::new("nhiem-vu-2024.xlsx".to_owned(), WORKBOOK, workbook);
    let options = Options::default();
    let made = tenants::create_demo(app, &tenant, accounts::founded(), "import", |conn, settings| {
        let report = imports::import(conn, &file, options, settings.today(&app.clock))?;
        let told = report.told(&file, options);
        if report.refused {
            Err(Error::Internal("the demo's workbook has faults".to_owned()))
        } else {
            Ok(((), told))
        }
    });
    match made {
        // Another process was quicker by a moment; what it made is ours as well.
        Err(Error::Refused(Refusal::TenantExists(_))) => Ok(()),
        made => made,
    }
}
