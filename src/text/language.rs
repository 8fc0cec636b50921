//! Language and direction of a text, from its script and its most common small words.
//!
//! Invariant: looks at a bounded beginning only; says nothing rather than guess on short texts.

/// Small words by language, for the Latin script.
const SMALL: [(&str, &str); 8] = [
    ("en", " the of and to in that is was for with as on by from his said "),
    ("fr", " le la les des et une est dans que pour sur avec par du qui pas "),
    ("de", " der die das und ist nicht ein eine von mit den dem zu auf sich im "),
    ("es", " el la los las que una por con para del se su como más fue al "),
    ("it", " il lo gli che di una per con non sono della nel alla è ha si "),
    ("pt", " o os um uma que não para com dos da do em mais foi ao se "),
    ("nl", " de het een van en is dat op te zijn voor met niet aan er door "),
    ("tr", " ve bir bu için ile de da olarak daha çok olan gibi ancak ise "),
];

/// How many characters are looked at.
const LOOK: usize = 4_000;

/// The BCP 47 tag of the text's language, if its beginning tells.
pub fn language(text: &str) -> Option<&'static str> {
    let mut counts = [0u32; 8];
    for c in text.chars().take(LOOK) {
        let slot = match c as u32 {
            0x0590..=0x05FF => 0,
            0x0600..=0x06FF => 1,
            0x0400..=0x04FF => 2,
            0x3040..=0x30FF => 3,
            0xAC00..=0xD7AF => 4,
            0x4E00..=0x9FFF => 5,
            0x0E00..=0x0E7F => 6,
            _ if c.is_alphabetic() => 7,
            _ => continue,
        };
        counts[slot] += 1;
    }
    let (slot, &most) = counts.iter().enumerate().max_by_key(|(i, n)| (**n, usize::MAX - i))?;
    if most < 10 {
        return None;
    }
    match slot {
        0 => Some("he"),
        1 => Some(if text.chars().take(LOOK).any(|c| matches!(c, 'پ' | 'چ' | 'ژ' | 'گ' | 'ک' | 'ی')) {
            "fa"
        } else {
            "ar"
        }),
        2 => Some("ru"),
        3 => Some("ja"),
        4 => Some("ko"),
        5 => Some(if counts[3] * 10 > counts[5] { "ja" } else { "zh" }),
        6 => Some("th"),
        _ => latin(text),
    }
}

fn latin(text: &str) -> Option<&'static str> {
    let end = text.char_indices().nth(LOOK).map_or(text.len(), |(at, _)| at);
    let mut scores = [0u32; SMALL.len()];
    let mut total = 0;
    for word in text[..end].split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty() && w.len() < 12) {
        total += 1;
        let word = format!(" {} ", word.to_lowercase());
        for (score, (_, small)) in scores.iter_mut().zip(SMALL) {
            *score += u32::from(small.contains(&word));
        }
    }
    let (best, &score) = scores.iter().enumerate().max_by_key(|(i, n)| (**n, usize::MAX - i))?;
    (score >= 3 && score * 10 >= total).then_some(SMALL[best].0)
}

/// Whether most letters of the text are of a right-to-left script.
pub fn is_rtl(text: &str) -> bool {
    let (mut right, mut left) = (0u32, 0u32);
    for c in text.chars().take(LOOK).filter(|c| c.is_alphabetic()) {
        match c as u32 {
            0x0590..=0x08FF | 0xFB1D..=0xFDFF | 0xFE70..=0xFEFF => right += 1,
            _ => left += 1,
        }
    }
    right > left
}
