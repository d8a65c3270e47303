//! The journal as a page. What a task's entries changed is told to readers of tasks alone; others read which fields.

use chrono::{NaiveDate, NaiveTime, TimeZone, Utc};
use chrono_tz::Tz;
use serde_json::{Map, Value};
use uuid::Uuid;

use super::shell::around;
use super::{PageResult, misread, page};
use crate::accounts;
use crate::domain::access::{Act, may};
use crate::domain::briefing::UnitRef;
use crate::error::{ParameterFault, ParameterProblem, Refusal, Result};
use crate::http::{Caller, Visit};
use crate::journal::{self, EntryFilter, EntryRead};
use crate::pages::{AuditLine, AuditPage, Change, Choice, Field, Words};
use crate::params::Params;
use crate::tasks::Actor;
use crate::text::pages::ACTS;
use crate::text::parameter;
use crate::units;

/// The page.
pub const PLACE: &str = "/audit";

/// The filters whose faults stand at a field of the form.
const FIELDS: [&str; 3] = ["person", "from", "to"];

/// The filters as typed.
#[derive(Default)]
struct Typed {
    act: Option<String>,
    person: Option<String>,
    from: Option<String>,
    to: Option<String>,
}

/// Where the entries of a person are listed.
pub fn of_person(email: &str) -> String {
    address(&[("person", Some(email))])
}

fn address(filters: &[(&str, Option<&str>)]) -> String {
    let held: Vec<_> = filters.iter().filter(|(_, value)| value.is_some()).collect();
    match serde_urlencoded::to_string(held) {
        Ok(query) if !query.is_empty() => format!("{PLACE}?{query}"),
        _ => PLACE.to_owned(),
    }
}

/// The entries of the filters, the latest first.
pub async fn show(caller: Caller, visit: Visit) -> PageResult {
    let (view, is_misread) = caller
        .run(move |conn, member, settings| {
            let w = Words(visit.lang_of(member.lang));
            let (typed, mut filter, mut faults) = read(visit.params(), settings.zone);
            if let Some(email) = &typed.person {
                filter.person = accounts::person_of(conn, email)?;
                if filter.person.is_none() {
                    faults.push(ParameterFault {
                        name: "person".into(),
                        problem: ParameterProblem::NoSuchPerson,
                    });
                }
            }
            if faults.iter().any(|fault| !FIELDS.contains(&fault.name.as_str())) {
                return Err(Refusal::Parameters(faults).into());
            }
            let found = match faults.is_empty() {
                true => Some(journal::entries(conn, &filter)?),
                false => None,
            };
            let units = every_unit(conn)?;
            let reads_tasks = may(member.role, Act::ReadTasks);
            let next = found.as_ref().and_then(|found| found.next).map(|next| next.to_string());
            let entries = found.map(|found| found.items).unwrap_or_default();
            let held = |name: &str, value: Option<&String>| field(w, &faults, name, value);
            Ok((
                AuditPage {
                    w,
                    shell: around(&visit, w, member, settings),
                    action: PLACE.to_owned(),
                    acts: acts(w, typed.act.as_deref()),
                    person: held("person", typed.person.as_ref()),
                    from: held("from", typed.from.as_ref()),
                    to: held("to", typed.to.as_ref()),
                    entries: entries.iter().map(|e| line(w, e, settings.zone, &units, reads_tasks)).collect(),
                    next: next.map(|next| {
                        address(&[
                            ("act", typed.act.as_deref()),
                            ("person", typed.person.as_deref()),
                            ("from", typed.from.as_deref()),
                            ("to", typed.to.as_deref()),
                            ("before", Some(&next)),
                        ])
                    }),
                },
                !faults.is_empty(),
            ))
        })
        .await?;
    if is_misread { misread(view.w, &view) } else { page(view.w, &view) }
}

