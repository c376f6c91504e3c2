//! Sentences of the API: its keys and its calls.
use super::community::{OWNER_ONLY, says};
use crate::words::Say;
use app::calls;
use app::community::make_key;

says! { make_key {
    NotAllowed => OWNER_ONLY,
    BadName => [
        "请写上用途，最多 60 字",
        "請寫上用途，最多 60 字",
        "Say what it is for, in up to 60 characters.",
    ],
    NothingChosen => [
        "请至少勾选一项权限",
        "請至少勾選一項權限",
        "Tick at least one scope.",
    ],
    TooManyKeys => [
        "最多 50 个密钥，请先停用不再使用的",
        "最多 50 個金鑰，請先停用不再使用的",
        "There are 50 keys already. End one that is not used any more.",
    ],
    AlreadyMade => [
        "这个密钥已经建好，只显示一次；没记下的话请停用它再建一个",
        "這個金鑰已經建好，只顯示一次；沒記下的話請停用它再建一個",
        "This key was made and shown once. If it was not written down, end it and make another.",
    ],
    NoSuchKey => [
        "没有这个密钥，可能已经停用",
        "沒有這個金鑰，可能已經停用",
        "There is no such key; it may have ended.",
    ],
} }
says! { calls {
    BadName => [
        "Idempotency-Key 用 1 到 200 个可见的 ASCII 字符",
        "Idempotency-Key 用 1 到 200 個可見的 ASCII 字元",
        "An Idempotency-Key has 1 to 200 visible ASCII characters.",
    ],
    OtherRequest => [
        "这个 Idempotency-Key 一天内已用于另一个请求，请换一个",
        "這個 Idempotency-Key 一天內已用於另一個請求，請換一個",
        "This Idempotency-Key stood for another request within a day. Choose a new one.",
    ],
} }
