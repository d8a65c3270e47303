//! `dondoc import`: a workbook of tasks, all or nothing.

use std::path::{Path, PathBuf};

use clap::Args;

use super::Output;
use crate::app::App;
use crate::error::{Error, Refusal, Result};
use crate::imports::maps::HeadingMap;
use crate::imports::report::ReportOut;
use crate::imports::{self, ImportFile, ImportReport, Options};
use crate::text::{Lang, import_report};
use crate::{tenants, text};

#[derive(Debug, Args)]
pub(super) struct ImportArgs {
    /// The tenant.
    #[arg(long, value_name = "SLUG")]
    tenant: String,
    /// The workbook (.xlsx).
    file: PathBuf,
    /// Look, and write nothing.
    #[arg(long)]
    dry_run: bool,
    /// Make the units that the lead column names, for a tenant that has none.
    #[arg(long)]
    create_units: bool,
    /// Pass over faulty rows instead of refusing the file.
    #[arg(long)]
    skip_faulty: bool,
    /// What a heading means: one of the fields' codes, or ignore.
    #[arg(long = "map", value_name = "HEADING=FIELD")]
    maps: Vec<String>,
    /// Print one JSON object.
    #[arg(long)]
    json: bool,
}

impl ImportArgs {
    /// What the headings were said to mean.
    ///
    /// # Errors
    /// Wrong usage, worded.
    pub(super) fn maps(&self, lang: Lang) -> std::result::Result<Vec<HeadingMap>, String> {
        let read =
            |typed: &String| HeadingMap::parse(typed).map_err(|fault| text::imports::map_fault(lang, &fault));
        self.maps.iter().map(read).collect()
    }

    /// Reads the file; needs no database.
    pub(super) fn read(&self, lang: Lang, maps: &[HeadingMap]) -> Result<ImportFile> {
        read(lang, &self.file, maps)
    }
}

/// Reads a workbook from a file.
fn read(lang: Lang, path: &Path, maps: &[HeadingMap]) -> Result<ImportFile> {
    let bytes = std::fs::read(path).map_err(|error| Refusal::FileUnreadable {
        path: path.display().to_string(),
        reason: error.to_string(),
    })?;
    let workbook = imports::open(&bytes, maps)
        .map_err(|refusal| Refusal::Reasons(vec![text::imports::refusal(lang, &refusal)]))?;
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    Ok(ImportFile::new(name, &bytes, workbook))
}

pub(super) fn run(app: &App, args: &ImportArgs, file: &ImportFile) -> Result<Output> {
    let options =
        Options { dry_run: args.dry_run, create_units: args.create_units, skip_faulty: args.skip_faulty };
    let report = import(app, &args.tenant, file, options)?;
    let mut remarks =
        import_report::not_read(app.lang, &file.workbook.headings, &file.workbook.ignored_sheets);
    let result = if args.json {
        let out = ReportOut::new(app.lang, &report).with_headings(&file.workbook.headings);
        serde_json::to_string_pretty(&out).map_err(|e| Error::Internal(e.to_string()))?
    } else {
        remarks.extend(import_report::remarks(app.lang, &report));
        let summary = import_report::summary(app.lang, &report, args.dry_run);
        if report.refused {
            remarks.push(summary);
            String::new()
        } else {
            summary
        }
    };
    Ok(Output { result, remarks, code: u8::from(report.refused) })
}

/// Imports as the operator, with what came of it in the tenant's journal.
fn import(app: &App, tenant: &str, file: &ImportFile, options: Options) -> Result<ImportReport> {
    tenants::operate(app, tenant, "import", |conn, settings| {
        let report = imports::import(conn, file, options, settings.today(&app.clock))?;
        let told = report.told(file, options);
        Ok((report, told))
    })
}
