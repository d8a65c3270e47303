//! The evaluation of units, the tasks behind a score, the weights.

use askama::Template;
use dondoc::domain::evaluation::Formula;
use dondoc::evaluations::report;
use dondoc::pages::*;
use dondoc::text::evaluation;

use super::{Role, Sample};

impl Sample {
    /// Units evaluated.
    pub fn evaluating(&self) -> askama::Result<Vec<(&'static str, String)>> {
        Ok(vec![
            ("evaluation", self.evaluation(false).render()?),
            ("evaluation-error", self.evaluation(true).render()?),
            ("evaluated-unit", self.evaluated_unit().render()?),
            ("weights", self.weights(false).render()?),
            ("weights-error", self.weights(true).render()?),
        ])
    }

    fn evaluation_form(&self, faulty: bool) -> EvaluationForm {
        EvaluationForm {
            action: "/evaluation".into(),
            periods: self.choices(&[("2024-Q4", "Quý IV năm 2024"), ("2024", "Năm 2024")], "2024-Q4"),
            period_error: faulty.then(|| self.s("!")),
            cutoff: self.judged("29/11/2024", faulty),
            formulas: self.choices(&[("decree_90", "Nghị định 90/2020/NĐ-CP")], "decree_90"),
            formula_error: faulty.then(|| self.s("!")),
            tasks: self.choices(&[("key", "Nhiệm vụ trọng tâm")], "key"),
            tasks_error: None,
        }
    }

    /// The units of a quarter, `faulty` with a wrong address.
    pub fn evaluation(&self, faulty: bool) -> EvaluationPage {
        let columns = report::columns(self.lang, Formula::Decree90);
        let cells = |rank: &str| -> Vec<Num> {
            let rest = columns.iter().skip(1).map(|_| self.num("12", "/tasks?standing=reached"));
            std::iter::once(Num::plain(self.s(rank))).chain(rest).collect()
        };
        let unit = |name: &str| Link { text: self.s(name), href: "/evaluation/1?period=2024-Q4".into() };
        let row = |rank: &str, short: &str, name: &str| EvaluationRow {
            unit: unit(short),
            name: self.s(name),
            cells: cells(rank),
        };
        let explained = evaluation::explained(self.lang, Formula::Decree90);
        EvaluationPage {
            w: self.w(),
            shell: self.shell(Role::Office, 9),
            form: self.evaluation_form(faulty),
            issuer: Issuer {
                superior: self.s("Bộ Thông tin và Truyền thông"),
                body: self.w().issuing_office().into(),
            },
            title: self.s("Q4 2024"),
            cutoff: "29/11/2024".into(),
            files: vec![Link { text: "Word".into(), href: "/evaluation.docx".into() }],
            basis: self.rows(vec![self.s(&explained)]),
            results: self.rows(vec![self.s("30/34")]),
            columns: columns.iter().map(|column| column.heading.clone()).collect(),
            units: self.rows(vec![row("1", "CVT", "Cục Viễn thông"), row("2", "CBC", "Cục Báo chí")]),
            total: cells("–"),
            sentences: self
                .rows(vec![UnitSentence { unit: unit("CVT"), text: self.s("100 × 9,475 ÷ 12,5 = 75,8") }]),
        }
    }

    /// The tasks behind a unit's score.
    pub fn evaluated_unit(&self) -> EvaluatedUnitPage {
        EvaluatedUnitPage {
            w: self.w(),
            shell: self.shell(Role::Office, 9),
            back: Link { text: self.w().nav_evaluation().into(), href: "/evaluation".into() },
            title: self.s("Q4 2024"),
            unit: self.s("CVT"),
            rank: Some(self.w().evaluated_rank("2", &self.n("30"))),
            sentence: self.s("100 × 9,475 ÷ 12,5 = 75,8"),
            explained: evaluation::explained(self.lang, Formula::Decree335),
            more: Some(self.w().evaluated_more(&self.n("1000"))),
            rows: self.rows(vec![EvaluatedRow {
                task: Link { text: self.s("Trình đề án"), href: "/tasks/1?as_of=2024-11-29".into() },
                code: self.s("NV-1"),
                product: self.s("Đề án, 1,5"),
                due: "15/11/2024".into(),
                original_due: Some("01/11/2024".into()),
                done: self.o("20/11/2024"),
                standing: self.s("5"),
                days: self.n("5"),
                delays: self.n("2"),
                earned: "0,75".into(),
            }]),
        }
    }

    /// The weights, `faulty` after a refused form.
    pub fn weights(&self, faulty: bool) -> WeightsPage {
        let field = |code: &str, label: &str| WeightField {
            id: format!("weight_{code}"),
            label: self.s(label),
            field: self.judged("1,5", faulty),
        };
        WeightsPage {
            w: self.w(),
            shell: self.shell(Role::Office, 9),
            back: Link { text: self.w().settings_title().into(), href: "/settings".into() },
            notice: (!faulty).then(|| self.w().account_saved().into()),
            action: "/settings/evaluation".into(),
            fields: vec![field("law", "A"), field("decree", "B")],
        }
    }
}
