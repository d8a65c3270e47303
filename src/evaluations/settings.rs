//! What products weigh, as an administrator says it.

use serde_json::{Value, json};

use super::store;
use crate::auth::Member;
use crate::db::TenantConn;
use crate::domain::evaluation::Weights;
use crate::domain::task::ProductKind;
use crate::error::{ParameterFault, ParameterProblem, Refusal, Result};
use crate::journal::{self, Entry};
use crate::params::Params;

/// The form as typed, a weight a kind of product: `1,5`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WeightsInput(pub Vec<(ProductKind, String)>);

impl WeightsInput {
    /// Takes a form's fields, `weight_law` and so on.
    pub fn take(params: &mut Params) -> Self {
        let typed = |kind: &ProductKind| (*kind, params.text(&Self::field(*kind)).unwrap_or_default());
        Self(ProductKind::ALL.iter().map(typed).collect())
    }

    /// The name of a kind's field.
    pub fn field(kind: ProductKind) -> String {
        format!("weight_{}", kind.code())
    }

    fn check(&self) -> Result<Weights> {
        let (mut given, mut faults) = (Vec::new(), Vec::new());
        for (kind, typed) in &self.0 {
            match Weights::parse(typed) {
                Some(tenths) => given.push((*kind, tenths)),
                None => {
                    let problem = ParameterProblem::NotAWeight;
                    faults.push(ParameterFault { name: Self::field(*kind), problem });
                }
            }
        }
        if faults.is_empty() { Ok(Weights::new(given)) } else { Err(Refusal::Parameters(faults).into()) }
    }
}

/// The tenant's weights.
///
/// # Errors
/// The database's.
pub fn weights(conn: &mut TenantConn<'_>) -> Result<Weights> {
    store::weights(conn)
}

/// Gives the tenant the weights of a form.
///
/// # Errors
/// A weight is wrong; nothing is changed then.
pub fn change_weights(conn: &mut TenantConn<'_>, member: &Member, typed: &WeightsInput) -> Result<()> {
    let after = typed.check()?;
    let before = store::weights(conn)?;
    if after == before {
        return Ok(());
    }
    store::replace_weights(conn, &after)?;
    journal::append(
        conn,
        &[Entry::settings(
            member.actor(),
            json!({ "product_weights": shown(&before) }),
            json!({ "product_weights": shown(&after) }),
        )],
    )
}

/// Those that are not 1.0, as `law 1.5; report 0.5`.
fn shown(weights: &Weights) -> Value {
    let one = |(kind, tenths): (ProductKind, u32)| format!("{} {}.{}", kind.code(), tenths / 10, tenths % 10);
    weights.unusual().map(one).collect::<Vec<_>>().join("; ").into()
}
