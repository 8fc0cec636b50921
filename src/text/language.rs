//! Language of a text, from its script and its function words.
//!
//! Invariant: `None` rather than a guess; decided on the first [`SAMPLE`] words at most. The lists are the most
//! frequent function words of each language that few others share.

use super::sort::sort;
use super::{fold, words};
use std::sync::LazyLock;

/// Words looked at.
const SAMPLE: usize = 2000;

/// Function words, folded, by language.
const FUNCTION_WORDS: [(&str, &str); 17] = [
    (
        "en",
        "the of and to in that is was for with on as by at from his had not are but this have it be were an which",
    ),
    (
        "fr",
        "le la les de des et est une dans que qui pour pas sur au avec sont du ne plus par ce il elle aux cette mais a",
    ),
    (
        "de",
        "der die das und ist nicht ein eine zu den mit von fur auf im dem sich des auch es an werden als wird bei",
    ),
    ("es", "el la los las de y que en un una por con para del se no su es al lo como mas pero sus este ha"),
    (
        "it",
        "il la di e che non un una per del della con sono gli le nel alla dei da si come anche ha delle al piu",
    ),
    ("pt", "o a os as de e que em um uma para com nao do da dos das no na se por mais ao foi pelo pela sao"),
    (
        "nl",
        "de het een en van is dat niet op te zijn met voor die aan er ook als door naar bij om maar wordt",
    ),
    ("sv", "och att det som en ar av for med den till ett om inte har de pa var fran sig men vid under"),
    ("da", "og at det som en er af for med den til et om ikke har de pa var fra sig men ved blev efter"),
    ("no", "og at det som en er av for med den til et om ikke har de pa var fra seg men ved ble etter"),
    ("fi", "ja on ei etta se oli han mutta ovat joka myos kun mukaan sen tai kuin ole hanen sita"),
    ("tr", "ve bir bu da de icin ile olarak cok daha gibi ne var kadar sonra olan ancak ise degil"),
    ("pl", "i w na z sie nie do to ze jest o jak za po przez od co dla przed tym ale sa jego"),
    ("cs", "a v na se je to ze s z do o i k jako ale za by podle po jsou pro od ktery ktere"),
    ("id", "yang dan di dari untuk dengan pada ini itu tidak dalam akan adalah ke oleh juga telah"),
    ("ro", "si de in la cu o un pe nu din care a este sa pentru ca mai au fost sunt prin"),
    ("hu", "a az es hogy nem is egy ez meg volt de csak el mint van vagy ha szerint azt"),
];

/// Every function word as a number, in order, with the languages that have it: a bit each.
static LANGUAGES: LazyLock<Vec<(u64, u32)>> = LazyLock::new(|| {
    let mut all: Vec<(u64, u32)> = Vec::new();
    for (at, (_, list)) in FUNCTION_WORDS.iter().enumerate() {
        all.extend(list.split(' ').filter_map(|word| Some((packed(word)?, 1 << at))));
    }
    sort(&mut all);
    all.dedup_by(|next, kept| {
        let same = next.0 == kept.0;
        kept.1 |= if same { next.1 } else { 0 };
        same
    });
    all
});

/// The bytes of a short word, in lower case where they are ASCII letters, as a number.
fn packed(word: &str) -> Option<u64> {
    let mut eight = [0; 8];
    eight.get_mut(..word.len())?.copy_from_slice(word.as_bytes());
    eight.make_ascii_lowercase();
    Some(u64::from_be_bytes(eight))
}

/// The language as a BCP 47 tag, where script or function words tell.
pub fn language(text: &str) -> Option<&'static str> {
    by_script(text).unwrap_or_else(|| by_function_words(text))
}

