//! The one table of routes, for pages and API alike: method, path, what it asks of whoever comes, handler. The service
//! is built from it, and the tests walk it, so that no route can be forgotten.

use actix_web::guard::{Any, Get, Head};
use actix_web::http::Method;
use actix_web::http::header::{ALLOW, HeaderValue};
use actix_web::middleware::from_fn;
use actix_web::{HttpResponse, Route, web};

use crate::domain::access::Act;
use crate::http::{Need, Routed, guard};
use crate::text::problem::ProblemKind;
use crate::{api, http, site};

/// A route of the table.
pub struct Entry {
    /// The method; a route for GET answers HEAD as well.
    pub method: &'static str,
    /// The path, with its parameters in braces.
    pub path: &'static str,
    /// What it asks of whoever comes.
    pub need: Need,
    route: fn() -> Route,
}

macro_rules! need {
    (open) => {
        Need::Open
    };
    (sealed) => {
        Need::Sealed
    };
    ($act:ident) => {
        Need::Member(Act::$act)
    };
}

macro_rules! routes {
    ($($method:ident $path:literal $need:ident => $handler:path;)+) => {
        /// Every route.
        pub const ROUTES: &[Entry] = &[$(
            Entry {
                method: stringify!($method),
                path: $path,
                need: need!($need),
                route: || method(stringify!($method)).to($handler),
            }
        ),+];
    };
}

