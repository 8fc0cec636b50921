//! Two texts, divided at the first NUL: their comparison and their word diff are total and sound.

#![no_main]

use crossread::compare::{changes, compare};
use crossread::text::common::Common;
use crossread::entities::training::article;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|texts: &str| {
    let (a, b) = texts.split_once('\0').unwrap_or((texts, ""));
    let bare = |text: &str| text.split_whitespace().collect::<String>();
    let (mut x, mut y) = (0, 0);
    for change in changes(a, b) {
        assert_eq!(bare(&a[x..change.a.start as usize]), bare(&b[y..change.b.start as usize]));
        (x, y) = (change.a.end as usize, change.b.end as usize);
    }
    assert_eq!(bare(&a[x..]), bare(&b[y..]));
    let found = compare(&article("a", a), &article("b", b), &[], &[], Common::all());
    for pair in &found.pairs {
        let (s, t) = (found.a[pair.a as usize].span, found.b[pair.b as usize].span);
        assert!(pair.differences.iter().all(|d| s.contains(d.a) && t.contains(d.b)));
        assert!(pair.changes.iter().all(|c| s.contains(c.a) && t.contains(c.b)));
        assert!((0.0..=1.0).contains(&pair.score));
    }
});
