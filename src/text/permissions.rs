//! The permission table in words.

use super::Lang;
use super::pages::Words;
use crate::domain::access::{Act, Relation, Role, allows};

/// What an act is called.
pub fn act(lang: Lang, act: Act) -> &'static str {
    let (vi, en) = match act {
        Act::UseSession => ("Dùng phiên đăng nhập của mình", "Use one's own session"),
        Act::ReadUnits => ("Xem danh sách đơn vị", "Read the list of units"),
        Act::ReadTasks => ("Xem nhiệm vụ", "Read tasks"),
        Act::ReadOwnUnit => ("Xem việc trong ngày của đơn vị mình", "Read the day of one's own unit"),
        Act::ReadFigures => ("Xem số liệu toàn tổ chức", "Read the figures of the whole tenant"),
        Act::GiveTasks => ("Giao và quản lý nhiệm vụ", "Give tasks and look after them"),
        Act::AssignTasks => ("Phân công người thực hiện", "Say who does a task"),
        Act::ReportTasks => {
            ("Báo cáo tiến độ, hoàn thành, giải trình", "Report progress and completion, answer")
        }
        Act::ReturnTasks => ("Trả lại Văn phòng", "Return to the Office"),
        Act::ConfirmTasks => {
            ("Xác nhận hoàn thành hoặc trả lại báo cáo", "Confirm a completion or send it back")
        }
        Act::DirectTasks => ("Cho ý kiến chỉ đạo, yêu cầu giải trình", "Direct, ask for an explanation"),
        Act::AttachFiles => ("Đính kèm tệp", "Attach files"),
        Act::AskExtensions => ("Đề nghị gia hạn", "Ask for an extension"),
        Act::DecideExtensions => ("Quyết định gia hạn", "Decide an extension"),
        Act::PublishBriefings => ("Lập và phát hành báo cáo giao ban", "Write and publish the briefing"),
        Act::ManageForms => ("Quản lý mẫu văn bản", "Look after the form of documents"),
        Act::ManageTenant => ("Quản lý người dùng, đơn vị, thiết đặt", "Manage people, units, settings"),
        Act::ReadAudit => ("Xem nhật ký", "Read the journal"),
    };
    pick(lang, vi, en)
}

fn relation(lang: Lang, relation: Relation) -> &'static str {
    let (vi, en) = match relation {
        Relation::Given => ("được giao cho mình", "given to oneself"),
        Relation::OwnUnit => ("đơn vị mình chủ trì", "own unit leads"),
        Relation::Coordinating => ("đơn vị mình phối hợp", "own unit coordinates"),
        Relation::Other => ("đơn vị khác", "other units'"),
    };
    pick(lang, vi, en)
}

fn pick(lang: Lang, vi: &'static str, en: &'static str) -> &'static str {
    match lang {
        Lang::Vi => vi,
        Lang::En => en,
    }
}

/// The table: a line an act (and relation to the task), a column a role.
pub fn table(lang: Lang) -> String {
    let roles = Role::ALL.iter().copied();
    let heading: Vec<String> = std::iter::once(pick(lang, "Việc", "Act").to_owned())
        .chain(roles.clone().map(|role| Words(lang).role(role).to_owned()))
        .collect();
    let mut lines = vec![heading];
    for what in Act::ALL.iter().copied() {
        for to in what.relations() {
            let named = match to {
                Some(to) => format!("{}: {}", act(lang, what), relation(lang, to)),
                None => act(lang, what).to_owned(),
            };
            let marks = roles.clone().map(|role| if allows(role, what, to) { "x" } else { "–" }.to_owned());
            lines.push(std::iter::once(named).chain(marks).collect());
        }
    }
    aligned(&lines)
}

/// Columns as wide as their widest cell.
fn aligned(lines: &[Vec<String>]) -> String {
    let width = |column: usize| {
        lines.iter().filter_map(|line| line.get(column)).map(|cell| cell.chars().count()).max()
    };
    let line = |cells: &Vec<String>| {
        let cells = cells.iter().enumerate().map(|(i, cell)| {
            let missing = width(i).unwrap_or(0).saturating_sub(cell.chars().count());
            format!("{cell}{}", " ".repeat(missing))
        });
        cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    };
    lines.iter().map(line).collect::<Vec<_>>().join("\n")
}