fn read(mut params: Params, zone: Tz) -> (Typed, EntryFilter, Vec<ParameterFault>) {
    let mut asked = params.clone();
    let typed = Typed {
        act: asked.text("act"),
        person: asked.text("person"),
        from: asked.text("from"),
        to: asked.text("to"),
    };
    let _ = (params.text("act"), params.text("person"));
    let (from, to) = (params.date("from"), params.date("to"));
    let before = params.text("before");
    let entry = before.as_deref().and_then(|id| Uuid::parse_str(id).ok());
    if before.is_some() && entry.is_none() {
        params.fault("before", ParameterProblem::NotACursor);
    }
    if typed.act.as_ref().is_some_and(|act| !ACTS.iter().any(|(code, _, _)| code == act)) {
        let codes: Vec<&str> = ACTS.iter().map(|(code, _, _)| *code).collect();
        params.fault("act", ParameterProblem::NotOneOf(codes.join(", ")));
    }
    let begins = |day: NaiveDate| {
        let local = zone.from_local_datetime(&day.and_time(NaiveTime::MIN)).earliest();
        local.map(|at| at.with_timezone(&Utc))
    };
    let filter = EntryFilter {
        act: typed.act.clone(),
        person: None,
        from: from.and_then(begins),
        until: to.and_then(|day| day.succ_opt()).and_then(begins),
        before: entry,
    };
    (typed, filter, params.faults())
}

fn field(w: Words, faults: &[ParameterFault], name: &str, typed: Option<&String>) -> Field {
    let typed = typed.cloned().unwrap_or_default();
    match faults.iter().find(|fault| fault.name == name) {
        Some(fault) => Field::faulty(typed, parameter::at_field(w.0, &fault.problem)),
        None => Field::of(typed),
    }
}

fn acts(w: Words, chosen: Option<&str>) -> Vec<Choice> {
    let choice = |code: &&str| Choice {
        value: (*code).to_owned(),
        text: w.audit_act_of(code),
        selected: chosen == Some(*code),
    };
    ACTS.iter().map(|(code, _, _)| code).map(choice).collect()
}

fn every_unit(conn: &mut crate::db::TenantConn<'_>) -> Result<Vec<UnitRef>> {
    let unit = |unit: units::Unit| UnitRef { id: unit.id, short_name: unit.short_name, name: unit.name };
    Ok(units::all(conn)?.into_iter().map(unit).collect())
}

fn line(w: Words, entry: &EntryRead, zone: Tz, units: &[UnitRef], reads_tasks: bool) -> AuditLine {
    let actor = match (&entry.file_name, &entry.person) {
        (Some(file_name), _) => Actor::Import { file_name: file_name.clone() },
        (None, Some(name)) => Actor::Person { name: name.clone() },
        (None, None) => Actor::Operator,
    };
    AuditLine {
        at: entry.at.with_timezone(&zone).format("%d/%m/%Y %H:%M:%S").to_string(),
        who: entry.key.as_deref().map_or_else(|| w.journal_actor(&actor), |name| w.audit_key(name)),
        act: w.audit_act_of(&entry.act),
        about: entry.about.clone(),
        changes: changes(w, entry, units, reads_tasks || entry.subject != "task"),
    }
}

fn changes(w: Words, entry: &EntryRead, units: &[UnitRef], with_values: bool) -> Vec<Change> {
    let fields = |side: &Option<Value>| side.as_ref().and_then(Value::as_object).cloned().unwrap_or_default();
    let (before, after) = (fields(&entry.before), fields(&entry.after));
    let names = after.keys().chain(before.keys().filter(|name| !after.contains_key(*name)));
    let worded = |side: &Map<String, Value>, name: &str| {
        let value = side.get(name).filter(|_| with_values);
        value.and_then(|value| w.audit_value(name, value, units))
    };
    let change = |name: &String| Change {
        field: w.audit_field(&entry.subject, name),
        before: worded(&before, name),
        after: worded(&after, name),
    };
    let all = names.map(change);
    all.filter(|change| !with_values || change.before.is_some() || change.after.is_some()).collect()
}
