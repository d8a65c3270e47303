//! The roles of posts (DOMAIN §1).

use super::vocabulary::vocabulary;

vocabulary! {
    /// What the holder of a post is; role and unit belong to the post, never to the person.
    Role {
        /// Chuyên viên.
        Staff = "staff" ["Chuyên viên"],
        /// Thủ trưởng đơn vị and deputies.
        UnitHead = "unit_head" ["Thủ trưởng đơn vị"],
        /// Văn phòng.
        Office = "office" ["Văn phòng"],
        /// Lãnh đạo Bộ.
        Leader = "leader" ["Lãnh đạo Bộ"],
        /// Quản trị của tổ chức.
        Admin = "admin" ["Quản trị"],
    }
}
