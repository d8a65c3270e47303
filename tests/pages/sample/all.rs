//! The list of the samples: a page that is missing here is looked at by no test.

use askama::Template;

use super::Sample;
use dondoc::pages::Trouble;

impl Sample {
    /// Every page by name, rendered.
    ///
    /// # Errors
    /// A template fails.
    pub fn all(&self) -> askama::Result<Vec<(&'static str, String)>> {
        let mut pages = self.giving()?;
        pages.extend(self.evaluating()?);
        let parts = [self.entering()?, self.working()?, self.managing()?, self.deciding()?, self.watching()?];
        pages.extend(parts.into_iter().flatten());
        Ok(pages)
    }

    /// Signing in, and one's own account.
    fn entering(&self) -> askama::Result<Vec<(&'static str, String)>> {
        Ok(vec![
            ("sign-in", self.sign_in(false).render()?),
            ("sign-in-error", self.sign_in(true).render()?),
            ("sign-in-own-host", self.sign_in_by_host().render()?),
            ("forgot", self.forgot(false).render()?),
            ("forgot-error", self.forgot(true).render()?),
            ("password", self.password(false).render()?),
            ("password-error", self.password(true).render()?),
            ("code", self.code(false).render()?),
            ("code-error", self.code(true).render()?),
            ("enrol", self.enrol(false).render()?),
            ("enrol-error", self.enrol(true).render()?),
            ("recovery-codes", self.recovery_codes().render()?),
            ("account", self.account(false).render()?),
            ("account-error", self.account(true).render()?),
        ])
    }

    /// Tasks and figures.
    fn working(&self) -> askama::Result<Vec<(&'static str, String)>> {
        Ok(vec![
            ("dashboard", self.dashboard(false).render()?),
            ("dashboard-error", self.dashboard(true).render()?),
            ("start", self.start(false).render()?),
            ("start-staff", self.start(true).render()?),
            ("tasks", self.tasks(false).render()?),
            ("tasks-error", self.tasks(true).render()?),
            ("views", self.views(false).render()?),
            ("views-error", self.views(true).render()?),
            ("bulk", self.bulk(false).render()?),
            ("bulk-error", self.bulk(true).render()?),
            ("bulk-done", self.bulk_done().render()?),
            ("task-history", self.task_history().render()?),
            ("task", self.task().render()?),
            ("task-done", self.task_done().render()?),
            ("task-error", self.task_error().render()?),
            ("task-new", self.task_new(false).render()?),
            ("task-new-error", self.task_new(true).render()?),
            ("task-edit", self.task_edit().render()?),
            ("submissions", self.waiting(false).render()?),
            ("submissions-error", self.waiting(true).render()?),
            ("attach-error", self.attach().render()?),
            ("detach-error", self.detach().render()?),
            ("briefing", self.briefing().render()?),
            ("urging", self.urging().render()?),
            ("briefings", self.months().render()?),
            ("briefing-month", self.month(false).render()?),
            ("briefing-month-error", self.month(true).render()?),
            ("briefing-rows", self.figure_rows().render()?),
        ])
    }

    /// People, units, settings.
    fn managing(&self) -> askama::Result<Vec<(&'static str, String)>> {
        Ok(vec![
            ("people", self.people().render()?),
            ("person-new", self.person_new(false).render()?),
            ("person-new-error", self.person_new(true).render()?),
            ("person", self.person(false).render()?),
            ("person-error", self.person(true).render()?),
            ("prove", self.prove(false).render()?),
            ("prove-error", self.prove(true).render()?),
            ("template", self.template(false).render()?),
            ("template-error", self.template(true).render()?),
            ("settings", self.settings(false).render()?),
            ("settings-error", self.settings(true).render()?),
            ("units", self.units(false).render()?),
            ("units-error", self.units(true).render()?),
            ("unit", self.unit(false).render()?),
            ("unit-error", self.unit(true).render()?),
        ])
    }

    /// Decisions.
    fn deciding(&self) -> askama::Result<Vec<(&'static str, String)>> {
        Ok(vec![
            ("extensions", self.extension_list().render()?),
            ("extension-choose", self.extension_new(false, false).render()?),
            ("extension-new", self.extension_new(true, false).render()?),
            ("extension-new-error", self.extension_new(true, true).render()?),
            ("extension", self.extension(false).render()?),
            ("extension-error", self.extension(true).render()?),
            ("opinions", self.opinions(false).render()?),
            ("opinions-error", self.opinions(true).render()?),
            ("task-opinions", self.task_opinions(false).render()?),
            ("task-opinions-error", self.task_opinions(true).render()?),
            ("late-reason", self.late_reason(false).render()?),
            ("late-reason-error", self.late_reason(true).render()?),
            ("late-missing", self.late_missing().render()?),
            ("late-reasons", self.late_reasons(false).render()?),
            ("late-reasons-error", self.late_reasons(true).render()?),
        ])
    }

    /// What goes out, what was done, what went wrong.
    fn watching(&self) -> askama::Result<Vec<(&'static str, String)>> {
        Ok(vec![
            ("feed", self.feed(false).render()?),
            ("feed-made", self.feed(true).render()?),
            ("webhooks", self.webhooks(false).render()?),
            ("webhooks-error", self.webhooks(true).render()?),
            ("webhook", self.webhook(false).render()?),
            ("webhook-error", self.webhook(true).render()?),
            ("audit", self.audit(false).render()?),
            ("audit-error", self.audit(true).render()?),
            ("mail", self.mail().render()?),
            ("letters", self.letters().render()?),
            ("letter", self.letter().render()?),
            ("unsubscribe", self.unsubscribe(false).render()?),
            ("unsubscribe-done", self.unsubscribe(true).render()?),
            ("error-404", self.trouble(Trouble::NotFound, true).render()?),
            ("error-403", self.trouble(Trouble::Forbidden, true).render()?),
            ("error-500", self.trouble(Trouble::Internal, false).render()?),
            ("error-503", self.trouble(Trouble::Unavailable, false).render()?),
            ("message", self.message().render()?),
        ])
    }
}
