//! A statement written as text that is prepared once a connection and then only executed.
//!
//! What must stay true: a value never gets into the text. `diesel::sql_query` is parsed and planned at each run;
//! [`Prepared`] is known again by its text, so the texts must be few: what is asked seldom says [`Prepared::once`].

use chrono::{DateTime, NaiveDate, Utc};
use diesel::RunQueryDsl;
use diesel::pg::{Pg, PgConnection};
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::result::{Error, QueryResult};
use diesel::sql_types::{Array, Date, Integer, Nullable, Text, Timestamptz, Untyped, Uuid as SqlUuid};
use uuid::Uuid;

/// A value bound to a place of the text; `None` is `NULL`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)] // The types are the documentation.
pub enum Value {
    Uuid(Option<Uuid>),
    Uuids(Option<Vec<Uuid>>),
    Date(Option<NaiveDate>),
    Instant(Option<DateTime<Utc>>),
    Text(Option<String>),
    Texts(Option<Vec<String>>),
    Integer(Option<i32>),
}

/// Declares what becomes a value, alone or as an option.
macro_rules! values {
    ($($from:ty => $variant:ident),+ $(,)?) => {$(
        impl From<$from> for Value {
            fn from(value: $from) -> Self {
                Self::$variant(Some(value))
            }
        }

        impl From<Option<$from>> for Value {
            fn from(value: Option<$from>) -> Self {
                Self::$variant(value)
            }
        }
    )+};
}

values! {
    Uuid => Uuid,
    Vec<Uuid> => Uuids,
    NaiveDate => Date,
    DateTime<Utc> => Instant,
    String => Text,
    Vec<String> => Texts,
    i32 => Integer,
}

/// A statement with `$1`, `$2` … in its text and their values.
///
/// A place may stand in the text several times; each time is a parameter of its own to the server, so an expression
/// with a place in it can't be repeated in `GROUP BY`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prepared {
    sql: String,
    values: Vec<Value>,
    is_kept: bool,
}

impl Prepared {
    /// A statement whose values are those of `$1`, `$2` … in order.
    pub fn new(sql: String, values: Vec<Value>) -> Self {
        Self { sql, values, is_kept: true }
    }

    /// Adds the value of the next place.
    pub fn bind(mut self, value: impl Into<Value>) -> Self {
        self.values.push(value.into());
        self
    }

    /// Has it planned for this run alone: for a text that is one of very many, each of which the server would keep.
    pub fn once(mut self) -> Self {
        self.is_kept = false;
        self
    }

    /// Writes what follows a `$`: a place and the text behind it, or, when no number stands there, the text alone.
    fn walk_place<'b>(&'b self, out: &mut AstPass<'_, 'b, Pg>, part: &'b str) -> QueryResult<()> {
        let digits = part.bytes().take_while(u8::is_ascii_digit).count();
        let (place, rest) = part.split_at(digits);
        if place.is_empty() {
            out.push_sql("$");
        } else {
            let value = place.parse::<usize>().ok().and_then(|n| self.values.get(n.checked_sub(1)?));
            let Some(value) = value else {
                return Err(Error::QueryBuilderError(format!("${place} has no value").into()));
            };
            push(out, value)?;
        }
        out.push_sql(rest);
        Ok(())
    }
}

fn push<'b>(out: &mut AstPass<'_, 'b, Pg>, value: &'b Value) -> QueryResult<()> {
    match value {
        Value::Uuid(value) => out.push_bind_param::<Nullable<SqlUuid>, _>(value),
        Value::Uuids(value) => out.push_bind_param::<Nullable<Array<SqlUuid>>, _>(value),
        Value::Date(value) => out.push_bind_param::<Nullable<Date>, _>(value),
        Value::Instant(value) => out.push_bind_param::<Nullable<Timestamptz>, _>(value),
        Value::Text(value) => out.push_bind_param::<Nullable<Text>, _>(value),
        Value::Texts(value) => out.push_bind_param::<Nullable<Array<Text>>, _>(value),
        Value::Integer(value) => out.push_bind_param::<Nullable<Integer>, _>(value),
    }
}

impl QueryFragment<Pg> for Prepared {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        if !self.is_kept {
            out.unsafe_to_cache_prepared();
        }
        let mut parts = self.sql.split('$');
        out.push_sql(parts.next().unwrap_or_default());
        parts.try_for_each(|part| self.walk_place(&mut out, part))
    }
}

impl Query for Prepared {
    type SqlType = Untyped;
}

impl QueryId for Prepared {
    type QueryId = ();

    // Known again by its text, not by its type.
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl RunQueryDsl<PgConnection> for Prepared {}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(query: &Prepared) -> String {
        diesel::debug_query::<Pg, _>(query).to_string()
    }

    #[test]
    fn a_place_may_stand_twice_and_in_any_order() {
        let query = Prepared::new("a = $2 AND b > $1 AND c = $2".into(), vec![Value::from(7), 8.into()]);
        assert_eq!(written(&query), "a = $1 AND b > $2 AND c = $3 -- binds: [Some(8), Some(7), Some(8)]");
    }

    #[test]
    fn a_sign_without_a_number_stays() {
        let query = Prepared::new("a = '$' AND b = $1".into(), Vec::new()).bind(None::<String>);
        assert_eq!(written(&query), "a = '$' AND b = $1 -- binds: [None]");
    }
}
