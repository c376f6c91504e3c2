//! Sentences of content.
use crate::words::Say;
use app::content::{
    bookmark_post, comment, count_cards, create_post, edit_post, end_comment, end_post, like_post,
};

type Says = [&'static str; 3];

const NOT_A_MEMBER: Says =
    ["先加入社群，再来发言", "先加入社群，再來發言", "Join the community first, then take part."];
const MUTED: Says = [
    "你暂时不能发言，请联系管理成员",
    "你暫時不能發言，請聯絡管理成員",
    "You cannot write for now. Ask the staff about it.",
];
const STAFF_ONLY: Says = [
    "公告由店主或管理成员来发，请换一种",
    "公告由店主或管理成員來發，請換一種",
    "Announcements are for the owner and staff. Choose another kind.",
];
const NOT_IN_GROUP: Says = [
    "你不在这个群里，请另选一个",
    "你不在這個群裡，請另選一個",
    "You are not in this group. Choose another.",
];
const TITLE_MISSING: Says = ["请写一个标题", "請寫一個標題", "Give it a title."];
const TITLE_TOO_LONG: Says =
    ["标题最多 80 字", "標題最多 80 字", "The title may have 80 characters."];
const TEXT_MISSING: Says =
    ["写点什么，或加一张图", "寫點什麼，或加一張圖", "Write something, or add a picture."];
const TEXT_TOO_LONG: Says = [
    "太长了：随笔最多 2000 字，文章最多 4 万字",
    "太長了：隨筆最多 2000 字，文章最多 4 萬字",
    "Too long: a note may have 2,000 characters, an article 40,000.",
];
const LINK_UNFIT: Says = [
    "请填完整的网址，以 https:// 开头",
    "請填完整的網址，以 https:// 開頭",
    "Enter the whole address, beginning with https://.",
];
const INTRODUCTION: Says = [
    "分享链接请写至少 20 个字，说说为什么值得看",
    "分享連結請寫至少 20 個字，說說為什麼值得看",
    "Say in at least 20 characters why this link is worth reading.",
];
const PICTURES: Says =
    ["最多 9 张图，请去掉几张", "最多 9 張圖，請去掉幾張", "At most 9 pictures. Remove some."];
const CARDS: Says = [
    "最多挂 9 件商品，请去掉几件",
    "最多掛 9 件商品，請去掉幾件",
    "At most 9 products. Remove some.",
];
const TAGS: Says =
    ["最多选 8 个标签，请去掉几个", "最多選 8 個標籤，請去掉幾個", "At most 8 tags. Remove some."];
const MENTIONS: Says = [
    "最多提到 10 个人，请去掉几个",
    "最多提到 10 個人，請去掉幾個",
    "You may mention 10 people. Remove some.",
];
const NO_PICTURE: Says = [
    "有一张图没有传上来，请重新选",
    "有一張圖沒有傳上來，請重新選",
    "A picture was lost. Choose it again.",
];
const NO_PRODUCT: Says = [
    "没有找到这件商品，请核对编号",
    "沒有找到這件商品，請核對編號",
    "There is no such product. Check its number.",
];
const SENT_BEFORE: Says = [
    "这个页面已经提交过，请刷新后再发",
    "這個頁面已經提交過，請重新整理後再發",
    "This page was sent before. Reload it and try again.",
];
const RETRY: Says = ["请再试一次", "請再試一次", "Please try once more."];
const NO_POST: Says = [
    "没有这个帖子，可能已经删除",
    "沒有這則貼文，可能已經刪除",
    "There is no such post; it may be gone.",
];
const NO_COMMENT: Says = [
    "没有这条评论，可能已经删除",
    "沒有這則留言，可能已經刪除",
    "There is no such comment; it may be gone.",
];
const NOT_YOURS: Says =
    ["只能改自己写的内容", "只能改自己寫的內容", "You can only change what you wrote."];
const ENDED: Says = [
    "这个帖子已经被管理成员隐藏",
    "這則貼文已經被管理成員隱藏",
    "The staff have hidden this post already.",
];
const CHANGED: Says = [
    "这个帖子刚刚被改过，请刷新后再改",
    "這則貼文剛剛被改過，請重新整理後再改",
    "This post was changed meanwhile. Reload and change it again.",
];
const REASON_MISSING: Says =
    ["请写明原因，作者会看到", "請寫明原因，作者會看到", "Give a reason; the writer will read it."];
const REASON_TOO_LONG: Says =
    ["原因最多 200 字", "原因最多 200 字", "The reason may have 200 characters."];

impl Say for create_post::Refused {
    fn says(self) -> Says {
        use create_post::Refused::*;
        match self {
            NotAMember => NOT_A_MEMBER,
            Muted => MUTED,
            StaffOnly => STAFF_ONLY,
            NotInGroup => NOT_IN_GROUP,
            TitleMissing => TITLE_MISSING,
            TitleTooLong => TITLE_TOO_LONG,
            TextMissing => TEXT_MISSING,
            TextTooLong => TEXT_TOO_LONG,
            LinkUnfit => LINK_UNFIT,
            IntroductionTooShort => INTRODUCTION,
            TooManyPictures => PICTURES,
            TooManyCards => CARDS,
            TooManyTags => TAGS,
            TooManyMentions => MENTIONS,
            NoSuchPicture => NO_PICTURE,
            NoSuchProduct => NO_PRODUCT,
            IdTaken => SENT_BEFORE,
            Faster => RETRY,
        }
    }
}

impl Say for edit_post::Refused {
    fn says(self) -> Says {
        use edit_post::Refused::*;
        match self {
            NotAMember => NOT_A_MEMBER,
            NoSuchPost => NO_POST,
            NotYours => NOT_YOURS,
            Muted => MUTED,
            StaffOnly => STAFF_ONLY,
            Ended => ENDED,
            TitleMissing => TITLE_MISSING,
            TitleTooLong => TITLE_TOO_LONG,
            TextMissing => TEXT_MISSING,
            TextTooLong => TEXT_TOO_LONG,
            LinkUnfit => LINK_UNFIT,
            IntroductionTooShort => INTRODUCTION,
            TooManyPictures => PICTURES,
            TooManyCards => CARDS,
            TooManyTags => TAGS,
            TooManyMentions => MENTIONS,
            NoSuchPicture => NO_PICTURE,
            NoSuchProduct => NO_PRODUCT,
            ChangedMeanwhile => CHANGED,
        }
    }
}

impl Say for comment::Refused {
    fn says(self) -> Says {
        use comment::Refused::*;
        match self {
            NotAMember => NOT_A_MEMBER,
            Muted => MUTED,
            NoSuchPost => NO_POST,
            NoSuchComment => NO_COMMENT,
            TextMissing => ["写一句再发", "寫一句再發", "Write something first."],
            TextTooLong => [
                "评论太长了，请写短一点或发帖",
                "留言太長了，請寫短一點或發文",
                "This comment is too long. Shorten it, or make it a post.",
            ],
            TooManyMentions => MENTIONS,
            IdTaken => SENT_BEFORE,
            Faster => RETRY,
        }
    }
}

impl Say for end_post::Refused {
    fn says(self) -> Says {
        use end_post::Refused::*;
        match self {
            NotAMember => NOT_A_MEMBER,
            NoSuchPost => NO_POST,
            NotYours => NOT_YOURS,
            ReasonMissing => REASON_MISSING,
            ReasonTooLong => REASON_TOO_LONG,
            Ended => ENDED,
            Faster => RETRY,
        }
    }
}

impl Say for end_comment::Refused {
    fn says(self) -> Says {
        use end_comment::Refused::*;
        match self {
            NotAMember => NOT_A_MEMBER,
            NoSuchComment => NO_COMMENT,
            NotYours => NOT_YOURS,
            ReasonMissing => REASON_MISSING,
            ReasonTooLong => REASON_TOO_LONG,
            Faster => RETRY,
        }
    }
}

impl Say for like_post::Refused {
    fn says(self) -> Says {
        use like_post::Refused::*;
        match self {
            NotAMember => NOT_A_MEMBER,
            Muted => MUTED,
            NoSuchPost => NO_POST,
        }
    }
}

impl Say for bookmark_post::Refused {
    fn says(self) -> Says {
        use bookmark_post::Refused::*;
        match self {
            NotAMember => NOT_A_MEMBER,
            NoSuchPost => NO_POST,
        }
    }
}

impl Say for count_cards::Refused {
    fn says(self) -> Says {
        match self {
            count_cards::Refused::Never => RETRY,
        }
    }
}
