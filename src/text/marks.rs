//! Marks: characters that belong to the letter before them and are not letters themselves.
//!
//! Invariant: in the basic plane exactly the characters of general category M that are not alphabetic; a test
//! compares with `unicode-normalization`, whose own tables are ten times as large.

/// First character of a run of marks, and how many follow it.
const MARKS: [(u16, u8); 106] = [
    (0x300, 68),
    (0x346, 28),
    (0x483, 6),
    (0x591, 30),
    (0x5C8, 1),
    (0x658, 0),
    (0x6DF, 1),
    (0x6EA, 2),
    (0x740, 10),
    (0x7EB, 8),
    (0x7FD, 0),
    (0x818, 1),
    (0x82D, 0),
    (0x859, 2),
    (0x898, 7),
    (0x8CA, 9),
    (0x8E0, 1),
    (0x8EA, 5),
    (0x93C, 0),
    (0x94D, 0),
    (0x951, 3),
    (0x9BC, 0),
    (0x9CD, 0),
    (0x9FE, 0),
    (0xA3C, 0),
    (0xA4D, 0),
    (0xABC, 0),
    (0xACD, 0),
    (0xAFD, 2),
    (0xB3C, 0),
    (0xB4D, 0),
    (0xB53, 2),
    (0xBCD, 0),
    (0xC3C, 0),
    (0xC4D, 0),
    (0xCBC, 0),
    (0xCCD, 0),
    (0xD3B, 1),
    (0xD4D, 0),
    (0xDCA, 0),
    (0xE47, 5),
    (0xE4E, 0),
    (0xEBA, 0),
    (0xEC8, 4),
    (0xECE, 0),
    (0xF18, 1),
    (0xF35, 0),
    (0xF37, 0),
    (0xF39, 0),
    (0xF3E, 1),
    (0xF84, 0),
    (0xF86, 1),
    (0xFC6, 0),
    (0x1037, 0),
    (0x1039, 1),
    (0x135D, 2),
    (0x1714, 1),
    (0x1734, 0),
    (0x17B4, 1),
    (0x17C9, 10),
    (0x17DD, 0),
    (0x180B, 2),
    (0x180F, 0),
    (0x1939, 2),
    (0x1A60, 0),
    (0x1A75, 7),
    (0x1A7F, 0),
    (0x1AB0, 14),
    (0x1AC1, 10),
    (0x1ACF, 33),
    (0x1B34, 0),
    (0x1B44, 0),
    (0x1B6B, 8),
    (0x1BAA, 1),
    (0x1BE6, 0),
    (0x1BF2, 1),
    (0x1C37, 0),
    (0x1CD0, 2),
    (0x1CD4, 20),
    (0x1CED, 0),
    (0x1CF4, 0),
    (0x1CF7, 2),
    (0x1DC0, 18),
    (0x1DF5, 10),
    (0x20D0, 32),
    (0x2CEF, 2),
    (0x2D7F, 0),
    (0x302A, 5),
    (0x3099, 1),
    (0xA66F, 3),
    (0xA67C, 1),
    (0xA6F0, 1),
    (0xA806, 0),
    (0xA82C, 0),
    (0xA8C4, 0),
    (0xA8E0, 17),
    (0xA92B, 2),
    (0xA953, 0),
    (0xA9B3, 0),
    (0xA9C0, 0),
    (0xAABF, 0),
    (0xAAC1, 0),
    (0xAAF6, 0),
    (0xABEC, 1),
    (0xFE00, 15),
    (0xFE20, 15),
];

/// Whether a character is a mark that is not alphabetic.
pub(super) fn is_mark(c: char) -> bool {
    let Ok(code) = u16::try_from(c as u32) else { return false };
    let before = MARKS.partition_point(|&(first, _)| first <= code);
    let run = before.checked_sub(1).and_then(|at| MARKS.get(at));
    run.is_some_and(|&(first, more)| code - first <= u16::from(more))
}

#[cfg(test)]
mod tests {
    use super::is_mark;
    use unicode_normalization::char::is_combining_mark;

    #[test]
    fn as_unicode_has_them() {
        for c in (0..=0xFFFF).filter_map(char::from_u32).filter(|c| !c.is_alphanumeric()) {
            assert_eq!(is_mark(c), is_combining_mark(c), "U+{:04X}", c as u32);
        }
    }
}
