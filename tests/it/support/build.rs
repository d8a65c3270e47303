//! Builders with defaults.

use diesel::prelude::*;
use dondoc::accounts;
use dondoc::domain::task_event::TaskEvent;
use dondoc::ids::new_id;
use dondoc::tasks::{self, TaskRow};
use dondoc::units::{self, NewUnit};
use dondoc::webhooks::{self, NewWebhook};
use uuid::Uuid;

use super::{TestApp, day, now, run};

/// Adds a unit that is called by its short name.
pub fn add_unit(test: &TestApp, slug: &str, name: &str) -> Uuid {
    let id = new_id();
    let unit = NewUnit { id, name: name.to_owned(), short_name: name.to_owned(), kind: None, mailbox: None };
    test.act(slug, |conn, _| units::add(conn, &[unit])).unwrap();
    id
}

/// Copies a task `count` times, each with what `changes` says (an expression of jsonb over the copy's number `n`) and an id
/// of its own.
pub fn copy_task(conn: &mut PgConnection, task: Uuid, count: usize, changes: &str) {
    let changes = changes.replace('%', "%%");
    // Columns that are computed take no value.
    let columns = "(SELECT string_agg(quote_ident(column_name), ', ') FROM information_schema.columns
                     WHERE table_name = 'tasks' AND is_generated = 'NEVER')";
    run(
        conn,
        &format!(
            "DO $do$ BEGIN EXECUTE (SELECT format($$
                INSERT INTO tasks (%1$s) SELECT %1$s FROM (
                    SELECT (jsonb_populate_record(t, jsonb_build_object('id', gen_random_uuid()) || {changes})).*
                      FROM tasks t, generate_series(1, {count}) n WHERE t.id = '{task}') copied$$, {columns}));
             END $do$"
        ),
    );
}

/// A key task in progress, assigned on 2/1/2024, without a deadline.
pub fn task_row(tenant_id: Uuid, lead_unit_id: Uuid) -> TaskRow {
    TaskRow {
        tenant_id,
        id: new_id(),
        code: "NV".into(),
        title: "Nhiệm vụ".into(),
        title_key: "nhiem vu".into(),
        category: "key".into(),
        field: None,
        source_number: None,
        source_date: None,
        source_kind: None,
        source_abstract: None,
        source_issuer: None,
        source_urgency: None,
        lead_unit_id,
        product: "report".into(),
        level: None,
        level_words: None,
        assigned_on: Some(day("2024-01-02")),
        due_words: None,
        due_precision: "none".into(),
        original_due_on: None,
        due_on: None,
        status: "in_progress".into(),
        percent: None,
        obstacles: None,
        late_reason: None,
        completed_on: None,
        confirmed_on: None,
        product_number: None,
        product_date: None,
        note: None,
        imported: None,
        version: 1,
        created_at: now(),
        updated_at: now(),
        deleted_at: None,
        parent_id: None,
        labels: Vec::new(),
        leader_id: None,
        contact_id: None,
        follower_id: None,
        confirmed_by: None,
        deleted_reason: None,
    }
}

/// Adds a key task of a unit, due on 15/11/2024.
pub fn add_task(test: &TestApp, slug: &str, unit: &str, code: &str) -> Uuid {
    test.act(slug, |conn, _| {
        let unit = units::find(conn, unit)?.id;
        let due = Some(day("2024-11-15"));
        let row = TaskRow {
            code: code.to_owned(),
            due_precision: "day".into(),
            original_due_on: due,
            due_on: due,
            ..task_row(conn.tenant().uuid(), unit)
        };
        tasks::save(conn, std::slice::from_ref(&row))?;
        Ok(row.id)
    })
    .unwrap()
}

/// The id of a person who is there.
pub fn person_of(test: &TestApp, slug: &str, email: &str) -> Uuid {
    test.act(slug, |conn, _| accounts::person_of(conn, email)).unwrap().expect("a person")
}

/// Adds a webhook that is told of every new task.
pub fn add_webhook(test: &TestApp, slug: &str) -> Uuid {
    let new = NewWebhook {
        name: "Trục".to_owned(),
        url: "https://truc.example/su-kien".to_owned(),
        events: vec![TaskEvent::Created],
        is_active: true,
    };
    test.act(slug, |conn, _| webhooks::add(conn, &super::site::seeds(), "test".to_owned(), &new))
        .unwrap()
        .webhook
        .id
}
