//! The model: a linear-chain conditional random field (Lafferty, McCallum and Pereira 2001) over candidate words,
//! with weights of one byte.
//!
//! Invariant: integers up to the best path; the probability of a name uses only +, × and ÷ on numbers that come
//! from one table, so native code and WebAssembly agree to the bit. `read` is total on foreign bytes. Not here:
//! what a row stands for (`features`), how weights are found (`xtask/src/trainer/`).

use super::Kind;
use super::features::{BITS, Features, KINDS, Segment};
use std::sync::OnceLock;

/// Labels: 0 outside, 1 + 2k the first word of a name of kind k, 2 + 2k a later one.
pub const LABELS: usize = 1 + 2 * KINDS.len();
/// Units of a weight per natural logarithm of odds.
pub const SCALE: i32 = 32;
/// A row of weights, padded.
pub type Row = [i8; 16];

const MAGIC: &[u8; 4] = b"CRF1";

/// A trained model.
pub struct Model {
    /// Which features have weights, 64 in a word, and how many have in all words before.
    places: Vec<(u64, u32)>,
    /// The weights of those that have, each of eight labels in the bytes of an integer, the first lowest.
    rows: Vec<[u64; 2]>,
    /// Weight of one label after another.
    steps: [[i32; 16]; 16],
    /// `exp` of the same.
    leaps: [[f32; 16]; 16],
    /// The same to outside and to the first word of a name of each kind alone.
    fresh: [[f32; 8]; 16],
    /// `exp(-n / SCALE)`.
    falls: Vec<f32>,
    /// Certainty, out of 100, for probabilities from 0 to 1 in steps of one twentieth.
    certainties: Vec<u8>,
}

/// A name that the model sees.
#[derive(Clone, Copy, Debug)]
pub struct Seen {
    /// First word and one past the last, in the page.
    pub words: (usize, usize),
    /// Its kind.
    pub kind: Kind,
    /// How probable this very span with this kind is, 0 to 1.
    pub probability: f32,
}

/// Whether one label may follow another.
pub fn may_follow(before: usize, label: usize) -> bool {
    label == 0 || label % 2 == 1 || before == label || before + 1 == label
}

