//! The evaluation of units, and the form of the weights.

use super::{Words, sentences};

sentences! {
    nav_evaluation: "Đánh giá đơn vị", "Evaluation";
    evaluation_annex: "Phụ lục", "Annex";
    evaluation_form: "Chọn kỳ đánh giá", "Choose a period";
    evaluation_period: "Kỳ đánh giá", "Period";
    evaluation_formula: "Cách tính điểm", "Formula";
    evaluation_tasks: "Nhiệm vụ tính điểm", "Tasks that count";
    evaluation_show: "Xem đánh giá", "Show";
    evaluation_counts: "Phạm vi và cách tính", "What counts, and how";
    evaluation_basis: "I. Phạm vi và cách tính", "I. What counts, and how";
    evaluation_results: "II. Kết quả", "II. Results";
    evaluation_table: "Kết quả và xếp hạng của các đơn vị", "Units and their ranks";
    evaluation_sheet: "Xếp hạng", "Ranks";
    evaluation_how: "Cách tính điểm của từng đơn vị", "How each score came";
    evaluation_how_sheet: "Cách tính điểm", "Scores";
    evaluation_files: "Tải về", "Download";
    evaluation_rank: "Hạng", "Rank";
    evaluation_score: "Điểm", "Score";
    evaluation_line: "Ngưỡng 80 %", "80% line";
    evaluation_reached: "Đã đến hạn", "Reached";
    evaluation_completed: "Hoàn thành", "Completed";
    evaluation_on_time: "Đúng hạn", "On time";
    evaluation_rate: "Tỷ lệ đúng hạn", "On time, rate";
    evaluation_original: "Đúng hạn ban đầu", "On time, originally";
    evaluation_rate_original: "Tỷ lệ theo hạn ban đầu", "Rate, originally";
    evaluation_late: "Hoàn thành quá hạn", "Late";
    evaluation_overdue: "Đang quá hạn", "Overdue";
    evaluation_days: "Số ngày chậm", "Days late";
    evaluation_delays: "Số lần chậm", "Delays";
    evaluation_none: "Không có đơn vị nào.", "There are no units.";
    evaluation_sum: "Đã đến hạn = đúng hạn + hoàn thành quá hạn + đang quá hạn + chờ xác nhận. Số ngày chậm, số lần chậm và điểm mở ra từng nhiệm vụ của đơn vị.",
        "Reached = on time + late + overdue + waiting. Days late, delays and the score open the unit's tasks.";
    evaluated_tasks: "Nhiệm vụ đã đến hạn của đơn vị", "The unit's tasks reached";
    evaluated_none: "Không có nhiệm vụ nào đã đến hạn trong kỳ.", "No task was reached in the period.";
    evaluated_product: "Sản phẩm, hệ số", "Product, weight";
    evaluated_done: "Ngày hoàn thành", "Completed on";
    evaluated_earned: "Được tính", "Counts for";
    weights_title: "Hệ số theo loại sản phẩm", "Weights by kind of product";
    weights_lead: "Khi đánh giá đơn vị theo quý, năm, mỗi nhiệm vụ được quy đổi theo hệ số của loại sản phẩm. Thay đổi có tác dụng với mọi kỳ xem từ lúc lưu.",
        "When units are evaluated for a quarter or a year, each task counts with the weight of its product. A change holds for every period looked at from then on.";
    weights_hint: "0,1 đến 10,0", "0.1 to 10.0";
    weights_edit: "Sửa hệ số", "Edit the weights";
}

impl Words {
    /// That a list is not whole.
    pub fn evaluated_more(self, shown: &str) -> String {
        self.pick(
            format!("Danh sách chỉ gồm {shown} nhiệm vụ chậm nhất; điểm tính trên tất cả."),
            format!("Only the {shown} latest tasks are listed; the score is of all of them."),
        )
    }

    /// A unit's place: `Hạng 2 trên 30 đơn vị`.
    pub fn evaluated_rank(self, rank: &str, of: &str) -> String {
        self.pick(
            format!("Hạng {rank} trên {of} đơn vị được tính điểm"),
            format!("Rank {rank} of {of} units scored"),
        )
    }
}
