//! The roles of posts (DOMAIN §1).

use super::vocabulary::vocabulary;

vocabulary! {
    /// What the holder of a post is; role and unit belong to the post, never to the person.
    Role {
        /// Chuyên viên.
        Staff = "staff",
        /// Thủ trưởng đơn vị and deputies.
        UnitHead = "unit_head",
        /// Văn phòng.
        Office = "office",
        /// Lãnh đạo Bộ.
        Leader = "leader",
        /// Quản trị của tổ chức.
        Admin = "admin",
    }
}
