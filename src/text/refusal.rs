//! Refusals and failures, worded.

use super::denial::denial;
use super::{Lang, api_keys, briefing, extensions, life, number, opinions, paper, parameter, tenancy};
use crate::domain::export::ExportFault;
use crate::error::{Error, ParameterFault, Refusal};

/// What a refusal or a failure says at the command line.
pub fn error(lang: Lang, error: &Error) -> String {
    match (error, lang) {
        (Error::Refused(reason), _) => refusal(lang, reason),
        (Error::Unavailable(why), Lang::Vi) => format!("Không kết nối được cơ sở dữ liệu: {why}"),
        (Error::Unavailable(why), Lang::En) => format!("The database can't be reached: {why}"),
        (Error::Internal(why), Lang::Vi) => format!("Lỗi của hệ thống: {why}"),
        (Error::Internal(why), Lang::En) => format!("A fault of the system: {why}"),
    }
}

/// What a refusal says: what is wrong and what is expected.
pub fn refusal(lang: Lang, refusal: &Refusal) -> String {
    match lang {
        Lang::Vi => vietnamese(refusal),
        Lang::En => english(refusal),
    }
}

/// Every fault on a line of its own, with the parameter's name.
fn parameters(lang: Lang, faults: &[ParameterFault]) -> String {
    faults.iter().map(|fault| parameter::named(lang, fault)).collect::<Vec<_>>().join("\n")
}

