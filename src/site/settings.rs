//! The organisation's settings, each section saved by itself.

use super::shell::around;
use super::{PageResult, go_to, ladder as steps, page, people, refused, sso as sign_on};
use crate::auth::{self, Member, ProviderInput, SsoState};
use crate::calendar::{self, YearDays};
use crate::db::TenantConn;
use crate::domain::calendar::RollRule;
use crate::domain::period::PeriodKind;
use crate::domain::preference::SendTime;
use crate::domain::two_factor::FactorRule;
use crate::error::{Denial, Error, ParameterFault, Refusal, Result};
use crate::http::{Body, Caller, PROOF, Visit};
use crate::organisation::{self, CountingInput};
use crate::pages::{Choice, CountingForm, Field, SettingsPage, SsoForm, Words, YearLine};
use crate::params::Params;
use crate::reminders::{self, LadderInput};
use crate::tenants::Settings;
use crate::text::denial::denial;
use crate::text::number;

/// The page.
pub const PLACE: &str = "/settings";

/// What was sent and refused, if anything was.
#[derive(Clone, Default)]
struct Sent {
    body: String,
    faults: Vec<ParameterFault>,
    error: Option<Denial>,
}

impl Sent {
    /// What was typed in a field, else what is kept.
    fn or(&self, name: &str, kept: &str) -> String {
        match Params::parse(&self.body).text(name) {
            Some(typed) => typed,
            None if self.faults.iter().any(|fault| fault.name == name) => String::new(),
            None => kept.to_owned(),
        }
    }

    fn field(&self, w: Words, name: &str, kept: &str) -> Field {
        people::field(w, &self.faults, name, &self.or(name, kept))
    }
}

fn counting_form(w: Words, settings: &Settings, sent: &Sent) -> CountingForm {
    let period = sent.or("period_kind", settings.period_kind.code());
    let roll = sent.or("roll_rule", settings.roll_rule.code());
    let choice = |code: &str, text: &str, chosen: &str| Choice {
        value: code.to_owned(),
        text: text.to_owned(),
        selected: code == chosen,
    };
    CountingForm {
        due_soon_days: sent.field(w, "due_soon_days", &settings.due_soon_days.to_string()),
        periods: PeriodKind::ALL
            .iter()
            .map(|kind| choice(kind.code(), w.period_kind(*kind), &period))
            .collect(),
        briefing_day: sent.field(
            w,
            "briefing_day",
            &settings.briefing_day.map(|day| day.to_string()).unwrap_or_default(),
        ),
        rolls: RollRule::ALL.iter().map(|rule| choice(rule.code(), w.roll_rule(*rule), &roll)).collect(),
    }
}

fn digest_hours(settings: &Settings, sent: &Sent) -> Vec<Choice> {
    let chosen = sent.or("digest_hour", &settings.digest_hour.to_string());
    let choice = |text: String| Choice { selected: text == chosen, value: text.clone(), text };
    SendTime::all().filter(|time| time.may_be_tenants()).map(|time| choice(time.to_string())).collect()
}

fn sso_form(w: Words, visit: &Visit, state: Option<&SsoState>, sent: &Sent) -> SsoForm {
    let kept = |of: fn(&SsoState) -> &String| state.map(of).cloned().unwrap_or_default();
    SsoForm {
        exists: state.is_some(),
        local_sign_in: state.is_none_or(|state| state.local_sign_in),
        redirect: visit.service.public_url.link(sign_on::BACK),
        issuer: sent.field(w, "issuer", &kept(|state| &state.issuer)),
        client_id: sent.field(w, "client_id", &kept(|state| &state.client_id)),
        client_secret: people::field(w, &sent.faults, "client_secret", ""),
    }
}

fn view(
    conn: &mut TenantConn<'_>,
    visit: &Visit,
    member: &Member,
    settings: &Settings,
    sent: &Sent,
) -> Result<SettingsPage> {
    let w = Words(visit.lang_of(member.lang));
    let year = |days: YearDays| YearLine {
        year: days.year.to_string(),
        off: number(w.0, days.off as u64),
        work: number(w.0, days.work as u64),
    };
    let state = auth::sso_state(conn)?;
    let saved = visit.params().text("done").is_some();
    Ok(SettingsPage {
        w,
        shell: around(visit, w, member, settings),
        notice: saved.then(|| w.account_saved().to_owned()),
        error: sent.error.as_ref().map(|why| denial(w.0, why)),
        name: sent.field(w, "name", &settings.name),
        superior: sent.field(w, "superior", settings.paper_head.superior.as_deref().unwrap_or_default()),
        letter_place: sent.field(w, "letter_place", settings.paper_head.place.as_deref().unwrap_or_default()),
        counting: counting_form(w, settings, sent),
        digest_hours: digest_hours(settings, sent),
        digest_hour: sent.field(w, "digest_hour", ""),
        ladder: steps::lines(w, &reminders::ladder(conn)?, &sent.body, &sent.faults),
        prove: (!member.is_proved).then(|| format!("{PROOF}?next=%2Fsettings")),
        factor_required: settings.factor_rule.required,
        factor_heads: settings.factor_rule.unit_heads,
        sso: sso_form(w, visit, state.as_ref(), sent),
        years: calendar::years(conn)?.into_iter().map(year).collect(),
    })
}

