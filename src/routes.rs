//! The one table of routes, for pages and API alike: method, path, what it asks of whoever comes, handler. The service
//! is built from it, and the tests walk it, so that no route can be forgotten.

use actix_web::guard::{Any, Get, Head};
use actix_web::http::Method;
use actix_web::http::header::{ALLOW, HeaderValue};
use actix_web::middleware::from_fn;
use actix_web::{HttpResponse, Route, web};

use crate::domain::access::Act;
use crate::http::{Need, guard};
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
    GET "/unit" ReadOwnUnit => site::start::show;
    GET "/tasks.xlsx" ReadTasks => site::exports::tasks_xlsx;
    GET "/tasks.csv" ReadTasks => site::exports::tasks_csv;
    GET "/tasks" ReadTasks => site::tasks::show;
    GET "/tasks/{id}" ReadTasks => site::task::show;
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
    GET "/briefings" ReadFigures => site::briefing::show;
    GET "/urging/{id}.docx" ReadFigures => site::exports::urging_docx;
    GET "/urging/{id}" ReadFigures => site::urging::show;
    GET "/organisation" ManageTenant => site::home::organisation;

    GET "/calendar" UseSession => site::calendar::show;
    POST "/calendar/day" ManageTenant => site::calendar::day;
    POST "/calendar/lines" ManageTenant => site::calendar::lines;
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
    POST "/settings/counting" ManageTenant => site::settings::counting;
    POST "/settings/mail" ManageTenant => site::settings::mail;
    POST "/settings/ladder" ManageTenant => site::settings::ladder;
    POST "/settings/factor" ManageTenant => site::settings::factor;
    POST "/settings/sso" ManageTenant => site::settings::sso;
    POST "/settings/local-sign-in" ManageTenant => site::settings::local_sign_in;
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
    GET "/audit" ReadAudit => site::audit::show;

    POST "/api/v1/session" open => api::session::begin;
    DELETE "/api/v1/session" UseSession => api::session::end;
    POST "/api/v1/session/refresh" open => api::session::refresh;
    GET "/api/v1/me" UseSession => api::session::me;
    GET "/api/v1/units" ReadUnits => api::units::list;
    GET "/api/v1/tasks" ReadTasks => api::tasks::list;
    GET "/api/v1/tasks/{id}" ReadTasks => api::tasks::read;
    GET "/api/v1/tasks/{id}/files" ReadTasks => api::files::list;
    POST "/api/v1/tasks/{id}/files" AttachFiles => api::files::attach;
    GET "/api/v1/files/{id}" ReadTasks => api::files::read;
    DELETE "/api/v1/files/{id}" AttachFiles => api::files::detach;
    GET "/api/v1/briefings/{month}" ReadFigures => api::briefings::read;
    GET "/api/v1/webhooks" ManageTenant => api::webhooks::list;
    POST "/api/v1/webhooks" ManageTenant => api::webhooks::add;
    GET "/api/v1/webhooks/{id}" ManageTenant => api::webhooks::read;
    PUT "/api/v1/webhooks/{id}" ManageTenant => api::webhooks::change;
    DELETE "/api/v1/webhooks/{id}" ManageTenant => api::webhooks::remove;
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