routes! {
    GET "/livez" open => http::health::livez;
    GET "/readyz" open => http::health::readyz;
    GET "/healthz/jobs" open => http::health::jobs;
    GET "/u/{token}" open => site::wishes::ask;
    POST "/u/{token}" sealed => site::wishes::end;
    GET "/calendar/{token}.ics" open => site::deadline_feed::serve;
    GET "/static/{name}" open => site::files::serve;
    GET "/language/{code}" open => site::language::choose;

    GET "/sign-in" open => site::sign_in::show;
    POST "/sign-in" open => site::sign_in::submit;
    GET "/sign-in/code" open => site::code::show;
    POST "/sign-in/code" open => site::code::submit;
    GET "/sign-in/enrol" open => site::enrol::show;
    POST "/sign-in/enrol" open => site::enrol::submit;
    GET "/sign-in/forgot" open => site::forgot::show;
    POST "/sign-in/forgot" open => site::forgot::submit;
    GET "/sign-in/sso" open => site::sso::begin;
    GET "/sign-in/sso/callback" open => site::sso::come_back;
    POST "/sign-in/cancel" open => site::code::cancel;
    POST "/sign-out" UseSession => site::sign_in::sign_out;
    GET "/password" open => site::password::show;
    POST "/password" open => site::password::submit;

    GET "/" UseSession => site::home::start;
    GET "/account" UseSession => site::account::show;
    POST "/account/password" UseSession => site::account::password;
    POST "/account/mail" UseSession => site::wishes::save;
    POST "/account/language" UseSession => site::account::language;
    POST "/account/end-other-sessions" UseSession => site::account::end_others;
    POST "/account/sessions/{id}/end" UseSession => site::account::end_session;
    POST "/account/factor" UseSession => site::factor::change;
    GET "/account/factor/enrol" UseSession => site::factor::show;
    POST "/account/factor/enrol" UseSession => site::factor::enrol;
    GET "/account/prove" UseSession => site::prove::show;
    POST "/account/prove" UseSession => site::prove::submit;
    GET "/account/calendar" UseSession => site::deadline_feed::show;
    POST "/account/calendar" UseSession => site::deadline_feed::make;
    POST "/account/calendar/end" UseSession => site::deadline_feed::end;
    GET "/unit" ReadOwnUnit => site::start::show;
    GET "/tasks.xlsx" ReadTasks => site::exports::tasks_xlsx;
    GET "/tasks.csv" ReadTasks => site::exports::tasks_csv;
    GET "/tasks" ReadTasks => site::tasks::show;
    GET "/tasks/bulk" ReadTasks => site::bulk::done;
    POST "/tasks/bulk" ReadTasks => site::bulk::preview;
    POST "/tasks/bulk/do" ReadTasks => site::bulk::perform;
    GET "/tasks/{id}/history" ReadTasks => site::task::history::show;
    GET "/views" ReadTasks => site::views::show;
    POST "/views" ReadTasks => site::views::save;
    GET "/views/{id}" ReadTasks => site::views::open;
    POST "/views/{id}" ReadTasks => site::views::change;
    POST "/views/{id}/remove" ReadTasks => site::views::remove;
    POST "/views/{id}/default" ReadTasks => site::views::begin;
    GET "/tasks/new" GiveTasks => site::task_form::new;
    POST "/tasks/new" GiveTasks => site::task_form::add;
    GET "/tasks/{id}" ReadTasks => site::task::show;
    GET "/tasks/{id}/edit" GiveTasks => site::task_form::edit;
    POST "/tasks/{id}/edit" GiveTasks => site::task_form::change;
    POST "/tasks/{id}/start" ReportTasks => site::task::steps::start;
    POST "/tasks/{id}/note" ReportTasks => site::task::steps::note;
    POST "/tasks/{id}/submit" ReportTasks => site::task::steps::submit;
    POST "/tasks/{id}/confirm" ConfirmTasks => site::task::steps::confirm;
    POST "/tasks/{id}/send-back" ConfirmTasks => site::task::steps::send_back;
    POST "/tasks/{id}/reopen" ConfirmTasks => site::task::steps::reopen;
    POST "/tasks/{id}/assign" AssignTasks => site::task::steps::assign;
    POST "/tasks/{id}/return" ReturnTasks => site::task::steps::give_back;
    POST "/tasks/{id}/give-again" GiveTasks => site::task::steps::give_again;
    POST "/tasks/{id}/pause" GiveTasks => site::task::steps::pause;
    POST "/tasks/{id}/resume" GiveTasks => site::task::steps::resume;
    POST "/tasks/{id}/move" GiveTasks => site::task::steps::change_lead;
    POST "/tasks/{id}/transfer" GiveTasks => site::task::steps::transfer;
    POST "/tasks/{id}/cancel" GiveTasks => site::task::steps::cancel;
    POST "/tasks/{id}/restore" GiveTasks => site::task::steps::restore;
    POST "/tasks/{id}/delete" GiveTasks => site::task::steps::delete;
    GET "/submissions" ConfirmTasks => site::submissions::show;
    POST "/submissions/confirm" ConfirmTasks => site::submissions::confirm;
    POST "/tasks/{id}/files" AttachFiles => site::task::files::attach;
    GET "/files/{id}" ReadTasks => site::task::files::read;
    POST "/files/{id}/remove" AttachFiles => site::task::files::detach;
    GET "/tasks/{id}/opinions" ReadTasks => site::opinions::task::show;
    POST "/tasks/{id}/opinions" DirectTasks => site::opinions::task::give;
    GET "/tasks/{id}/late-reason" ReportTasks => site::late_reasons::show;
    POST "/tasks/{id}/late-reason" ReportTasks => site::late_reasons::explain;
    GET "/late-reasons" ReadOwnUnit => site::late_reasons::missing;
    GET "/opinions" ReadTasks => site::opinions::show;
    POST "/opinions" DirectTasks => site::opinions::ask_unit;
    POST "/opinions/{id}/answer" ReportTasks => site::opinions::task::answer;
    POST "/opinions/{id}/close" DirectTasks => site::opinions::task::close;
    POST "/opinions/{id}/again" DirectTasks => site::opinions::task::again;
    GET "/extensions" ReadTasks => site::extensions::show;
    POST "/extensions" AskExtensions => site::extensions::new::ask;
    GET "/extensions/new" AskExtensions => site::extensions::new::show;
    GET "/extensions/{id}" ReadTasks => site::extensions::desk::show;
    POST "/extensions/{id}/decide" DecideExtensions => site::extensions::desk::decide;
    POST "/extensions/{id}/withdraw" AskExtensions => site::extensions::desk::withdraw;
    GET "/dashboard" ReadFigures => site::dashboard::show;
    GET "/briefings" ReadFigures => site::briefings::list;
    GET "/briefings/{month}" ReadFigures => site::briefings::desk::show;
    POST "/briefings/{month}" PublishBriefings => site::briefings::desk::save;
    POST "/briefings/{month}/publish" PublishBriefings => site::briefings::desk::publish;
    GET "/briefings/{month}/compare" ReadFigures => site::briefings::desk::compare;
    GET "/briefings/{month}/{version}" ReadFigures => site::briefings::published::show;
    GET "/briefings/{month}/{version}/tasks" ReadFigures => site::briefings::published::tasks;
    GET "/briefings/{month}/{version}/changed" ReadFigures => site::briefings::published::changed;
    GET "/briefings/{month}/{version}/documents/{kind}" ReadFigures => site::briefings::published::document;
    GET "/evaluation" ReadFigures => site::evaluation::show;
    GET "/evaluation.docx" ReadFigures => site::evaluation::files::docx;
    GET "/evaluation.xlsx" ReadFigures => site::evaluation::files::xlsx;
    GET "/evaluation.pdf" ReadFigures => site::evaluation::files::pdf;
    GET "/evaluation/{id}" ReadFigures => site::evaluation::unit::show;
    GET "/urging/{id}.docx" ReadFigures => site::exports::urging_docx;
    GET "/urging/{id}.pdf" ReadFigures => site::exports::urging_pdf;
    GET "/urging/{id}" ReadFigures => site::urging::show;
    GET "/organisation" ManageTenant => site::home::organisation;

    GET "/calendar" UseSession => site::calendar::show;
    POST "/calendar/day" ManageTenant => site::calendar::day;
    POST "/calendar/lines" ManageTenant => site::calendar::lines;
    POST "/calendar/file" ManageTenant => site::calendar::file;
    POST "/calendar/apply" ManageTenant => site::calendar::apply;
    GET "/recurring" ReadFigures => site::recurring::show;
    GET "/recurring/new" GiveTasks => site::recurring::new;
    POST "/recurring/new" GiveTasks => site::recurring::add;
    GET "/recurring/{id}" ReadFigures => site::recurrence::show;
    POST "/recurring/{id}" GiveTasks => site::recurrence::change;
    POST "/recurring/{id}/pause" GiveTasks => site::recurrence::pause;
    POST "/recurring/{id}/resume" GiveTasks => site::recurrence::resume;
    POST "/recurring/{id}/skip" GiveTasks => site::recurrence::skip;
    GET "/campaigns" ReadFigures => site::campaigns::show;
    GET "/campaigns/new" GiveTasks => site::campaigns::new;
    POST "/campaigns/new" GiveTasks => site::campaigns::add;
    GET "/campaigns/{id}" ReadFigures => site::campaign::show;
    POST "/campaigns/{id}/urge" GiveTasks => site::campaign::urge;
    POST "/campaigns/{id}/units" GiveTasks => site::campaign::add_units;
    POST "/campaigns/{id}/close" GiveTasks => site::campaign::close;

    GET "/settings" ManageTenant => site::settings::show;
    GET "/settings/template" ManageForms => site::template::show;
    POST "/settings/template" ManageForms => site::template::put;
    POST "/settings/template/withdraw" ManageForms => site::template::withdraw;
    GET "/settings/template/sample.docx" ManageForms => site::template::sample;
    GET "/settings/template/filled.docx" ManageForms => site::template::filled;
    POST "/settings/organisation" ManageTenant => site::settings::organisation;
    POST "/settings/papers" ManageTenant => site::settings::papers;
    POST "/settings/counting" ManageTenant => site::settings::counting;
    POST "/settings/mail" ManageTenant => site::settings::mail;
    POST "/settings/ladder" ManageTenant => site::settings::ladder;
    POST "/settings/factor" ManageTenant => site::settings::factor;
    POST "/settings/sso" ManageTenant => site::settings::sso;
    POST "/settings/local-sign-in" ManageTenant => site::settings::local_sign_in;
    GET "/settings/evaluation" ManageTenant => site::weights::show;
    POST "/settings/evaluation" ManageTenant => site::weights::save;
    GET "/settings/late-reasons" ManageTenant => site::late_reasons::list;
    POST "/settings/late-reasons" ManageTenant => site::late_reasons::save;
    GET "/units" ManageTenant => site::units::show;
    POST "/units" ManageTenant => site::units::add;
    GET "/units/{id}" ManageTenant => site::unit::show;
    POST "/units/{id}/name" ManageTenant => site::unit::rename;
    POST "/units/{id}/move" ManageTenant => site::unit::reorder;
    POST "/units/{id}/reminded" ManageTenant => site::unit::remind;
    POST "/units/{id}/end" ManageTenant => site::unit::end;

    GET "/people" ManageTenant => site::people::show;
    GET "/people/new" ManageTenant => site::people::new;
    POST "/people/new" ManageTenant => site::people::add;
    GET "/people/{id}" ManageTenant => site::person::show;
    POST "/people/{id}/link" ManageTenant => site::person::link;
    POST "/people/{id}/disable" ManageTenant => site::person::disable;
    POST "/people/{id}/enable" ManageTenant => site::person::enable;
    POST "/people/{id}/posts" ManageTenant => site::person::add_post;
    POST "/people/{id}/posts/end" ManageTenant => site::person::end_post;
    POST "/people/{id}/hand-over" ManageTenant => site::person::hand_over;
    POST "/account/post" UseSession => site::person::switch;
    GET "/mail" ManageTenant => site::mail::show;
    GET "/mail/letters" ManageTenant => site::mail::letters;
    POST "/mail/letters/{id}/again" ManageTenant => site::mail::again;
    POST "/mail/bounced/{id}/clear" ManageTenant => site::mail::clear;
    GET "/mail/text" ManageTenant => site::mail::text;
    GET "/api" open => site::api::show;
    GET "/webhooks" ManageTenant => site::webhooks::show;
    POST "/webhooks" ManageTenant => site::webhooks::add;
    GET "/webhooks/{id}" ManageTenant => site::webhooks::read;
    POST "/webhooks/{id}" ManageTenant => site::webhooks::change;
    POST "/webhooks/{id}/remove" ManageTenant => site::webhooks::remove;
    POST "/webhooks/{id}/messages/{message}/again" ManageTenant => site::webhooks::again;
    GET "/audit" ReadAudit => site::audit::show;

    GET "/api/v1/openapi.json" open => api::document::read;
    POST "/api/v1/session" open => api::session::begin;
    DELETE "/api/v1/session" UseSession => api::session::end;
    POST "/api/v1/session/refresh" open => api::session::refresh;
    GET "/api/v1/me" UseSession => api::session::me;
    GET "/api/v1/units" ReadUnits => api::units::list;
    GET "/api/v1/tasks" ReadTasks => api::tasks::list;
    POST "/api/v1/tasks" GiveTasks => api::task_life::give;
    POST "/api/v1/tasks/bulk" ReadTasks => api::bulk::perform;
    POST "/api/v1/tasks/bulk/preview" ReadTasks => api::bulk::preview;
    POST "/api/v1/submissions/confirm" ConfirmTasks => api::bulk::confirm;
    GET "/api/v1/tasks/{id}" ReadTasks => api::tasks::read;
    PATCH "/api/v1/tasks/{id}" GiveTasks => api::task_life::change;
    POST "/api/v1/tasks/{id}/start" ReportTasks => api::task_life::start;
    POST "/api/v1/tasks/{id}/note" ReportTasks => api::task_life::note;
    POST "/api/v1/tasks/{id}/submit" ReportTasks => api::task_life::submit;
    POST "/api/v1/tasks/{id}/confirm" ConfirmTasks => api::task_life::confirm;
    POST "/api/v1/tasks/{id}/send-back" ConfirmTasks => api::task_life::send_back;
    POST "/api/v1/tasks/{id}/reopen" ConfirmTasks => api::task_life::reopen;
    POST "/api/v1/tasks/{id}/assign" AssignTasks => api::task_life::assign;
    POST "/api/v1/tasks/{id}/return" ReturnTasks => api::task_life::give_back;
    POST "/api/v1/tasks/{id}/give-again" GiveTasks => api::task_life::give_again;
    POST "/api/v1/tasks/{id}/pause" GiveTasks => api::task_life::pause;
    POST "/api/v1/tasks/{id}/resume" GiveTasks => api::task_life::resume;
    POST "/api/v1/tasks/{id}/move" GiveTasks => api::task_life::change_lead;
    POST "/api/v1/tasks/{id}/transfer" GiveTasks => api::task_life::transfer;
    POST "/api/v1/tasks/{id}/cancel" GiveTasks => api::task_life::cancel;
    POST "/api/v1/tasks/{id}/restore" GiveTasks => api::task_life::restore;
    POST "/api/v1/tasks/{id}/delete" GiveTasks => api::task_life::delete;
    GET "/api/v1/tasks/{id}/late-reason" ReadTasks => api::late_reasons::read;
    PUT "/api/v1/tasks/{id}/late-reason" ReportTasks => api::late_reasons::explain;
    GET "/api/v1/tasks/{id}/files" ReadTasks => api::files::list;
    POST "/api/v1/tasks/{id}/files" AttachFiles => api::files::attach;
    GET "/api/v1/files/{id}" ReadTasks => api::files::read;
    DELETE "/api/v1/files/{id}" AttachFiles => api::files::detach;
    GET "/api/v1/tasks/{id}/opinions" ReadTasks => api::opinions::list;
    POST "/api/v1/tasks/{id}/opinions" DirectTasks => api::opinions::give;
    GET "/api/v1/opinions/{id}" ReadTasks => api::opinions::read;
    POST "/api/v1/opinions/{id}/answer" ReportTasks => api::opinions::answer;
    POST "/api/v1/opinions/{id}/close" DirectTasks => api::opinions::close;
    POST "/api/v1/opinions/{id}/again" DirectTasks => api::opinions::again;
    GET "/api/v1/extensions" ReadTasks => api::extensions::list;
    POST "/api/v1/extensions" AskExtensions => api::extensions::ask;
    GET "/api/v1/extensions/{id}" ReadTasks => api::extensions::read;
    POST "/api/v1/extensions/{id}/decide" DecideExtensions => api::extensions::decide;
    POST "/api/v1/extensions/{id}/withdraw" AskExtensions => api::extensions::withdraw;
    GET "/api/v1/campaigns" ReadFigures => api::campaigns::list;
    POST "/api/v1/campaigns" GiveTasks => api::campaigns::give;
    GET "/api/v1/campaigns/{id}" ReadFigures => api::campaigns::read;
    POST "/api/v1/campaigns/{id}/urge" GiveTasks => api::campaigns::urge;
    POST "/api/v1/campaigns/{id}/units" GiveTasks => api::campaigns::add_units;
    POST "/api/v1/campaigns/{id}/close" GiveTasks => api::campaigns::close;
    GET "/api/v1/recurrences" ReadFigures => api::recurrences::list;
    POST "/api/v1/recurrences" GiveTasks => api::recurrences::add;
    GET "/api/v1/recurrences/{id}" ReadFigures => api::recurrences::read;
    PUT "/api/v1/recurrences/{id}" GiveTasks => api::recurrences::change;
    POST "/api/v1/recurrences/{id}/pause" GiveTasks => api::recurrences::pause;
    POST "/api/v1/recurrences/{id}/resume" GiveTasks => api::recurrences::resume;
    POST "/api/v1/recurrences/{id}/skip" GiveTasks => api::recurrences::skip;
    GET "/api/v1/views" ReadTasks => api::views::list;
    POST "/api/v1/views" ReadTasks => api::views::save;
    GET "/api/v1/views/{id}" ReadTasks => api::views::read;
    DELETE "/api/v1/views/{id}" ReadTasks => api::views::remove;
    GET "/api/v1/calendar/{year}" ReadUnits => api::calendar::read;
    PUT "/api/v1/calendar/{year}" ManageTenant => api::calendar::put;
    POST "/api/v1/calendar/{year}/preview" ManageTenant => api::calendar::preview;
    GET "/api/v1/briefings" ReadFigures => api::briefings::list;
    GET "/api/v1/briefings/{month}" ReadFigures => api::briefings::read;
    GET "/api/v1/briefings/{month}/versions/{version}" ReadFigures => api::briefings::version;
    GET "/api/v1/briefings/{month}/versions/{version}/documents/{kind}" ReadFigures => api::briefings::document;
    POST "/api/v1/briefings/{month}/versions" PublishBriefings => api::briefings::publish;
    GET "/api/v1/evaluation" ReadFigures => api::evaluation::read;
    GET "/api/v1/webhooks" ManageTenant => api::webhooks::list;
    POST "/api/v1/webhooks" ManageTenant => api::webhooks::add;
    GET "/api/v1/webhooks/{id}" ManageTenant => api::webhooks::read;
    PUT "/api/v1/webhooks/{id}" ManageTenant => api::webhooks::change;
    DELETE "/api/v1/webhooks/{id}" ManageTenant => api::webhooks::remove;
}

