//! The command line of Đôn đốc.

use std::process::ExitCode;

fn main() -> ExitCode {
    dondoc::cli::main()
}