impl Model {
    /// The model that is part of the program, unpacked on first use.
    pub fn get() -> &'static Model {
        static MODEL: OnceLock<Model> = OnceLock::new();
        MODEL.get_or_init(|| Model::read(include_bytes!("model.bin")).unwrap_or_default())
    }

    /// Unpacks a model; `None` where the bytes are not one.
    pub fn read(bytes: &[u8]) -> Option<Model> {
        let mut bytes = bytes.strip_prefix(MAGIC)?;
        let mut take = |count: usize| {
            let (head, rest) = bytes.split_at_checked(count)?;
            bytes = rest;
            Some(head)
        };
        let mut model = Model { places: vec![(0, 0); 1 << (BITS - 6)], ..Model::default() };
        model.certainties = take(21)?.to_vec();
        for before in 0..LABELS {
            for label in 0..LABELS {
                let weight = i16::from_le_bytes(take(2)?.try_into().ok()?);
                model.steps[before][label] = i32::from(weight);
            }
        }
        let count = u32::from_le_bytes(take(4)?.try_into().ok()?) as usize;
        let gaps = u32::from_le_bytes(take(4)?.try_into().ok()?) as usize;
        let (gaps, masks) = (take(gaps)?, take(count.checked_mul(2)?)?);
        let mut place: usize = 0;
        let mut gaps = gaps.iter();
        for mask in masks.chunks_exact(2) {
            let (mut gap, mut shift) = (0, 0);
            loop {
                let byte = *gaps.next()?;
                gap |= usize::from(byte & 127) << shift;
                shift += 7;
                if byte < 128 || shift > 21 {
                    break;
                }
            }
            place += gap;
            let mask = u16::from_le_bytes([mask[0], mask[1]]);
            let mut row = Row::default();
            for (label, weight) in row.iter_mut().enumerate().take(LABELS) {
                if mask >> label & 1 != 0 {
                    *weight = i8::from_le_bytes([take(1)?[0]]);
                }
            }
            model.places.get_mut(place >> 6)?.0 |= 1 << (place & 63);
            let half =
                |at: usize| row[at..at + 8].iter().rev().fold(0, |all, w| all << 8 | u64::from(*w as u8));
            model.rows.push([half(0), half(8)]);
        }
        let mut before = 0;
        for (bits, count) in &mut model.places {
            *count = before;
            before += bits.count_ones();
        }
        model.prepare();
        Some(model)
    }

    /// Packs a model: the rows by place, their weights and the weights of steps in units of 1/`SCALE`.
    pub fn pack(rows: &[(u32, Row)], steps: &[[i16; LABELS]; LABELS], certainties: &[u8; 21]) -> Vec<u8> {
        let mut out = MAGIC.to_vec();
        out.extend(certainties);
        steps.iter().flatten().for_each(|weight| out.extend(weight.to_le_bytes()));
        let (mut gaps, mut masks, mut weights) = (Vec::new(), Vec::new(), Vec::new());
        let mut last = 0;
        for (place, row) in rows {
            let mut gap = place - last;
            last = *place;
            while gap > 127 {
                gaps.push(gap as u8 & 127 | 128);
                gap >>= 7;
            }
            gaps.push(gap as u8);
            let mut mask = 0u16;
            for (label, weight) in row.iter().enumerate().filter(|(_, weight)| **weight != 0) {
                mask |= 1 << label;
                weights.push(weight.to_le_bytes()[0]);
            }
            masks.extend(mask.to_le_bytes());
        }
        out.extend((rows.len() as u32).to_le_bytes());
        out.extend((gaps.len() as u32).to_le_bytes());
        out.extend(gaps);
        out.extend(masks);
        out.extend(weights);
        out
    }

    fn prepare(&mut self) {
        // exp(-1/32), from which all others are made.
        const FALL: f64 = 0.969_233_234_476_344;
        let mut fall = 1.0f64;
        self.falls = (0..800)
            .map(|_| {
                let now = fall as f32;
                fall *= FALL;
                now
            })
            .collect();
        for before in 0..LABELS {
            for label in 0..LABELS {
                self.leaps[before][label] = match may_follow(before, label) {
                    true => self.exp(self.steps[before][label] - 256),
                    false => 0.0,
                };
                if label == 0 || label % 2 == 1 {
                    self.fresh[before][label.div_ceil(2)] = self.leaps[before][label];
                }
            }
        }
    }

    /// `exp(score / SCALE)` of a score that is not above 0.
    fn exp(&self, score: i32) -> f32 {
        self.falls.get(score.unsigned_abs() as usize).copied().filter(|_| score <= 0).unwrap_or(0.0)
    }

    /// How sure, out of 100, a probability makes.
    pub fn certainty(&self, probability: f32) -> u8 {
        let at = (probability * 20.0).clamp(0.0, 20.0);
        let (low, part) = (at as usize, at - at as usize as f32);
        let value = |at: usize| self.certainties.get(at).copied().unwrap_or(50) as f32;
        (value(low) * (1.0 - part) + value(low + 1).max(value(low)) * part + 0.5) as u8
    }

    /// The weights of a feature, if it has any.
    fn row(&self, feature: u32) -> Option<&[u64; 2]> {
        let &(bits, before) = self.places.get(feature as usize >> 6)?;
        let bit = 1u64 << (feature & 63);
        if bits & bit == 0 {
            return None;
        }
        self.rows.get(before as usize + (bits & (bit - 1)).count_ones() as usize)
    }

    /// The weights of some features, summed: four sums in each integer, of weights and 128 that none is negative.
    fn sums(&self, features: &[u32]) -> [i32; 16] {
        const EVEN: u64 = 0x00FF_00FF_00FF_00FF;
        const ABOVE: u64 = 0x8080_8080_8080_8080;
        let (mut even, mut odd, mut count) = ([0u64; 2], [0u64; 2], 0);
        for row in features.iter().filter_map(|&feature| self.row(feature)) {
            for ((row, even), odd) in row.iter().zip(&mut even).zip(&mut odd) {
                let row = row ^ ABOVE;
                *even += row & EVEN;
                *odd += row >> 8 & EVEN;
            }
            count += 128;
        }
        let sum = |label: usize| {
            let four = if label.is_multiple_of(2) { even } else { odd }[label / 8];
            (four >> (label % 8 / 2 * 16) & 0xFFFF) as i32 - count
        };
        std::array::from_fn(sum)
    }

    /// Appends the names of one segment.
    pub fn decode(&self, features: &Features, segment: Segment, work: &mut Work, seen: &mut Vec<Seen>) {
        let length = segment.1 - segment.0;
        work.scores.clear();
        for at in segment.0..segment.1 {
            work.rows.clear();
            features.rows(at, &mut work.rows);
            work.scores.push(self.sums(&work.rows));
        }
        self.best_path(length, work);
        if work.path.iter().all(|label| *label == 0) {
            return;
        }
        self.forward_backward(length, work);
        let mut at = 0;
        while at < length {
            let label = work.path.get(at).copied().unwrap_or(0);
            let mut end = at + 1;
            if label > 0 {
                while work.path.get(end).is_some_and(|next| *next == label + 1) {
                    end += 1;
                }
                seen.push(Seen {
                    words: (segment.0 + at, segment.0 + end),
                    kind: KINDS[(label - 1) / 2],
                    probability: self.probability(at, end, label, work),
                });
            }
            at = end;
        }
    }

    /// Viterbi: the best labels, outside before the first word and after the last.
    fn best_path(&self, length: usize, work: &mut Work) {
        work.from.clear();
        let mut best = [i32::MIN / 2; 16];
        best[0] = 0;
        for scores in work.scores.iter() {
            let (mut next, mut from) = ([i32::MIN / 2; 16], [0u8; 16]);
            for label in 0..LABELS {
                // A later word follows the first or a later one of its own name only.
                let later = label > 0 && label % 2 == 0;
                let befores = if later { label - 1..label + 1 } else { 0..LABELS };
                for before in befores {
                    let score = best[before] + self.steps[before][label];
                    if score > next[label] {
                        next[label] = score;
                        from[label] = before as u8;
                    }
                }
                next[label] += scores[label];
            }
            best = next;
            work.from.push(from);
        }
        let mut label =
            (0..LABELS).rev().max_by_key(|&label| best[label] + self.steps[label][0]).unwrap_or(0);
        work.path.clear();
        work.path.resize(length, 0);
        for at in (0..length).rev() {
            work.path[at] = label;
            label = usize::from(work.from[at][label]);
        }
    }

    /// The sums over all paths up to each word and from it on, each set of a word scaled to one.
    fn forward_backward(&self, length: usize, work: &mut Work) {
        work.likely.clear();
        for scores in work.scores.iter() {
            let most = scores[..LABELS].iter().copied().max().unwrap_or(0);
            let mut likely = [0.0; 16];
            for label in 0..LABELS {
                likely[label] = self.exp(scores[label] - most);
            }
            work.likely.push(likely);
        }
        work.forward.clear();
        work.sums.clear();
        let mut last = [0.0f32; 16];
        last[0] = 1.0;
        for likely in work.likely.iter() {
            // Outside and first words follow any label, later ones but two: `may_follow`.
            let mut fresh = [0.0f32; 8];
            for (weight, leaps) in last.iter().zip(&self.fresh) {
                for (now, leap) in fresh.iter_mut().zip(leaps) {
                    *now += weight * leap;
                }
            }
            let mut now = [0.0f32; 16];
            now[0] = fresh[0];
            for (at, fresh) in fresh.iter().enumerate().skip(1) {
                let (first, later) = (2 * at - 1, 2 * at);
                now[first] = *fresh;
                now[later] = last[first] * self.leaps[first][later] + last[later] * self.leaps[later][later];
            }
            let mut sum = 0.0;
            for (now, likely) in now.iter_mut().zip(likely) {
                *now *= likely;
                sum += *now;
            }
            let sum = if sum > 0.0 { sum } else { 1.0 };
            now.iter_mut().for_each(|now| *now /= sum);
            work.forward.push(now);
            work.sums.push(sum);
            last = now;
        }
        work.backward.clear();
        work.backward.resize(length, [0.0; 16]);
        let mut after = [0.0f32; 16];
        for (after, leaps) in after.iter_mut().zip(&self.leaps) {
            *after = leaps[0];
        }
        for at in (0..length).rev() {
            work.backward[at] = after;
            let mut ahead = [0.0f32; 16];
            for (ahead, (after, likely)) in ahead.iter_mut().zip(after.iter().zip(&work.likely[at])) {
                *ahead = after * likely / work.sums[at];
            }
            after = [0.0; 16];
            for (label, ahead) in ahead.iter().enumerate().take(LABELS) {
                if label > 0 && label % 2 == 0 {
                    let befores = after.iter_mut().zip(&self.leaps).take(label + 1).skip(label - 1);
                    befores.for_each(|(after, leaps)| *after += leaps[label] * ahead);
                } else {
                    for (after, fresh) in after.iter_mut().zip(&self.fresh) {
                        *after += fresh[label.div_ceil(2)] * ahead;
                    }
                }
            }
        }
    }

    /// How probable a name of just these words and this kind is.
    fn probability(&self, from: usize, to: usize, label: usize, work: &Work) -> f32 {
        let mut weight = match from.checked_sub(1) {
            Some(before) => (0..LABELS).map(|b| work.forward[before][b] * self.leaps[b][label]).sum(),
            None => self.leaps[0][label],
        };
        weight *= work.likely[from][label] / work.sums[from];
        let inner = label + 1;
        for at in from + 1..to {
            let before = if at == from + 1 { label } else { inner };
            weight *= self.leaps[before][inner] * work.likely[at][inner] / work.sums[at];
        }
        let last = if to == from + 1 { label } else { inner };
        let on = if to < work.likely.len() {
            let next = &work.likely[to];
            let next = |l: usize| self.leaps[last][l] * next[l] * work.backward[to][l] / work.sums[to];
            (0..LABELS).filter(|&l| l != inner).map(next).sum()
        } else {
            self.leaps[last][0]
        };
        let all: f32 =
            work.forward.last().map_or(1.0, |last| (0..LABELS).map(|l| last[l] * self.leaps[l][0]).sum());
        if all > 0.0 { (weight * on / all).clamp(0.0, 1.0) } else { 0.0 }
    }
}

