//! What the system says about a process. Linux only, as the deployments are.

use std::time::Duration;

/// The system counts CPU time in hundredths of a second (`getconf CLK_TCK`).
const TICK: Duration = Duration::from_millis(10);

/// CPU time that the process and all its threads have used, those that have ended included.
pub fn cpu_time(process: u32) -> Duration {
    let line = read(process, "stat");
    // The program's name stands in parentheses and may hold anything; the fields behind it count from the third.
    let (_, fields) = line.rsplit_once(')').expect("the program's name in parentheses");
    let field = |number: usize| fields.split_whitespace().nth(number - 3).and_then(|it| it.parse::<u32>().ok());
    let (user, system) = (field(14), field(15));
    TICK * (user.expect("the user time") + system.expect("the system time"))
}

/// The memory that it holds now, in KiB.
pub fn memory(process: u32) -> u64 {
    status(process, "VmRSS:")
}

/// The most memory that it has held since it started, in KiB.
pub fn peak_memory(process: u32) -> u64 {
    status(process, "VmHWM:")
}

fn status(process: u32, name: &str) -> u64 {
    let status = read(process, "status");
    let line = status.lines().find_map(|line| line.strip_prefix(name));
    let number = line.and_then(|it| it.split_whitespace().next()).and_then(|it| it.parse().ok());
    number.expect("a number of KiB")
}

fn read(process: u32, file: &str) -> String {
    std::fs::read_to_string(format!("/proc/{process}/{file}")).expect("the process to be alive, on Linux")
}