/// Every task on a line of its own, with its code.
fn some_tasks(lang: Lang, tasks: &[(String, Refusal)]) -> String {
    let line = |(code, why): &(String, Refusal)| format!("{code}: {}", refusal(lang, why));
    tasks.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn export(lang: Lang, fault: ExportFault) -> String {
    match (fault, lang) {
        (ExportFault::TooManyRows(most), Lang::Vi) => format!(
            "Danh sách có hơn {} dòng, không xuất một lần được. Thêm bộ lọc rồi xuất từng phần.",
            number(lang, most as u64)
        ),
        (ExportFault::TooManyRows(most), Lang::En) => format!(
            "The list has more than {} rows, too many for one file. Filter it and export part by part.",
            number(lang, most as u64)
        ),
        (ExportFault::NoPdf, Lang::Vi) => {
            "Máy chủ chưa cài LibreOffice nên không tạo được PDF. Mở trang để in rồi chọn lưu thành PDF."
                .to_owned()
        }
        (ExportFault::NoPdf, Lang::En) => {
            "No PDF can be made here, as LibreOffice is not installed. Print the page and save it as PDF."
                .to_owned()
        }
        (ExportFault::TooOften(seconds), Lang::Vi) => {
            format!("Đã xuất nhiều danh sách trong một giờ. Đợi {} phút rồi xuất tiếp.", seconds.div_ceil(60))
        }
        (ExportFault::TooOften(seconds), Lang::En) => {
            format!(
                "Many lists were exported within an hour. Wait {} min for the next.",
                seconds.div_ceil(60)
            )
        }
    }
}

fn vietnamese(refusal: &Refusal) -> String {
    match refusal {
        Refusal::TenantUnknown(slug) => {
            format!(
                "Không có tổ chức “{slug}”. Tạo bằng: dondoc tenant create {slug} --name TÊN --admin ĐỊA_CHỈ"
            )
        }
        Refusal::TenantExists(slug) => format!("Đã có tổ chức “{slug}”."),
        Refusal::SlugForm(slug) => {
            format!(
                "“{slug}” không dùng làm mã tổ chức được: cần 2–40 chữ a–z, số hoặc dấu -, bắt đầu bằng chữ."
            )
        }
        Refusal::EmailForm(email) => format!("“{email}” không phải là địa chỉ thư điện tử."),
        Refusal::NameForm => "Tên cần từ 1 đến 200 ký tự, không có ký tự điều khiển.".to_owned(),
        Refusal::UnitUnknown(name) => {
            format!("Tổ chức không có đơn vị “{name}” (tên đầy đủ hoặc tên viết tắt).")
        }
        Refusal::DatabaseInUse => "Cơ sở dữ liệu này đang chứa dữ liệu không phải của bản trình diễn. \
             Hãy dùng một thư mục dữ liệu khác (DONDOC_DATA) cho bản trình diễn."
            .to_owned(),
        Refusal::DatabaseForeign => {
            "Cơ sở dữ liệu này đã có bảng của chương trình khác. Hãy dùng một cơ sở dữ liệu trống.".to_owned()
        }
        Refusal::RoleTooPowerful(how) => {
            format!(
                "Vai trò trong DATABASE_URL vượt qua được bức tường giữa các tổ chức ({how}). Xem deploy/roles.sql."
            )
        }
        Refusal::SchemaBehind(missing) => format!(
            "Lược đồ chưa được cập nhật, còn thiếu: {}. Đặt DATABASE_OWNER_URL để cập nhật.",
            missing.join(", ")
        ),
        Refusal::ServerTooOld(version) => format!("Cần PostgreSQL từ 15 trở lên, máy chủ đang là {version}."),
        Refusal::FileUnreadable { path, reason } => format!("Không đọc được tệp {path}: {reason}"),
        Refusal::OutOfBalance(found) => paper::imbalance(Lang::Vi, found),
        Refusal::Reasons(reasons) => reasons.join("\n"),
        Refusal::WallDown(gap) => format!("Bức tường giữa các tổ chức bị hở: {gap}."),
        Refusal::Denied(why) => denial(Lang::Vi, why),
        Refusal::Parameters(faults) => parameters(Lang::Vi, faults),
        Refusal::Tenancy(fault) => tenancy::fault(Lang::Vi, fault),
        Refusal::ApiKey(fault) => api_keys::fault(Lang::Vi, fault),
        Refusal::Extension(fault) => extensions::fault(Lang::Vi, fault),
        Refusal::Briefing(fault) => briefing::fault(Lang::Vi, fault),
        Refusal::Opinion(fault) => opinions::fault(Lang::Vi, *fault).to_owned(),
        Refusal::NotLate => opinions::not_late(Lang::Vi).to_owned(),
        Refusal::Moved => "Số liệu đã khác so với lúc xem trước; xem lại rồi xác nhận.".to_owned(),
        Refusal::Export(fault) => export(Lang::Vi, *fault),
        Refusal::CampaignOver => "Đợt giao việc đã đóng hoặc đã hết thời hạn.".to_owned(),
        Refusal::Stale(_) => "Nội dung đã được người khác sửa; xem lại rồi làm lại.".to_owned(),
        Refusal::TaskStep { status, possible } => life::impossible(Lang::Vi, *status, possible),
        Refusal::SomeTasks(tasks) => some_tasks(Lang::Vi, tasks),
    }
}

fn english(refusal: &Refusal) -> String {
    match refusal {
        Refusal::TenantUnknown(slug) => {
            format!("There is no tenant “{slug}”. Make it: dondoc tenant create {slug} --name NAME --admin EMAIL")
        }
        Refusal::TenantExists(slug) => format!("There is a tenant “{slug}” already."),
        Refusal::SlugForm(slug) => {
            format!("“{slug}” can't be a tenant's slug: 2–40 of a–z, 0–9 and -, beginning with a letter.")
        }
        Refusal::EmailForm(email) => format!("“{email}” is not an e-mail address."),
        Refusal::NameForm => "A name has 1–200 characters, none of them a control character.".to_owned(),
        Refusal::UnitUnknown(name) => format!("The tenant has no unit “{name}” (full or short name)."),
        Refusal::DatabaseInUse => {
            "This database holds data that are not a demo's. Use another data directory (DONDOC_DATA) for the demo."
                .to_owned()
        }
        Refusal::DatabaseForeign => {
            "This database has tables of another program. Use an empty one.".to_owned()
        }
        Refusal::RoleTooPowerful(how) => {
            format!("The role in DATABASE_URL could get around the tenant walls ({how}). See deploy/roles.sql.")
        }
        Refusal::SchemaBehind(missing) => {
            format!("The schema is behind, missing: {}. Set DATABASE_OWNER_URL to bring it up.", missing.join(", "))
        }
        Refusal::ServerTooOld(version) => format!("PostgreSQL 15 or newer is needed; the server is {version}."),
        Refusal::FileUnreadable { path, reason } => format!("The file {path} can't be read: {reason}"),
        Refusal::OutOfBalance(found) => paper::imbalance(Lang::En, found),
        Refusal::Reasons(reasons) => reasons.join("\n"),
        Refusal::WallDown(gap) => format!("The wall between the tenants has a gap: {gap}."),
        Refusal::Denied(why) => denial(Lang::En, why),
        Refusal::Parameters(faults) => parameters(Lang::En, faults),
        Refusal::Tenancy(fault) => tenancy::fault(Lang::En, fault),
        Refusal::ApiKey(fault) => api_keys::fault(Lang::En, fault),
        Refusal::Extension(fault) => extensions::fault(Lang::En, fault),
        Refusal::Briefing(fault) => briefing::fault(Lang::En, fault),
        Refusal::Opinion(fault) => opinions::fault(Lang::En, *fault).to_owned(),
        Refusal::NotLate => opinions::not_late(Lang::En).to_owned(),
        Refusal::Moved => "Something has changed since it was shown; look again, then confirm.".to_owned(),
        Refusal::Export(fault) => export(Lang::En, *fault),
        Refusal::CampaignOver => "The campaign is closed, or its deadline is over.".to_owned(),
        Refusal::Stale(_) => "Somebody has changed it meanwhile; look again.".to_owned(),
        Refusal::TaskStep { status, possible } => life::impossible(Lang::En, *status, possible),
        Refusal::SomeTasks(tasks) => some_tasks(Lang::En, tasks),
    }
}
