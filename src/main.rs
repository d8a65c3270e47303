//! The command line of Đôn đốc.

fn main() {}
