//! Sentences of pictures.
use crate::words::Say;
use app::pictures;

impl Say for pictures::Refused {
    fn says(self) -> [&'static str; 3] {
        use pictures::Refused::*;
        match self {
            TooHeavy => [
                "这张图太大了，请压缩后再传",
                "這張圖太大了，請壓縮後再傳",
                "This picture is too heavy. Send a smaller file.",
            ],
            WrongType => [
                "只能传 JPEG、PNG 或 WebP 图片",
                "只能上傳 JPEG、PNG 或 WebP 圖片",
                "Only JPEG, PNG and WebP pictures can be sent.",
            ],
            TooLarge => [
                "这张图的长宽太大了，请缩小后再传",
                "這張圖的長寬太大了，請縮小後再傳",
                "This picture measures too much. Make it smaller first.",
            ],
            Broken => [
                "这张图打不开，换一张试试",
                "這張圖打不開，換一張試試",
                "This picture cannot be read. Try another one.",
            ],
        }
    }
}