/// The table as the handlers may read it.
pub fn table() -> Vec<Routed> {
    ROUTES.iter().map(|entry| Routed { method: entry.method, path: entry.path, need: entry.need }).collect()
}

fn method(name: &str) -> Route {
    match name {
        "GET" => web::route().guard(Any(Get()).or(Head())),
        other => web::method(Method::from_bytes(other.as_bytes()).unwrap_or(Method::TRACE)),
    }
}

/// Gives the service every route of the table, each behind its guard.
pub fn configure(config: &mut web::ServiceConfig) {
    let mut paths: Vec<&str> = ROUTES.iter().map(|entry| entry.path).collect();
    paths.dedup();
    for path in paths {
        let mut resource = web::resource(path);
        let mut allowed = Vec::new();
        for entry in ROUTES.iter().filter(|entry| entry.path == path) {
            let need = entry.need;
            allowed.push(entry.method);
            resource = resource.route((entry.route)().wrap(from_fn(move |req, next| guard(need, req, next))));
        }
        let allowed = allowed.join(", ");
        config.service(resource.default_service(web::to(move || not_allowed(allowed.clone()))));
    }
}

/// The path is known, the method is not.
async fn not_allowed(allowed: String) -> HttpResponse {
    let mut response = http::Problem::from(ProblemKind::MethodNotAllowed).response();
    if let Ok(value) = HeaderValue::from_str(&allowed) {
        response.headers_mut().insert(ALLOW, value);
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_stands_in_one_place_and_a_method_once() {
        for (i, entry) in ROUTES.iter().enumerate() {
            let same = |other: &&Entry| other.path == entry.path;
            let first = ROUTES.iter().position(|other| other.path == entry.path).unwrap();
            let count = ROUTES.iter().filter(same).count();
            assert!(i < first + count, "{} stands in two places", entry.path);
            let twice = ROUTES.iter().filter(same).filter(|other| other.method == entry.method).count();
            assert_eq!(twice, 1, "{} {}", entry.method, entry.path);
        }
    }
}
