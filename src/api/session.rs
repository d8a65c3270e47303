//! Sessions of API clients: a token for tenant, address, password and, with a second factor, a code; and who it speaks for.

use actix_web::{HttpRequest, HttpResponse, web};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::document::{Operation, Shape};
use super::{ApiResult, body};
use crate::auth::{self, ApiTokens, Known, TOKEN_SECONDS};
use crate::error::Denial;
use crate::http::{Body, Caller, Service, Visit, hash, work};
use crate::text::problem::ProblemKind;

const PLACE: &str = "/api/v1/session";

/// What is told of these addresses.
pub(super) fn operations() -> Vec<Operation> {
    let begin = Operation::plain("POST", PLACE, "begin_session")
        .takes(Shape::of::<SignIn>())
        .gives(Shape::of::<TokenOut>());
    let refresh = Operation::plain("POST", "/api/v1/session/refresh", "refresh_session")
        .takes(Shape::of::<Refresh>())
        .gives(Shape::of::<TokenOut>());
    vec![
        begin
            .refuses(ProblemKind::SignInFailed)
            .refuses(ProblemKind::CodeNeeded)
            .refuses(ProblemKind::EnrolmentNeeded),
        Operation::plain("DELETE", PLACE, "end_session"),
        refresh.refuses(ProblemKind::NotSignedIn),
        Operation::get("/api/v1/me", "read_me").gives(Shape::of::<MeOut>()),
    ]
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = SignIn)]
struct SignIn {
    #[schema(max_length = 254, example = "btttt")]
    tenant: String,
    #[schema(max_length = 254, example = "vanphong@btttt.example")]
    email: String,
    #[schema(max_length = 1000)]
    password: String,
    /// Of the second factor, where there is one.
    #[schema(max_length = 32)]
    code: Option<String>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = Token)]
struct TokenOut {
    access_token: String,
    token_type: &'static str,
    expires_in: i64,
    refresh_token: String,
}

impl From<ApiTokens> for TokenOut {
    fn from(ApiTokens { access, refresh }: ApiTokens) -> Self {
        Self { access_token: access, token_type: "Bearer", expires_in: TOKEN_SECONDS, refresh_token: refresh }
    }
}

/// `POST /api/v1/session`: a short token, and a refresh token to be changed for the next.
pub async fn begin(req: HttpRequest, visit: Visit, service: web::Data<Service>, sent: Body) -> ApiResult {
    let SignIn { tenant, email, password, code } = match body::json(&req, &sent.0) {
        Ok(typed) => typed,
        Err(problem) => return Ok(problem.response()),
    };
    let lane = service.tries.lane(&tenant, &email, None);
    service.tries.begin(&lane, service.now())?;
    let known = work(&service, move |service| {
        // By an organisation's own host there is no other.
        match auth::at_host(&service.app, &visit.host)? {
            Some(here) if here.slug != tenant.trim().to_lowercase() => Ok(Known::nobody()),
            _ => auth::known(&service.app, &tenant, &email),
        }
    })
    .await?;
    let (known, is_right) = hash(&service, move |_| {
        let is_right = known.has_password(&password)?;
        Ok((known, is_right))
    })
    .await?;
    if !is_right {
        tracing::info!("a sign-in was refused");
        work(&service, move |service| auth::note_refusal(&service.app, &known)).await?;
        return Err(Denial::SignInFailed.into());
    }
    service.tries.right(&lane);
    let tokens = work(&service, move |service| {
        let Service { app, seeds, tokens, .. } = service;
        auth::enter_by_api(app, seeds, tokens, &known, code.as_deref())
    })
    .await?;
    Ok(HttpResponse::Ok().json(TokenOut::from(tokens)))
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Refresh {
    #[schema(max_length = 200)]
    refresh_token: String,
}

/// `POST /api/v1/session/refresh`: the next short token, and the next refresh token in place of the one sent.
pub async fn refresh(req: HttpRequest, service: web::Data<Service>, sent: Body) -> ApiResult {
    let Refresh { refresh_token } = match body::json(&req, &sent.0) {
        Ok(typed) => typed,
        Err(problem) => return Ok(problem.response()),
    };
    let tokens =
        work(&service, move |service| auth::refresh(&service.app, &service.tokens, &refresh_token)).await?;
    Ok(HttpResponse::Ok().json(TokenOut::from(tokens)))
}

/// `DELETE /api/v1/session`: the token opens nothing any more.
pub async fn end(caller: Caller) -> ApiResult {
    caller.run(|conn, member, _| auth::sign_out(conn, member)).await?;
    Ok(HttpResponse::NoContent().finish())
}

#[derive(Serialize, ToSchema)]
#[schema(as = Me)]
struct MeOut {
    tenant: TenantOut,
    person: PersonOut,
    post: PostOut,
}

#[derive(Serialize, ToSchema)]
#[schema(as = Tenant)]
struct TenantOut {
    slug: String,
    name: String,
    time_zone: String,
    today: chrono::NaiveDate,
}

#[derive(Serialize, ToSchema)]
#[schema(as = Person)]
struct PersonOut {
    id: Uuid,
    name: String,
    email: String,
    language: &'static str,
}

#[derive(Serialize, ToSchema)]
#[schema(as = Post)]
struct PostOut {
    id: Uuid,
    role: &'static str,
    unit: Option<String>,
}

/// `GET /api/v1/me`: the person, their post and their tenant.
pub async fn me(caller: Caller, visit: Visit) -> ApiResult {
    let me = caller
        .run(move |_, member, settings| {
            visit.params().finish()?;
            Ok(MeOut {
                tenant: TenantOut {
                    slug: member.tenant_slug.clone(),
                    name: settings.name.clone(),
                    time_zone: settings.zone.to_string(),
                    today: settings.today(&visit.service.app.clock),
                },
                person: PersonOut {
                    id: member.person,
                    name: member.name.clone(),
                    email: member.email.clone(),
                    language: member.lang.code(),
                },
                post: PostOut {
                    id: member.post,
                    role: member.role.code(),
                    unit: member.unit.as_ref().map(|unit| unit.short_name.clone()),
                },
            })
        })
        .await?;
    Ok(HttpResponse::Ok().json(me))
}
