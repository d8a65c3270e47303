//! What is said of tenants as a whole at the command line.

use chrono::{DateTime, Utc};

use super::{Lang, number};
use crate::domain::attachment::USUAL_STORAGE_MB;
use crate::error::TenancyFault;
use crate::tenants::{Limits, Restored, TenantListed, Written};

/// Why an operator's act on a tenant did not happen.
pub fn fault(lang: Lang, fault: &TenancyFault) -> String {
    match lang {
        Lang::Vi => vietnamese(fault),
        Lang::En => english(fault),
    }
}

fn vietnamese(fault: &TenancyFault) -> String {
    match fault {
        TenancyFault::AlreadySo(true) => "Tổ chức đang tạm ngừng rồi.".to_owned(),
        TenancyFault::AlreadySo(false) => "Tổ chức đang hoạt động rồi.".to_owned(),
        TenancyFault::HostForm(host) => {
            format!(
                "“{host}” không phải là tên miền; cần dạng như dondoc.bo.gov.vn, không có cổng, không dấu."
            )
        }
        TenancyFault::HostTaken(host) => format!("Tên miền {host} đã thuộc về một tổ chức."),
        TenancyFault::HostUnknown(host) => format!("Tổ chức không có tên miền {host}."),
        TenancyFault::OwnerNeeded => {
            "Việc này cần vai trò chủ sở hữu của cơ sở dữ liệu: đặt DATABASE_OWNER_URL.".to_owned()
        }
        TenancyFault::Unconfirmed(slug) => {
            format!("Chưa xóa gì. Để xóa, nhắc lại mã tổ chức: --confirm {slug}")
        }
        TenancyFault::FileExists(path) => format!("Đã có tệp {path}; không ghi đè."),
        TenancyFault::FileUnwritable { path, reason } => format!("Không ghi được tệp {path}: {reason}"),
        TenancyFault::ArchiveForm(why) => format!("Đây không phải là tệp lưu trữ tổ chức dùng được: {why}"),
        TenancyFault::ArchiveDamaged(entry) => {
            format!("Tệp lưu trữ bị hỏng hoặc bị sửa: {entry} không khớp với bản kê. Chưa ghi gì.")
        }
        TenancyFault::ArchiveHostile(entry) => {
            format!("Tệp lưu trữ không an toàn: {entry}. Chưa ghi gì.")
        }
        TenancyFault::ArchiveSchema { archive, here } => format!(
            "Tệp lưu trữ thuộc lược đồ {archive}, ở đây là {here}. Khôi phục bằng đúng phiên bản đã xuất, rồi cập nhật."
        ),
        TenancyFault::FileLost(which) => {
            format!("Không đọc được một tệp đính kèm của tổ chức: {which}. Chưa có gì được xuất hay xóa.")
        }
        TenancyFault::ArchiveHere(slug) => format!("Tổ chức của tệp lưu trữ này đã có ở đây, mã “{slug}”."),
    }
}

fn english(fault: &TenancyFault) -> String {
    match fault {
        TenancyFault::AlreadySo(true) => "The tenant is suspended already.".to_owned(),
        TenancyFault::AlreadySo(false) => "The tenant is active already.".to_owned(),
        TenancyFault::HostForm(host) => {
            format!(
                "“{host}” is not a host name; one like dondoc.ministry.example is expected, without a port."
            )
        }
        TenancyFault::HostTaken(host) => format!("The host {host} is a tenant's already."),
        TenancyFault::HostUnknown(host) => format!("The tenant has no host {host}."),
        TenancyFault::OwnerNeeded => {
            "This needs the role that owns the database: set DATABASE_OWNER_URL.".to_owned()
        }
        TenancyFault::Unconfirmed(slug) => {
            format!("Nothing was deleted. To delete it, repeat the slug: --confirm {slug}")
        }
        TenancyFault::FileExists(path) => format!("There is a file {path} already; it is not overwritten."),
        TenancyFault::FileUnwritable { path, reason } => {
            format!("The file {path} can't be written: {reason}")
        }
        TenancyFault::ArchiveForm(why) => format!("This is no archive of a tenant that can be used: {why}"),
        TenancyFault::ArchiveDamaged(entry) => {
            format!(
                "The archive is damaged or was changed: {entry} is not what the manifest says. Nothing was written."
            )
        }
        TenancyFault::ArchiveHostile(entry) => {
            format!("The archive is not safe: {entry}. Nothing was written.")
        }
        TenancyFault::ArchiveSchema { archive, here } => format!(
            "The archive is of the schema {archive}, here it is {here}. Restore it with the version that made it, then update."
        ),
        TenancyFault::FileLost(which) => {
            format!("A file of the tenant can't be read: {which}. Nothing was exported or removed.")
        }
        TenancyFault::ArchiveHere(slug) => format!("The archive's tenant is here already, as “{slug}”."),
    }
}

fn day(at: DateTime<Utc>) -> String {
    at.format("%d/%m/%Y").to_string()
}