/// The page.
pub async fn show(caller: Caller, visit: Visit) -> PageResult {
    let view = caller
        .run(move |conn, member, settings| view(conn, &visit, member, settings, &Sent::default()))
        .await?;
    page(view.w, &view)
}

/// Changes something and leads back to the page; or the page comes back with what is wrong.
async fn act(
    caller: Caller,
    mut visit: Visit,
    body: Body,
    work: impl FnOnce(&mut TenantConn<'_>, &Member, &Settings, Params) -> Result<()> + Send + 'static,
) -> PageResult {
    let body = body.text();
    let params = Params::parse(&body);
    let acted = caller.run(move |conn, member, settings| work(conn, member, settings, params)).await;
    let Err(failure) = acted else { return Ok(go_to(&format!("{PLACE}?done=saved")).finish()) };
    let sent = match failure.error() {
        Error::Refused(Refusal::Parameters(faults)) => Sent { body, faults: faults.clone(), error: None },
        Error::Refused(Refusal::Denied(why @ Denial::NobodyCameByProvider)) => {
            Sent { error: Some(why.clone()), ..Sent::default() }
        }
        _ => return Err(failure),
    };
    visit.address = PLACE.to_owned();
    let view = caller.run(move |conn, member, settings| view(conn, &visit, member, settings, &sent)).await?;
    refused(view.w, &view)
}

/// Saves the organisation's name.
pub async fn organisation(caller: Caller, visit: Visit, body: Body) -> PageResult {
    act(caller, visit, body, |conn, member, settings, mut params| {
        organisation::change_name(conn, member, settings, &params.text("name").unwrap_or_default())
    })
    .await
}

/// Saves what stands at the head of documents.
pub async fn papers(caller: Caller, visit: Visit, body: Body) -> PageResult {
    act(caller, visit, body, |conn, member, settings, mut params| {
        organisation::change_paper_head(conn, member, settings, &mut params)
    })
    .await
}

/// Saves how it counts.
pub async fn counting(caller: Caller, visit: Visit, body: Body) -> PageResult {
    act(caller, visit, body, |conn, member, settings, mut params| {
        organisation::change_counting(conn, member, settings, &CountingInput::take(&mut params))
    })
    .await
}

/// Saves when the digest is sent.
pub async fn mail(caller: Caller, visit: Visit, body: Body) -> PageResult {
    act(caller, visit, body, |conn, member, settings, mut params| {
        let typed = params.text("digest_hour").unwrap_or_default();
        organisation::change_digest_hour(conn, member, settings, &typed)
    })
    .await
}

/// Saves the steps of reminders.
pub async fn ladder(caller: Caller, visit: Visit, body: Body) -> PageResult {
    act(caller, visit, body, |conn, member, _, mut params| {
        reminders::change_ladder(conn, member, &LadderInput::take(&mut params))
    })
    .await
}

/// Saves who must have a second factor.
pub async fn factor(caller: Caller, visit: Visit, body: Body) -> PageResult {
    act(caller, visit, body, |conn, member, settings, mut params| {
        let (required, unit_heads) = (params.text("required").is_some(), params.text("unit_heads").is_some());
        organisation::change_factor_rule(conn, member, settings, FactorRule { required, unit_heads })
    })
    .await
}

/// Saves the provider of single sign-on, or takes it away.
pub async fn sso(caller: Caller, visit: Visit, body: Body) -> PageResult {
    let service = visit.service.clone();
    act(caller, visit, body, move |conn, member, _, mut params| match params.text("do").as_deref() {
        Some("remove") => auth::remove_provider(conn, member),
        _ => auth::save_provider(conn, &service.seeds, member, &ProviderInput::take(&mut params)),
    })
    .await
}

/// Says whether passwords open anything.
pub async fn local_sign_in(caller: Caller, visit: Visit, body: Body) -> PageResult {
    let service = visit.service.clone();
    act(caller, visit, body, move |conn, member, settings, mut params| {
        let is_on = params.text("do").as_deref() != Some("off");
        auth::set_local_sign_in(&service.app, conn, member, settings, is_on)
    })
    .await
}
