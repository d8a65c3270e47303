//! The list of tasks.

use super::{Words, sentences};

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
    words_label: "Nội dung, mã, số văn bản", "Words, code, document number";
    words_hint: "Gõ không dấu cũng được", "Accents may be left out";
    as_of_field: "Tình trạng tại ngày", "Standing on";
    tasks_caption: "Nhiệm vụ, quá hạn lâu nhất trước, rồi đến hạn sớm nhất", "Tasks, the longest overdue first, then the soonest due";
    counts_label: "Số nhiệm vụ theo tình trạng", "Tasks by standing";
    empty_heading: "Không có nhiệm vụ nào khớp với bộ lọc", "No task matches the filters";
    empty_advice: "Bỏ bớt một bộ lọc ở trên, kiểm tra lại ngày, hoặc gõ ít chữ hơn.",
        "Remove a filter above, check the dates, or type fewer words.";
    empty_nothing: "Chưa có nhiệm vụ nào", "There are no tasks yet";
    empty_nothing_advice: "Văn phòng nhập bảng nhiệm vụ để bắt đầu theo dõi.",
        "The Office imports a workbook of tasks to begin.";
    pages_label: "Trang danh sách", "Pages of the list";
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
}
