//! What products weigh, as an administrator says it.

use super::people::field;
use super::shell::around;
use super::{PageResult, page, sending, settings as all_settings};
use crate::auth::Member;
use crate::db::TenantConn;
use crate::domain::task::ProductKind;
use crate::error::{ParameterFault, Result};
use crate::evaluations::{self, WeightsInput};
use crate::http::{Body, Caller, Visit};
use crate::pages::{Link, WeightField, WeightsPage, Words};
use crate::params::Params;
use crate::tenants::Settings;
use crate::text::{tenths, vocabulary};

/// The page.
pub const PLACE: &str = "/settings/evaluation";

fn view(
    conn: &mut TenantConn<'_>,
    visit: &Visit,
    member: &Member,
    settings: &Settings,
    sent: Option<(&WeightsInput, &[ParameterFault])>,
) -> Result<WeightsPage> {
    let w = Words(visit.lang_of(member.lang));
    let (typed, faults) = match sent {
        Some((typed, faults)) => (typed.clone(), faults),
        None => {
            let kept = evaluations::weights(conn)?;
            let shown = |kind: &ProductKind| (*kind, tenths(w.0, kept.of(*kind)));
            (WeightsInput(ProductKind::ALL.iter().map(shown).collect()), [].as_slice())
        }
    };
    let weight = |(kind, typed): &(ProductKind, String)| {
        let id = WeightsInput::field(*kind);
        WeightField {
            label: vocabulary::capitalised(vocabulary::product(w.0, *kind)),
            field: field(w, faults, &id, typed),
            id,
        }
    };
    Ok(WeightsPage {
        w,
        shell: around(visit, w, member, settings),
        back: Link { text: w.settings_title().to_owned(), href: all_settings::PLACE.to_owned() },
        notice: visit.params().text("done").map(|_| w.account_saved().to_owned()),
        action: PLACE.to_owned(),
        fields: typed.0.iter().map(weight).collect(),
    })
}

/// The page.
pub async fn show(caller: Caller, visit: Visit) -> PageResult {
    let view = caller.run(move |conn, member, settings| view(conn, &visit, member, settings, None)).await?;
    page(view.w, &view)
}

/// Saves the weights; or the form comes back.
pub async fn save(caller: Caller, visit: Visit, body: Body) -> PageResult {
    let typed = WeightsInput::take(&mut Params::parse(&body.text()));
    let sent = typed.clone();
    let save = move |conn: &mut TenantConn<'_>, member: &Member, _: &Settings| {
        evaluations::change_weights(conn, member, &sent)?;
        Ok(format!("{PLACE}?done=saved"))
    };
    sending::act(&caller, visit, sending::FIELDS, save, move |conn, visit, member, settings, told| {
        view(conn, &visit, member, settings, Some((&typed, &told.faults)))
    })
    .await
}