/// One tenant a line: slug, state and since when, hosts.
pub fn list(lang: Lang, tenants: &[TenantListed]) -> String {
    let line = |tenant: &TenantListed| {
        let since = day(tenant.state_since);
        let state = match (lang, tenant.is_active) {
            (Lang::Vi, true) => format!("hoạt động từ {since}"),
            (Lang::Vi, false) => format!("tạm ngừng từ {since}"),
            (Lang::En, true) => format!("active since {since}"),
            (Lang::En, false) => format!("suspended since {since}"),
        };
        format!("{:<24} {state:<26} {}", tenant.slug, tenant.hosts.join(" ")).trim_end().to_owned()
    };
    match (tenants, lang) {
        ([], Lang::Vi) => "Chưa có tổ chức nào.".to_owned(),
        ([], Lang::En) => "There is no tenant yet.".to_owned(),
        _ => tenants.iter().map(line).collect::<Vec<_>>().join("\n"),
    }
}

/// Nobody gets in, or everybody again.
pub fn state_set(lang: Lang, slug: &str, is_active: bool) -> String {
    match (lang, is_active) {
        (Lang::Vi, true) => format!("Tổ chức {slug} hoạt động trở lại."),
        (Lang::Vi, false) => {
            format!("Đã tạm ngừng tổ chức {slug}: không ai đăng nhập được, mọi phiên bị từ chối.")
        }
        (Lang::En, true) => format!("The tenant {slug} is active again."),
        (Lang::En, false) => {
            format!("The tenant {slug} is suspended: nobody signs in, no session is let in.")
        }
    }
}

/// The hosts of a tenant after a change.
pub fn hosts(lang: Lang, hosts: &[String]) -> String {
    match (hosts, lang) {
        ([], Lang::Vi) => "Tổ chức không còn tên miền riêng.".to_owned(),
        ([], Lang::En) => "The tenant has no host of its own any more.".to_owned(),
        _ => hosts.join("\n"),
    }
}

/// The limits of a tenant after a change.
pub fn limits(lang: Lang, limits: Limits) -> String {
    let told = |limit: Option<u32>| limit.map_or_else(|| "–".to_owned(), |n| number(lang, n.into()));
    let (people, requests) = (told(limits.people), told(limits.requests_per_minute));
    let storage = told(Some(limits.storage_mb.unwrap_or(USUAL_STORAGE_MB)));
    match lang {
        Lang::Vi => format!(
            "Người dùng đang hoạt động: {people}\nYêu cầu mỗi phút: {requests}\nDung lượng tệp (MB): {storage}"
        ),
        Lang::En => {
            format!("Active people: {people}\nRequests a minute: {requests}\nFiles (MB): {storage}")
        }
    }
}

/// Beside the path of an archive that was written.
pub fn written(lang: Lang, written: &Written) -> String {
    let (rows, tables) = (number(lang, written.rows), written.tables);
    let files = number(lang, written.files as u64);
    match lang {
        Lang::Vi => {
            format!(
                "Đã xuất {rows} dòng của {tables} bảng và {files} tệp đính kèm. Tệp chứa dữ liệu mật của tổ chức: giữ kín."
            )
        }
        Lang::En => format!(
            "{rows} rows of {tables} tables and {files} files exported. The file holds a tenant's secrets: keep it safe."
        ),
    }
}

/// A tenant is gone.
pub fn deleted(lang: Lang, slug: &str) -> String {
    match lang {
        Lang::Vi => format!("Đã xóa tổ chức {slug}; tệp lưu trữ trên là bản duy nhất còn lại."),
        Lang::En => format!("The tenant {slug} is deleted; the archive above is all that is left of it."),
    }
}

/// Asks for the slug a second time.
pub fn confirm(lang: Lang, slug: &str) -> String {
    match lang {
        Lang::Vi => {
            format!("Mọi dữ liệu của {slug} sẽ bị xóa khỏi cơ sở dữ liệu. Gõ lại mã tổ chức để xóa: ")
        }
        Lang::En => format!("Everything of {slug} will be removed from the database. Type the slug again: "),
    }
}

/// What to know of a tenant that was restored.
pub fn restored(lang: Lang, restored: &Restored) -> Vec<String> {
    let (slug, rows) = (&restored.slug, number(lang, restored.rows));
    let mut told = vec![match lang {
        Lang::Vi => format!("Đã khôi phục {rows} dòng."),
        Lang::En => format!("{rows} rows were restored."),
    }];
    if restored.without_factors {
        told.push(match lang {
            Lang::Vi => "Khóa của hệ thống này khác khóa nơi xuất (DONDOC_KEY_FILE), nên xác thực hai bước và mã khôi phục không mang theo được: mọi người bật lại khi đăng nhập.".to_owned(),
            Lang::En => "This installation's secret is not the one the archive was made with (DONDOC_KEY_FILE), so second factors and recovery codes were left out: people enrol anew when they sign in.".to_owned(),
        });
    }
    if !restored.is_active {
        told.push(match lang {
            Lang::Vi => format!("Tổ chức đang tạm ngừng; mở lại bằng: dondoc tenant resume {slug}"),
            Lang::En => format!("The tenant is suspended; to open it: dondoc tenant resume {slug}"),
        });
    }
    told
}
