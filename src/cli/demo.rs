//! `dondoc demo`: the demo's tenant, and the November 2024 briefing as the minister was told it.

use super::{Output, briefing};
use crate::app::App;
use crate::briefings::Request;
use crate::demo;
use crate::domain::period::Month;
use crate::error::{Error, Result};

pub(super) fn run(app: &App) -> Result<Output> {
    demo::make(app)?;
    let month = Month::new(2024, 11).ok_or_else(|| Error::Internal("no such month".to_owned()))?;
    let cutoff = month.last().pred_opt().unwrap_or_else(|| month.last());
    let computed = briefing::compute(app, demo::TENANT, Request { month, cutoff })?;
    Ok(Output::result(briefing::worded(app.lang, &computed)))
}
