// @generated automatically by Diesel CLI.

diesel::table! {
    use diesel::sql_types::*;

    api_keys (tenant_id, id) {
        tenant_id -> Uuid,
        id -> Uuid,
        name -> Text,
        role -> Text,
        unit_id -> Nullable<Uuid>,
        secret_sha256 -> Bytea,
        created_at -> Timestamptz,
        until_on -> Nullable<Date>,
        revoked_at -> Nullable<Timestamptz>,
        used_on -> Nullable<Date>,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    briefing_documents (tenant_id, briefing_id, kind) {
        tenant_id -> Uuid,
        briefing_id -> Uuid,
        kind -> Text,
        bytes -> Bytea,
        sha256 -> Bytea,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    briefing_drafts (tenant_id, month) {
        tenant_id -> Uuid,
        month -> Date,
        cutoff -> Nullable<Date>,
        results -> Nullable<Text>,
        causes -> Nullable<Text>,
        proposals -> Nullable<Text>,
        opening_on -> Nullable<Date>,
        opening -> Nullable<Jsonb>,
        made_on -> Nullable<Date>,
        version -> Int4,
        updated_at -> Timestamptz,
        updated_by -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    briefing_numbers (tenant_id, year) {
        tenant_id -> Uuid,
        year -> Int2,
        last_number -> Int4,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    briefing_tasks (tenant_id, task_id, briefing_id) {
        tenant_id -> Uuid,
        task_id -> Uuid,
        briefing_id -> Uuid,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    briefings (tenant_id, id) {
        tenant_id -> Uuid,
        id -> Uuid,
        month -> Date,
        version -> Int4,
        year -> Int2,
        number -> Int4,
        cutoff -> Date,
        published_on -> Date,
        published_at -> Timestamptz,
        published_by -> Text,
        reason -> Nullable<Text>,
        rules -> Text,
        overdue -> Int8,
        content -> Bytea,
        sha256 -> Bytea,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    calendar_days (tenant_id, day) {
        tenant_id -> Uuid,
        day -> Date,
        kind -> Text,
        name -> Text,
        source -> Nullable<Text>,
        provisional -> Bool,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    calendar_feeds (tenant_id, id) {
        tenant_id -> Uuid,
        id -> Uuid,
        person_id -> Uuid,
        secret_sha256 -> Bytea,
        created_at -> Timestamptz,
        used_on -> Nullable<Date>,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    campaign_tasks (tenant_id, campaign_id, unit_id) {
        tenant_id -> Uuid,
        campaign_id -> Uuid,
        unit_id -> Uuid,
        task_id -> Uuid,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    campaign_urges (tenant_id, task_id, urged_on) {
        tenant_id -> Uuid,
        task_id -> Uuid,
        urged_on -> Date,
        actor -> Text,
        letters -> Int4,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    campaigns (tenant_id, id) {
        tenant_id -> Uuid,
        id -> Uuid,
        title -> Text,
        category -> Text,
        source_number -> Nullable<Text>,
        source_date -> Nullable<Date>,
        source_issuer -> Nullable<Text>,
        product -> Text,
        due_words -> Text,
        due_precision -> Text,
        due_on -> Date,
        assigned_on -> Date,
        closed_on -> Nullable<Date>,
        closed_reason -> Nullable<Text>,
        version -> Int4,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    default_views (tenant_id, person_id) {
        tenant_id -> Uuid,
        person_id -> Uuid,
        view_id -> Uuid,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    digest_days (tenant_id, day) {
        tenant_id -> Uuid,
        day -> Date,
        state -> Text,
        letters -> Int4,
        decided_at -> Timestamptz,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    document_templates (tenant_id, version) {
        tenant_id -> Uuid,
        version -> Int4,
        name -> Text,
        content -> Bytea,
        sha256 -> Bytea,
        added_by -> Text,
        added_at -> Timestamptz,
        withdrawn_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    evaluation_weights (tenant_id, product) {
        tenant_id -> Uuid,
        product -> Text,
        tenths -> Int2,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    extension_requests (tenant_id, id) {
        tenant_id -> Uuid,
        id -> Uuid,
        unit_id -> Uuid,
        asked_by -> Text,
        requested_on -> Date,
        letter_number -> Nullable<Text>,
        letter_date -> Nullable<Date>,
        reason -> Text,
        effect -> Nullable<Text>,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    factor_offers (tenant_id, shown_in) {
        tenant_id -> Uuid,
        shown_in -> Uuid,
        person_id -> Uuid,
        sealed_seed -> Bytea,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    idempotency_keys (tenant_id, holder_id, key) {
        tenant_id -> Uuid,
        holder_id -> Uuid,
        key -> Text,
        request_sha256 -> Bytea,
        status -> Int2,
        location -> Nullable<Text>,
        etag -> Nullable<Text>,
        sealed_body -> Bytea,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    imports (tenant_id, id) {
        tenant_id -> Uuid,
        id -> Uuid,
        at -> Timestamptz,
        actor -> Text,
        file_name -> Text,
        file_sha256 -> Text,
        rows -> Int4,
        created -> Int4,
        changed -> Int4,
        unchanged -> Int4,
        units_created -> Int4,
        faults -> Int4,
        conflicts -> Int4,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    installation (single) {
        single -> Bool,
        purpose -> Text,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    job_slots (kind, slot) {
        kind -> Text,
        slot -> Text,
        at -> Timestamptz,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    job_turns (tenant) {
        tenant -> Uuid,
        served_at -> Timestamptz,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    jobs (id) {
        id -> Uuid,
        kind -> Text,
        tenant -> Nullable<Uuid>,
        key -> Text,
        state -> Text,
        due_at -> Timestamptz,
        created_at -> Timestamptz,
        attempts -> Int4,
        lease_losses -> Int4,
        lease_until -> Nullable<Timestamptz>,
        last_error -> Nullable<Text>,
        finished_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    journal (tenant_id, id) {
        tenant_id -> Uuid,
        id -> Uuid,
        at -> Timestamptz,
        actor -> Text,
        act -> Text,
        subject -> Text,
        subject_id -> Nullable<Uuid>,
        import_id -> Nullable<Uuid>,
        before -> Nullable<Jsonb>,
        after -> Nullable<Jsonb>,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    journal_links (tenant_id, number) {
        tenant_id -> Uuid,
        number -> Int8,
        entry_id -> Uuid,
        previous_sha256 -> Bytea,
        sha256 -> Bytea,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    ladder_steps (tenant_id, days, count) {
        tenant_id -> Uuid,
        days -> Int4,
        count -> Text,
        tell_contact -> Bool,
        tell_head -> Bool,
        tell_office -> Bool,
        tell_leader -> Bool,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    late_reasons (tenant_id, place) {
        tenant_id -> Uuid,
        place -> Int2,
        kind -> Text,
        category -> Text,
        is_active -> Bool,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    letters (tenant_id, id) {
        tenant_id -> Uuid,
        id -> Uuid,
        kind -> Text,
        person_id -> Nullable<Uuid>,
        address -> Text,
        day -> Date,
        key -> Text,
        language -> Text,
        payload -> Jsonb,
        state -> Text,
        reason -> Nullable<Text>,
        planned_at -> Timestamptz,
        due_at -> Timestamptz,
        give_up_at -> Nullable<Timestamptz>,
        attempts -> Int4,
        lease_losses -> Int4,
        lease_until -> Nullable<Timestamptz>,
        message_id -> Nullable<Text>,
        subject -> Nullable<Text>,
        body_text -> Nullable<Text>,
        mime -> Nullable<Bytea>,
        last_error -> Nullable<Text>,
        sent_at -> Nullable<Timestamptz>,
        possible_duplicate -> Bool,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    mail_preferences (tenant_id, person_id) {
        tenant_id -> Uuid,
        person_id -> Uuid,
        digest_minute -> Nullable<Int2>,
        upcoming -> Bool,
        weekly -> Bool,
        reminders -> Bool,
        changed_at -> Timestamptz,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    one_time_links (tenant_id, id) {
        tenant_id -> Uuid,
        id -> Uuid,
        person_id -> Uuid,
        purpose -> Text,
        secret_sha256 -> Bytea,
        created_at -> Timestamptz,
        expires_at -> Timestamptz,
        used_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    person_factors (tenant_id, person_id) {
        tenant_id -> Uuid,
        person_id -> Uuid,
        sealed_seed -> Bytea,
        last_step -> Int8,
        tries -> Array<Nullable<Timestamptz>>,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    person_passwords (tenant_id, person_id) {
        tenant_id -> Uuid,
        person_id -> Uuid,
        hash -> Text,
        changed_at -> Timestamptz,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    persons (tenant_id, id) {
        tenant_id -> Uuid,
        id -> Uuid,
        full_name -> Text,
        email -> Text,
        language -> Text,
        active -> Bool,
        created_at -> Timestamptz,
        address_bounced_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    posts (tenant_id, id) {
        tenant_id -> Uuid,
        id -> Uuid,
        person_id -> Uuid,
        unit_id -> Nullable<Uuid>,
        role -> Text,
        from_on -> Date,
        until_on -> Nullable<Date>,
        deputy_for_id -> Nullable<Uuid>,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    recovery_codes (tenant_id, person_id, code_hmac) {
        tenant_id -> Uuid,
        person_id -> Uuid,
        code_hmac -> Bytea,
        created_at -> Timestamptz,
        used_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    recurrence_assignees (tenant_id, recurrence_id, person_id) {
        tenant_id -> Uuid,
        recurrence_id -> Uuid,
        person_id -> Uuid,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    recurrence_coordinators (tenant_id, recurrence_id, unit_id) {
        tenant_id -> Uuid,
        recurrence_id -> Uuid,
        unit_id -> Uuid,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    recurrence_turns (tenant_id, recurrence_id, turn) {
        tenant_id -> Uuid,
        recurrence_id -> Uuid,
        turn -> Text,
        named_on -> Date,
        task_id -> Nullable<Uuid>,
        skipped_reason -> Nullable<Text>,
        done_on -> Date,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    recurrences (tenant_id, id) {
        tenant_id -> Uuid,
        id -> Uuid,
        title -> Text,
        category -> Text,
        source_number -> Nullable<Text>,
        source_date -> Nullable<Date>,
        lead_unit_id -> Uuid,
        product -> Text,
        every -> Text,
        month -> Int2,
        day_form -> Text,
        day_number -> Nullable<Int2>,
        notice_days -> Int2,
        from_on -> Date,
        until_on -> Nullable<Date>,
        acts_from -> Date,
        paused_on -> Nullable<Date>,
        actor -> Text,
        version -> Int4,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        leader_id -> Nullable<Uuid>,
        follower_id -> Nullable<Uuid>,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    remembered_devices (tenant_id, id) {
        tenant_id -> Uuid,
        id -> Uuid,
        person_id -> Uuid,
        secret_sha256 -> Bytea,
        created_at -> Timestamptz,
        expires_at -> Timestamptz,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    reminder_runs (tenant_id, day) {
        tenant_id -> Uuid,
        day -> Date,
        since -> Date,
        planned_at -> Timestamptz,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    saved_views (tenant_id, id) {
        tenant_id -> Uuid,
        id -> Uuid,
        owner_id -> Uuid,
        name -> Text,
        query -> Text,
        shared -> Bool,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    sessions (tenant_id, id) {
        tenant_id -> Uuid,
        id -> Uuid,
        person_id -> Uuid,
        post_id -> Uuid,
        kind -> Text,
        secret_sha256 -> Bytea,
        created_at -> Timestamptz,
        seen_at -> Timestamptz,
        expires_at -> Timestamptz,
        ended_at -> Nullable<Timestamptz>,
        refresh_sha256 -> Nullable<Bytea>,
        refreshed_at -> Nullable<Timestamptz>,
        rotations -> Int4,
        proved_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    sign_in_steps (tenant_id, id) {
        tenant_id -> Uuid,
        id -> Uuid,
        person_id -> Uuid,
        secret_sha256 -> Bytea,
        created_at -> Timestamptz,
        expires_at -> Timestamptz,
        by_provider -> Bool,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    sso_providers (tenant_id) {
        tenant_id -> Uuid,
        issuer -> Text,
        client_id -> Text,
        sealed_secret -> Bytea,
        local_sign_in -> Bool,
        changed_at -> Timestamptz,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    sso_subjects (tenant_id, issuer, subject) {
        tenant_id -> Uuid,
        issuer -> Text,
        subject -> Text,
        person_id -> Uuid,
        seen_at -> Timestamptz,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    task_assignees (tenant_id, task_id, person_id) {
        tenant_id -> Uuid,
        task_id -> Uuid,
        person_id -> Uuid,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    task_coordinators (tenant_id, task_id, unit_id) {
        tenant_id -> Uuid,
        task_id -> Uuid,
        unit_id -> Uuid,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    task_exclusions (tenant_id, id) {
        tenant_id -> Uuid,
        id -> Uuid,
        task_id -> Uuid,
        state -> Text,
        from_on -> Nullable<Date>,
        until_on -> Nullable<Date>,
        reason -> Nullable<Text>,
        import_id -> Nullable<Uuid>,
        planned_until -> Nullable<Date>,
        body -> Nullable<Text>,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    task_extensions (tenant_id, id) {
        tenant_id -> Uuid,
        id -> Uuid,
        task_id -> Uuid,
        requested_on -> Nullable<Date>,
        reason -> Nullable<Text>,
        request_number -> Nullable<Text>,
        wanted_due_on -> Date,
        wanted_words -> Nullable<Text>,
        wanted_precision -> Text,
        decision -> Nullable<Text>,
        decided_on -> Nullable<Date>,
        decision_reason -> Nullable<Text>,
        new_due_on -> Nullable<Date>,
        import_id -> Nullable<Uuid>,
        request_id -> Nullable<Uuid>,
        decided_by -> Nullable<Text>,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    task_files (tenant_id, id) {
        tenant_id -> Uuid,
        id -> Uuid,
        task_id -> Uuid,
        submission_id -> Nullable<Uuid>,
        name -> Text,
        kind -> Text,
        bytes -> Int8,
        sha256 -> Bytea,
        added_by -> Text,
        added_at -> Timestamptz,
        removed_by -> Nullable<Text>,
        removed_at -> Nullable<Timestamptz>,
        removed_reason -> Nullable<Text>,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    task_lead_changes (tenant_id, id) {
        tenant_id -> Uuid,
        id -> Uuid,
        task_id -> Uuid,
        changed_on -> Date,
        from_unit_id -> Uuid,
        reason -> Nullable<Text>,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    task_notes (tenant_id, id) {
        tenant_id -> Uuid,
        id -> Uuid,
        task_id -> Uuid,
        noted_on -> Date,
        noted_at -> Timestamptz,
        noted_by -> Text,
        percent -> Nullable<Int2>,
        words -> Nullable<Text>,
        obstacles -> Nullable<Text>,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    task_opinions (tenant_id, id) {
        tenant_id -> Uuid,
        id -> Uuid,
        task_id -> Uuid,
        kind -> Text,
        words -> Text,
        given_by -> Text,
        leader_id -> Nullable<Uuid>,
        given_on -> Date,
        answer_due_on -> Nullable<Date>,
        follows_id -> Nullable<Uuid>,
        answer -> Nullable<Text>,
        answered_by -> Nullable<Text>,
        answered_on -> Nullable<Date>,
        closed_by -> Nullable<Text>,
        closed_on -> Nullable<Date>,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    task_submissions (tenant_id, id) {
        tenant_id -> Uuid,
        id -> Uuid,
        task_id -> Uuid,
        submitted_on -> Date,
        accepted -> Nullable<Bool>,
        decided_on -> Nullable<Date>,
        reason -> Nullable<Text>,
        import_id -> Nullable<Uuid>,
        submitted_by -> Nullable<Text>,
        decided_by -> Nullable<Text>,
        evidence -> Nullable<Text>,
        product_number -> Nullable<Text>,
        product_date -> Nullable<Date>,
        undone_on -> Nullable<Date>,
        undone_reason -> Nullable<Text>,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    tasks (tenant_id, id) {
        tenant_id -> Uuid,
        id -> Uuid,
        code -> Text,
        title -> Text,
        title_key -> Text,
        category -> Text,
        field -> Nullable<Text>,
        parent_id -> Nullable<Uuid>,
        labels -> Array<Text>,
        source_number -> Nullable<Text>,
        source_date -> Nullable<Date>,
        source_kind -> Nullable<Text>,
        source_abstract -> Nullable<Text>,
        source_issuer -> Nullable<Text>,
        source_urgency -> Nullable<Text>,
        lead_unit_id -> Uuid,
        leader_id -> Nullable<Uuid>,
        contact_id -> Nullable<Uuid>,
        follower_id -> Nullable<Uuid>,
        product -> Text,
        level -> Nullable<Text>,
        level_words -> Nullable<Text>,
        assigned_on -> Nullable<Date>,
        due_words -> Nullable<Text>,
        due_precision -> Text,
        original_due_on -> Nullable<Date>,
        due_on -> Nullable<Date>,
        status -> Text,
        percent -> Nullable<Int2>,
        obstacles -> Nullable<Text>,
        late_reason_kind -> Nullable<Text>,
        late_reason_category -> Nullable<Text>,
        late_reason -> Nullable<Text>,
        completed_on -> Nullable<Date>,
        confirmed_on -> Nullable<Date>,
        confirmed_by -> Nullable<Uuid>,
        product_number -> Nullable<Text>,
        product_date -> Nullable<Date>,
        note -> Nullable<Text>,
        imported -> Nullable<Jsonb>,
        version -> Int4,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        deleted_at -> Nullable<Timestamptz>,
        deleted_reason -> Nullable<Text>,
        search_key -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    tenant_hosts (host) {
        host -> Text,
        tenant -> Uuid,
        added_at -> Timestamptz,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    tenant_revisions (tenant_id) {
        tenant_id -> Uuid,
        revision -> Int8,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    tenant_settings (tenant_id) {
        tenant_id -> Uuid,
        name -> Text,
        time_zone -> Text,
        due_soon_days -> Int2,
        period_kind -> Text,
        roll_rule -> Text,
        last_task_number -> Int4,
        two_factor_required -> Bool,
        two_factor_unit_heads -> Bool,
        session_idle_minutes -> Int2,
        session_hours -> Int2,
        digest_hour -> Int2,
        briefing_day -> Nullable<Int2>,
        superior -> Nullable<Text>,
        letter_place -> Nullable<Text>,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    tenants (id) {
        id -> Uuid,
        slug -> Text,
        state -> Text,
        created_at -> Timestamptz,
        state_since -> Timestamptz,
        most_people -> Nullable<Int4>,
        requests_per_minute -> Nullable<Int4>,
        most_storage_mb -> Nullable<Int4>,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    units (tenant_id, id) {
        tenant_id -> Uuid,
        id -> Uuid,
        name -> Text,
        short_name -> Text,
        kind -> Nullable<Text>,
        mailbox -> Nullable<Text>,
        position -> Int4,
        valid_from -> Nullable<Date>,
        valid_until -> Nullable<Date>,
        successor_id -> Nullable<Uuid>,
        overseer_id -> Nullable<Uuid>,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    webhook_attempts (tenant_id, message_id, at) {
        tenant_id -> Uuid,
        message_id -> Uuid,
        at -> Timestamptz,
        status -> Nullable<Int2>,
        fault -> Nullable<Text>,
        millis -> Int4,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    webhook_messages (tenant_id, id) {
        tenant_id -> Uuid,
        id -> Uuid,
        webhook_id -> Uuid,
        event -> Text,
        entry_id -> Uuid,
        task_id -> Uuid,
        happened_at -> Timestamptz,
        state -> Text,
        attempts -> Int4,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    webhooks (tenant_id, id) {
        tenant_id -> Uuid,
        id -> Uuid,
        name -> Text,
        url -> Text,
        events -> Array<Nullable<Text>>,
        active -> Bool,
        sealed_secret -> Bytea,
        version -> Int4,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        failures -> Int4,
        failing_since -> Nullable<Timestamptz>,
        paused_until -> Nullable<Timestamptz>,
        switched_off_at -> Nullable<Timestamptz>,
    }
}

diesel::joinable!(api_keys -> tenants (tenant_id));
diesel::joinable!(briefing_drafts -> tenants (tenant_id));
diesel::joinable!(briefing_numbers -> tenants (tenant_id));
diesel::joinable!(briefings -> tenants (tenant_id));
diesel::joinable!(calendar_days -> tenants (tenant_id));
diesel::joinable!(campaigns -> tenants (tenant_id));
diesel::joinable!(document_templates -> tenants (tenant_id));
diesel::joinable!(evaluation_weights -> tenants (tenant_id));
diesel::joinable!(extension_requests -> tenants (tenant_id));
diesel::joinable!(idempotency_keys -> tenants (tenant_id));
diesel::joinable!(imports -> tenants (tenant_id));
diesel::joinable!(journal -> tenants (tenant_id));
diesel::joinable!(ladder_steps -> tenants (tenant_id));
diesel::joinable!(late_reasons -> tenants (tenant_id));
diesel::joinable!(persons -> tenants (tenant_id));
diesel::joinable!(recurrences -> tenants (tenant_id));
diesel::joinable!(reminder_runs -> tenants (tenant_id));
diesel::joinable!(sso_providers -> tenants (tenant_id));
diesel::joinable!(tasks -> tenants (tenant_id));
diesel::joinable!(tenant_hosts -> tenants (tenant));
diesel::joinable!(tenant_revisions -> tenants (tenant_id));
diesel::joinable!(tenant_settings -> tenants (tenant_id));
diesel::joinable!(units -> tenants (tenant_id));
diesel::joinable!(webhooks -> tenants (tenant_id));

diesel::allow_tables_to_appear_in_same_query!(
    api_keys,
    briefing_documents,
    briefing_drafts,
    briefing_numbers,
    briefing_tasks,
    briefings,
    calendar_days,
    calendar_feeds,
    campaign_tasks,
    campaign_urges,
    campaigns,
    default_views,
    digest_days,
    document_templates,
    evaluation_weights,
    extension_requests,
    factor_offers,
    idempotency_keys,
    imports,
    installation,
    job_slots,
    job_turns,
    jobs,
    journal,
    journal_links,
    ladder_steps,
    late_reasons,
    letters,
    mail_preferences,
    one_time_links,
    person_factors,
    person_passwords,
    persons,
    posts,
    recovery_codes,
    recurrence_assignees,
    recurrence_coordinators,
    recurrence_turns,
    recurrences,
    remembered_devices,
    reminder_runs,
    saved_views,
    sessions,
    sign_in_steps,
    sso_providers,
    sso_subjects,
    task_assignees,
    task_coordinators,
    task_exclusions,
    task_extensions,
    task_files,
    task_lead_changes,
    task_notes,
    task_opinions,
    task_submissions,
    tasks,
    tenant_hosts,
    tenant_revisions,
    tenant_settings,
    tenants,
    units,
    webhook_attempts,
    webhook_messages,
    webhooks,
);
