//! Proving again who one is, before a role, a factor or a way to sign in is changed.

use super::code::code_fault;
use super::shell::around;
use super::{PageResult, go_to, page, refused, sso};
use crate::auth::{self, OwnPassword};
use crate::error::{Denial, Error, Refusal};
use crate::http::{Body, Caller, Failure, PROOF, Visit, cookie, hash, is_local_path};
use crate::pages::{Field, ProvePage, Words};
use crate::params::Params;

/// The form, and the password to be compared; none for who has none.
async fn form(
    caller: &Caller,
    visit: &Visit,
    next: Option<String>,
) -> Result<(ProvePage, Option<OwnPassword>), Failure> {
    let visit = visit.clone();
    let next = next.filter(|path| is_local_path(path));
    caller
        .run(move |conn, member, settings| {
            let w = Words(visit.lang_of(member.lang));
            let own = match auth::own_password(conn, member) {
                Ok(own) => Some(own),
                Err(Error::Refused(Refusal::Denied(Denial::NoPassword))) => None,
                Err(error) => return Err(error),
            };
            let state = auth::factor_state(&visit.service.app, conn, member, settings)?;
            let again = [
                ("tenant", member.tenant_slug.as_str()),
                ("again", "1"),
                ("next", next.as_deref().unwrap_or("/")),
            ];
            let by_sso = auth::sso_state(conn)?.map(|_| {
                format!("{}?{}", sso::PLACE, serde_urlencoded::to_string(again).unwrap_or_default())
            });
            let view = ProvePage {
                w,
                shell: around(&visit, w, member, settings),
                action: PROOF.to_owned(),
                next,
                current: own.is_some().then(Field::default),
                code: (own.is_some() && state.exists).then(Field::default),
                by_sso,
            };
            Ok((view, own))
        })
        .await
}

/// The form.
pub async fn show(caller: Caller, visit: Visit) -> PageResult {
    let (view, _) = form(&caller, &visit, visit.params().text("next")).await?;
    page(view.w, &view)
}

/// Takes password and code, and goes on in a new session; or the form comes back.
pub async fn submit(caller: Caller, visit: Visit, body: Body) -> PageResult {
    let mut params = Params::parse(&body.text());
    let (mut view, own) = form(&caller, &visit, params.text("next")).await?;
    let w = view.w;
    let Some(own) = own else { return refused(w, &view) };
    let current = params.exact("current").unwrap_or_default();
    let code = params.text("code").unwrap_or_default();
    let Some(proof) =
        hash(&visit.service, move |service| own.prove(&service.tries, service.now(), &current)).await?
    else {
        view.current = Some(Field::faulty("", w.password_wrong()));
        return refused(w, &view);
    };
    let service = visit.service.clone();
    let session = caller
        .run(move |conn, member, _| {
            Ok(match auth::step_up(conn, &service.seeds, member, &proof, &code)? {
                Ok(up) => Ok(auth::prove(conn, member, &up)?),
                Err(answer) => Err(answer),
            })
        })
        .await?;
    match session {
        Ok(session) => {
            let kept = cookie::session(&visit.service.public_url, session.to_cookie());
            Ok(go_to(view.next.as_deref().unwrap_or("/")).cookie(kept).finish())
        }
        Err(answer) => {
            view.code = Some(code_fault(w, answer));
            refused(w, &view)
        }
    }
}