impl Default for Model {
    /// A model that sees nothing but what is outside.
    fn default() -> Model {
        Model {
            places: Vec::new(),
            rows: Vec::new(),
            steps: [[0; 16]; 16],
            leaps: [[0.0; 16]; 16],
            fresh: [[0.0; 8]; 16],
            falls: Vec::new(),
            certainties: Vec::new(),
        }
    }
}

/// Memory that decoding uses again and again.
#[derive(Default)]
pub struct Work {
    rows: Vec<u32>,
    scores: Vec<[i32; 16]>,
    from: Vec<[u8; 16]>,
    path: Vec<usize>,
    likely: Vec<[f32; 16]>,
    forward: Vec<[f32; 16]>,
    sums: Vec<f32>,
    backward: Vec<[f32; 16]>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_those_of_the_weights() {
        let row = |seed: i32| -> Row {
            std::array::from_fn(|label| {
                if label < LABELS { (seed * 37 + label as i32 * 91).rem_euclid(256) as u8 as i8 } else { 0 }
            })
        };
        let rows: Vec<(u32, Row)> = (0..90).map(|at| (at as u32 * 11_000, row(at))).collect();
        let bytes = Model::pack(&rows, &[[0; LABELS]; LABELS], &[50; 21]);
        let model = Model::read(&bytes).unwrap();
        let features: Vec<u32> = rows.iter().map(|(feature, _)| *feature).chain([5, 12]).collect();
        let expected: [i32; 16] =
            std::array::from_fn(|label| rows.iter().map(|(_, row)| i32::from(row[label])).sum());
        assert_eq!(model.sums(&features), expected);
        assert_eq!(model.sums(&[]), [0; 16]);
    }
}
