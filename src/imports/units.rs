//! The tenant's units as an import will leave them.

use std::collections::HashMap;

use uuid::Uuid;

use super::fields::Field;
use super::rows::faults::{Fault, FaultKind};
use super::unit_index::{UnitIndex, unit_key};
use super::unit_sheet::UnitRow;
use super::{OpenedWorkbook, apply};
use crate::db::TenantConn;
use crate::error::Result;
use crate::ids::new_id;
use crate::units::{self, NewUnit, Unit};

/// A row of the unit sheet, the unit it is known again as, and what that shall be.
struct Wanted<'a> {
    row: &'a UnitRow,
    known: Option<Unit>,
    unit: NewUnit,
}

/// The units as they will be after the import.
pub(super) struct UnitPlan {
    present: Vec<Unit>,
    /// Units to be made.
    pub new: Vec<NewUnit>,
    /// Units to be given another name, kind or mailbox.
    pub changed: Vec<(Unit, NewUnit)>,
    /// Rows of the unit sheet that no unit can take.
    pub faults: Vec<Fault>,
}

impl UnitPlan {
    /// The tenant's units, with those of the unit sheet added or changed. Without a sheet, and for a
    /// tenant that has none, those of the lead column when that is asked for (DOMAIN §2).
    pub fn new(all: &[Unit], workbook: &OpenedWorkbook, create: bool) -> Self {
        let present: Vec<Unit> = all.iter().filter(|unit| unit.valid_until.is_none()).cloned().collect();
        let mut plan = Self { present, new: Vec::new(), changed: Vec::new(), faults: Vec::new() };
        let wanted: Vec<Wanted<'_>> = workbook.units.iter().map(|row| plan.wanted(row)).collect();
        for (at, unit) in wanted.iter().enumerate() {
            plan.add(
                unit,
                wanted.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, other)| other),
            );
        }
        if create && plan.present.is_empty() && !workbook.has_unit_sheet {
            let made = workbook.lead_names().into_iter();
            plan.new = made
                .map(|name| NewUnit {
                    id: new_id(),
                    short_name: name.clone(),
                    name,
                    kind: None,
                    mailbox: None,
                })
                .collect();
        }
        plan
    }

    /// A unit is known again by its short name, else by its name. What the sheet leaves blank stays.
    fn wanted<'a>(&self, row: &'a UnitRow) -> Wanted<'a> {
        let known = self.known(row);
        let short_name = row.short_name.clone().or_else(|| Some(known.as_ref()?.short_name.clone()));
        let unit = NewUnit {
            id: known.as_ref().map_or_else(new_id, |known| known.id),
            name: row.name.clone(),
            short_name: short_name.unwrap_or_else(|| row.name.clone()),
            kind: row.kind.clone().or_else(|| known.as_ref()?.kind.clone()),
            mailbox: row.mailbox.clone().or_else(|| known.as_ref()?.mailbox.clone()),
        };
        Wanted { row, known, unit }
    }

    /// Takes a unit in, unless a name of it is another's afterwards too: that is a fault.
    fn add<'a>(&mut self, wanted: &Wanted<'_>, others: impl Iterator<Item = &'a Wanted<'a>> + Clone) {
        let Wanted { row, known, unit } = wanted;
        let clash = |id: Uuid, name: &str, short: &str| {
            id == unit.id || same(name, &unit.name) || same(short, &unit.short_name)
        };
        let stays =
            |other: &&Unit| other.id != unit.id && !others.clone().any(|wanted| wanted.unit.id == other.id);
        let taken = others
            .clone()
            .any(|other| clash(other.unit.id, &other.unit.name, &other.unit.short_name))
            || self.present.iter().filter(stays).any(|other| clash(other.id, &other.name, &other.short_name));
        if taken {
            self.faults.push(Fault {
                sheet: row.sheet.clone(),
                row: row.row,
                cell: String::new(),
                field: Field::UnitName,
                value: unit.name.clone(),
                kind: FaultKind::AmbiguousUnit { name: unit.name.clone() },
            });
            return;
        }
        match known {
            None => self.new.push(unit.clone()),
            Some(known) => {
                let before = (&known.name, &known.short_name, &known.kind, &known.mailbox);
                if before != (&unit.name, &unit.short_name, &unit.kind, &unit.mailbox) {
                    self.changed.push((known.clone(), unit.clone()));
                }
            }
        }
    }

    fn known(&self, row: &UnitRow) -> Option<Unit> {
        let by_short =
            |unit: &&Unit| row.short_name.as_ref().is_some_and(|short| same(&unit.short_name, short));
        let by_name = |unit: &&Unit| same(&unit.name, &row.name);
        self.present.iter().find(by_short).or_else(|| self.present.iter().find(by_name)).cloned()
    }

    /// Every name a cell may use: the new ones, and the old ones of a unit that is renamed.
    pub fn index(&self) -> UnitIndex {
        let present = self.present.iter().map(|unit| (unit.id, unit.name.as_str(), unit.short_name.as_str()));
        let changed = self.changed.iter().map(|(_, unit)| unit);
        let sheet = self.new.iter().chain(changed);
        UnitIndex::new(
            present.chain(sheet.map(|unit| (unit.id, unit.name.as_str(), unit.short_name.as_str()))),
        )
    }

    /// The short names by id, for people.
    pub fn names(&self) -> HashMap<Uuid, String> {
        let present = self.present.iter().map(|unit| (unit.id, unit.short_name.clone()));
        present.chain(self.new.iter().map(|unit| (unit.id, unit.short_name.clone()))).collect()
    }

    /// Writes what is new and what changes.
    pub fn write(&self, conn: &mut TenantConn<'_>, import: Uuid) -> Result<()> {
        if !self.new.is_empty() {
            units::add(conn, &self.new)?;
        }
        units::change(conn, &self.changed)?;
        apply::journal_units(conn, import, &self.new, &self.changed)
    }
}

fn same(a: &str, b: &str) -> bool {
    unit_key(a) == unit_key(b)
}