/// `None` where the letters are Latin, else what they tell.
fn by_script(text: &str) -> Option<Option<&'static str>> {
    if text.is_ascii() {
        return if text.bytes().any(|byte| byte.is_ascii_alphabetic()) { None } else { Some(None) };
    }
    let [mut latin, mut han, mut kana, mut hangul, mut cyrillic, mut arabic, mut other] = [0usize; 7];
    let [mut russian, mut ukrainian, mut persian, mut urdu, mut arabic_only] = [0usize; 5];
    let mut tag = None;
    for c in text.chars().filter(|c| c.is_alphabetic()).take(SAMPLE * 5) {
        match c {
            'a'..='z' | 'A'..='Z' | '\u{C0}'..='\u{24F}' => latin += 1,
            '\u{4E00}'..='\u{9FFF}' | '\u{3400}'..='\u{4DBF}' => han += 1,
            '\u{3040}'..='\u{30FF}' => kana += 1,
            '\u{AC00}'..='\u{D7AF}' => hangul += 1,
            '\u{400}'..='\u{4FF}' => {
                cyrillic += 1;
                russian += usize::from(matches!(c, 'ы' | 'э' | 'ё' | 'Э'));
                ukrainian += usize::from(matches!(c, 'і' | 'ї' | 'є' | 'ґ' | 'І' | 'Ї' | 'Є'));
            }
            '\u{600}'..='\u{6FF}' => {
                arabic += 1;
                persian += usize::from(matches!(c, 'پ' | 'چ' | 'ژ' | 'گ' | 'ی' | 'ک'));
                urdu += usize::from(matches!(c, 'ٹ' | 'ڈ' | 'ڑ' | 'ے' | 'ں'));
                arabic_only += usize::from(matches!(c, 'ي' | 'ك' | 'ة' | 'ى' | 'أ' | 'إ'));
            }
            _ => {
                other += 1;
                tag = tag.or(match c {
                    '\u{370}'..='\u{3FF}' | '\u{1F00}'..='\u{1FFF}' => Some("el"),
                    '\u{590}'..='\u{5FF}' => Some("he"),
                    '\u{530}'..='\u{58F}' => Some("hy"),
                    '\u{900}'..='\u{97F}' => Some("hi"),
                    '\u{980}'..='\u{9FF}' => Some("bn"),
                    '\u{B80}'..='\u{BFF}' => Some("ta"),
                    '\u{E00}'..='\u{E7F}' => Some("th"),
                    '\u{10A0}'..='\u{10FF}' => Some("ka"),
                    _ => None,
                });
            }
        }
    }
    // Each ideograph says as much as several letters.
    let east = (han + kana + hangul) * 3;
    let most = latin.max(east).max(cyrillic).max(arabic).max(other);
    if most == 0 {
        Some(None)
    } else if most == latin {
        None
    } else if most == east {
        Some(Some(if hangul > han + kana {
            "ko"
        } else if kana * 20 > han {
            "ja"
        } else {
            "zh"
        }))
    } else if most == cyrillic {
        Some(if ukrainian > russian {
            Some("uk")
        } else if russian > 0 {
            Some("ru")
        } else {
            None
        })
    } else if most == arabic {
        Some(Some(if urdu * 50 > arabic {
            "ur"
        } else if persian > arabic_only {
            "fa"
        } else {
            "ar"
        }))
    } else {
        Some(tag)
    }
}

fn by_function_words(text: &str) -> Option<&'static str> {
    let known = &*LANGUAGES;
    let mut times = vec![0usize; known.len()];
    let mut seen = 0usize;
    for span in words(text).take(SAMPLE) {
        seen += 1;
        let word = span.of(text);
        if word.len() > 12 {
            continue;
        }
        // Folding is lower case to these; others are rare.
        let plain = word.bytes().all(|byte| byte.is_ascii_alphanumeric());
        let Some(word) = (if plain { packed(word) } else { packed(&fold(word)) }) else { continue };
        if let Ok(at) = known.binary_search_by_key(&word, |(known, _)| *known) {
            times[at] += 1;
        }
    }
    let mut counts = [0usize; FUNCTION_WORDS.len()];
    for (times, (_, spoken)) in times.into_iter().zip(known).filter(|(times, _)| *times > 0) {
        (0..).zip(&mut counts).for_each(|(at, count)| *count += times * (spoken >> at & 1) as usize);
    }
    let (best, &most) = counts.iter().enumerate().rev().max_by_key(|&(_, n)| *n)?;
    let tied = counts.iter().filter(|&&n| n == most).count() > 1;
    let enough = most >= 2 && most * 8 >= seen;
    (enough && !tied).then(|| FUNCTION_WORDS.get(best).map(|(tag, _)| *tag)).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(text: &str, expected: Option<&str>) {
        assert_eq!(language(text), expected, "{text}");
    }

    #[test]
    fn by_function_words_and_script() {
        check("The talks between the two sides concluded on a positive note.", Some("en"));
        check("Les pourparlers entre les deux pays se sont conclus dans la soirée.", Some("fr"));
        check("Die Gespräche zwischen den beiden Seiten sind nicht zu Ende.", Some("de"));
        check("Las conversaciones entre los dos países terminaron con una nota positiva.", Some("es"));
        check("I colloqui tra le due parti sono stati una cosa che non è finita.", Some("it"));
        check("As conversações não foram concluídas, mas uma das partes saiu.", Some("pt"));
        check("De gesprekken met het land zijn niet voorbij, zegt een woordvoerder.", Some("nl"));
        check("Переговоры были непрямыми.", Some("ru"));
        check("Переговори відбулися і завершилися.", Some("uk"));
        check("انتهت المحادثات في مسقط بشكل إيجابي", Some("ar"));
        check("مذاکرات غیرمستقیم ایران و آمریکا پایان یافت", Some("fa"));
        check("השיחות הסתיימו", Some("he"));
        check("伊朗和美国的谈判结束了", Some("zh"));
        check("イランとアメリカの協議が終わった", Some("ja"));
        check("회담이 끝났다", Some("ko"));
        check("Görüşmeler iki ülke için olumlu bir hava ile sona erdi ve çok", Some("tr"));
    }

    #[test]
    fn every_function_word_is_known() {
        let lists = FUNCTION_WORDS.iter().flat_map(|(_, list)| list.split(' '));
        assert!(lists.clone().all(|word| word == fold(word) && packed(word).is_some()));
        let different: std::collections::BTreeSet<&str> = lists.collect();
        assert_eq!(LANGUAGES.len(), different.len());
    }

    #[test]
    fn none_rather_than_a_guess() {
        check("", None);
        check("2018 – 2023", None);
        check("Teheran Washington Doha", None);
    }

    proptest! {
        #[test]
        fn total(text in "\\PC{0,120}") {
            language(&text);
        }
    }
}
