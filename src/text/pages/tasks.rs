//! The list of tasks.

use super::{Mark, Words, sentences};
use crate::domain::standing::Standing;
use crate::domain::task::ProductKind;
use crate::tasks::StandingFilter;
use crate::text::vocabulary;

sentences! {
    tasks_title: "Nhiệm vụ", "Tasks";
    filters: "Bộ lọc", "Filters";
    to_filters: "Lọc danh sách", "Filter the list";
    apply: "Áp dụng", "Apply";
    clear_filters: "Bỏ mọi bộ lọc", "Clear all filters";
    active_filters: "Đang lọc theo", "Filtered by";
    category: "Loại nhiệm vụ", "Category";
    product_kind: "Sản phẩm", "Product";
    due_from: "Hạn từ ngày", "Due from";
    due_to: "Hạn đến ngày", "Due to";
    completed_from: "Hoàn thành từ ngày", "Completed from";
    completed_to: "Hoàn thành đến ngày", "Completed to";
    late_from: "Quá hạn từ (ngày)", "Overdue from (days)";
    late_to: "Quá hạn đến (ngày)", "Overdue to (days)";
    words_filter: "Từ ngữ", "Words";
    words_label: "Nội dung, mã, số văn bản, nhãn", "Words, code, document number, label";
    words_hint: "Gõ không dấu cũng được", "Accents may be left out";
    as_of_field: "Tình trạng tại ngày", "Standing on";
    counts_label: "Số nhiệm vụ theo tình trạng", "Tasks by standing";
    empty_heading: "Không có nhiệm vụ nào khớp với bộ lọc", "No task matches the filters";
    empty_advice: "Bỏ bớt một bộ lọc ở trên, kiểm tra lại ngày, hoặc gõ ít chữ hơn.",
        "Remove a filter above, check the dates, or type fewer words.";
    empty_nothing: "Chưa có nhiệm vụ nào", "There are no tasks yet";
    empty_nothing_advice: "Văn phòng nhập bảng nhiệm vụ để bắt đầu theo dõi.",
        "The Office imports a workbook of tasks to begin.";
    tasks_not_listed: "Sửa mục ghi sai trong bộ lọc để xem danh sách.", "Correct the filter to see the list.";
    pages_label: "Trang danh sách", "Pages of the list";
    tasks_export: "Xuất danh sách:", "Export the list:";
    next_page: "Xem tiếp", "Next";
    first_page: "Về đầu danh sách", "Back to the first";
}

impl Words {
    /// `32 nhiệm vụ`, above the table.
    pub fn tasks_found(self, n: &str) -> String {
        self.pick(format!("{n} nhiệm vụ"), format!("{n} tasks"))
    }

    /// `đang xem 1–25`.
    pub fn tasks_shown(self, range: &str) -> String {
        self.pick(format!("đang xem {range}"), format!("showing {range}"))
    }

    /// The link that removes one filter.
    pub fn remove_filter(self, filter: &str) -> String {
        self.pick(format!("Bỏ bộ lọc: {filter}"), format!("Remove the filter: {filter}"))
    }

    /// `Đơn vị: CVT`: a filter that holds.
    pub fn filter_is(self, label: &str, value: &str) -> String {
        format!("{label}: {value}")
    }

    /// A kind of product that stands alone: `Đề án`, and for what is of no named kind `Sản phẩm khác`.
    pub fn product_kind_named(self, kind: ProductKind) -> String {
        match kind {
            ProductKind::Other => self.pick("Sản phẩm khác", "Another product").to_owned(),
            named => vocabulary::capitalised(vocabulary::product(self.0, named)),
        }
    }

    /// The name of a standing filter.
    pub fn standing_filter(self, filter: StandingFilter) -> &'static str {
        let (vi, en) = match filter {
            StandingFilter::Is(standing) => return self.mark(&mark_of(standing)),
            StandingFilter::DueSoon => return self.mark(&Mark::DueSoon),
            StandingFilter::DueToday => return self.mark(&Mark::DueToday),
            StandingFilter::Waiting => return self.mark(&Mark::Waiting),
            StandingFilter::Pending => ("Còn trong hạn, chưa báo cáo", "Within term, not reported"),
            StandingFilter::InProgress => ("Đang thực hiện", "In progress"),
            StandingFilter::Counted => ("Trong thống kê", "In the count"),
            StandingFilter::Reached => ("Đã hoàn thành hoặc đã qua hạn", "Completed or past the deadline"),
            StandingFilter::OnTimeOriginal => {
                ("Hoàn thành đúng hạn ban đầu", "Completed by the original deadline")
            }
        };
        self.pick(vi, en)
    }
}

/// The mark that names a standing.
fn mark_of(standing: Standing) -> Mark {
    match standing {
        Standing::CompletedOnTime => Mark::CompletedOnTime,
        Standing::CompletedLate => Mark::CompletedLate,
        Standing::WithinTerm => Mark::WithinTerm,
        Standing::Overdue => Mark::Overdue,
        Standing::NoDeadline => Mark::NoDeadline,
        Standing::Outside => Mark::Outside,
    }
}
