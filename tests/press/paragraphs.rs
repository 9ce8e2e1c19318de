//! Paragraphs made by rule and number: the same number gives the same paragraph, on every machine. Shared by the
//! typesetting test and the comparison with a browser.

/// A small generator of numbers (xorshift64*), so that no seed comes from outside.
pub struct Numbers(u64);

impl Numbers {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    pub fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize % limit.max(1)
    }

    fn one<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[self.below(list.len())]
    }
}

const PLACES: &[&str] = &["銚子市", "南房総市", "堺市", "足寄町", "葛飾区", "千代田区", "奥州市", "石巻市", "八丈町", "長門市", "えりも町", "さいたま市", "つがる市", "鳥取県", "岩手県"];
const THINGS: &[&str] = &["展示", "マルシェ", "灯台", "醤油", "海", "まつり", "農産物", "交流", "パネル", "ステージ", "物産展", "防災の取り組み", "ワークショップ", "ジオパーク", "キャベツ", "サッカー"];
const DOES: &[&str] = &["を紹介します", "が開かれました", "に力を入れています", "でにぎわいます", "を育ててきました", "が続いています", "を訪ねました", "と結ばれています", "を味わえます"];
const COUNTS: &[&str] = &["37市", "延べ1,158名", "約50％", "372自治体", "第12回", "13団体", "25㎡", "￥1,500", "三十七団体", "3万人", "10～17時", "6.4キロ", "令和4年11月9日(水)", "１２か所", "20℃", "1時間30分", "２階"];
const LATIN: &[&str] = &["SDGs", "Tokyo", "Web site", "A1", "PDF", "QR code", "Choshi Geopark", "Wi-Fi", "https://www.tokyo-23city.or.jp/zenkoku/", "info@example.jp", "Don’t stop"];
const MARKS: &[&str] = &["、", "。", "。「", "」と", "（", "）を", "・", "：", "！", "？", "……", "――", "『", "』", "、「", "」、", "“", "”", "【", "】", "～", " ", "\u{3000}"];
const MARKED: &[&str] = &["｜銚子《ちょう・し》", "｜五月雨《さみだれ》", "｜志《こころざし》", "《《大切》》", "**太字**", "[[色]]", "^^大きく^^", ",,小さく,,", "[案内](https://example.jp/)", "自治体※1", "**閉じない", "》》", "[[", "\\《", "葛󠄀城《かつらぎ》", "｜マルシェ《いち》"];

/// A sentence of a panel, more or less; with marks if asked for.
fn sentence(n: &mut Numbers, marked: bool) -> String {
    let mut out = String::new();
    for _ in 0..1 + n.below(4) {
        out += n.one(PLACES);
        out += ["の", "と", "では", "、", "から"][n.below(5)];
        if n.below(3) == 0 {
            out += n.one(COUNTS);
            out += ["の", "が", "を", "、"][n.below(4)];
        }
        if n.below(4) == 0 {
            out += n.one(LATIN);
        }
        if marked && n.below(3) == 0 {
            out += n.one(MARKED);
        }
        match n.below(4) {
            0 => out = format!("{out}「{}」", n.one(THINGS)),
            1 => out = format!("{out}{}・{}", n.one(THINGS), n.one(THINGS)),
            _ => out += n.one(THINGS),
        }
        if n.below(8) == 0 {
            out += n.one(MARKS);
        }
        out += n.one(DOES);
        out += if n.below(3) == 0 { "。" } else { "、" };
    }
    out.truncate(out.trim_end_matches('、').len());
    if !out.ends_with('。') {
        out.push('。');
    }
    out
}

/// Paragraph number `k` as a panel would have it.
pub fn plain(k: u64) -> String {
    let mut n = Numbers::new(k + 1);
    (0..1 + n.below(3)).map(|_| sentence(&mut n, false)).collect()
}

/// Paragraph number `k` with marks, and every fourth one a jumble in which any piece may stand beside any other.
pub fn wild(k: u64) -> String {
    let mut n = Numbers::new(k + 7_000_001);
    if k % 4 != 0 {
        return (0..1 + n.below(3)).map(|_| sentence(&mut n, true)).collect();
    }
    let lists = [PLACES, THINGS, DOES, COUNTS, LATIN, MARKS, MARKED, MARKS];
    (0..3 + n.below(40)).map(|_| { let list = lists[n.below(lists.len())]; n.one(list) }).collect()
}
