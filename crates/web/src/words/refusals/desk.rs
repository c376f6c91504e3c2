//! Sentences of the console's own verbs: what was reported, jobs that are stuck.
use super::community::{FASTER, NOT_ALLOWED, says};
use crate::words::Say;
use app::community::{decide_report, retry_job};

says!(decide_report {
    BadNote => [
        "说明最多 500 个字",
        "說明最多 500 個字",
        "The note may have at most 500 characters.",
    ],
    Gone => ["这件事已经处理过了", "這件事已經處理過了", "This has been decided already."],
    NotAllowed => NOT_ALLOWED,
    ReasonMissing => [
        "请写明为什么隐藏，作者会看到",
        "請寫明為什麼隱藏，作者會看到",
        "Say why it is hidden; its author reads it.",
    ],
    Faster => FASTER,
});
says!(retry_job {
    NotAllowed => NOT_ALLOWED,
    NoSuchJob => ["没有这个任务", "沒有這個任務", "There is no such job."],
    NotStuck => [
        "这个任务没有卡住，不用重做",
        "這個任務沒有卡住，不用重做",
        "This job is not stuck; nothing to do again.",
    ],
});
