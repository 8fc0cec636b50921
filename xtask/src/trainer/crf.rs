//! The conditional random field being trained: scores, gradients, AdaGrad, pruning.
//!
//! Invariant: deterministic, one thread. A word may allow several labels: the gradient is then that of the sum
//! over all allowed paths (partial labels: Tsuboi et al. 2008). Not here: texts and sources (`data`).

use crossread::entities::training::{BITS, LABELS, Row, SCALE, may_follow};

/// Labels, padded.
const WIDTH: usize = 16;
type Values = [f32; WIDTH];

/// A stretch of candidate words to learn from.
pub struct Stretch {
    /// First word and one past the last, in the words of the set.
    pub words: (u32, u32),
    /// How much it counts.
    pub weight: f32,
}

/// What is learnt from.
#[derive(Default)]
pub struct Set {
    /// Rows of all words, one after the other.
    pub rows: Vec<u32>,
    /// Where each word's rows begin; one more than there are words.
    pub starts: Vec<u32>,
    /// Labels that each word may have, one bit each.
    pub allowed: Vec<u16>,
    /// The stretches.
    pub stretches: Vec<Stretch>,
}

impl Set {
    fn rows_of(&self, word: usize) -> &[u32] {
        &self.rows[self.starts[word] as usize..self.starts[word + 1] as usize]
    }
}

/// How it is trained.
#[derive(Clone, Copy)]
pub struct Recipe {
    /// Passes before pruning.
    pub before: usize,
    /// Passes after it.
    pub after: usize,
    /// Weights that are kept.
    pub keep: usize,
    /// AdaGrad's rate.
    pub rate: f32,
    /// L1, per stretch.
    pub l1: f32,
}

/// The weights in training.
pub struct Crf {
    weights: Vec<Values>,
    squares: Vec<Values>,
    /// Step at which a row was last changed.
    last: Vec<u32>,
    steps: [Values; WIDTH],
    step_squares: [Values; WIDTH],
    mask: Option<Vec<u16>>,
    now: u32,
}

/// Sums over paths of one stretch.
#[derive(Default)]
struct Paths {
    scores: Vec<Values>,
    free: Lattice,
    tied: Lattice,
}

#[derive(Default)]
struct Lattice {
    likely: Vec<Values>,
    forward: Vec<Values>,
    sums: Vec<f32>,
    backward: Vec<Values>,
    marginals: Vec<Values>,
    pairs: [Values; WIDTH],
    log: f32,
}

impl Lattice {
    /// Sums over the paths that `allowed` leaves open; writes the marginals and the expected steps.
    fn run(&mut self, scores: &[Values], leaps: &[Values; WIDTH], allowed: Option<&[u16]>) {
        let length = scores.len();
        self.likely.clear();
        self.log = 0.0;
        for (at, scores) in scores.iter().enumerate() {
            let open = allowed.map_or(u16::MAX, |allowed| allowed[at]);
            let most = scores[..LABELS].iter().copied().fold(f32::MIN, f32::max);
            let mut likely = [0.0; WIDTH];
            for label in (0..LABELS).filter(|label| open >> label & 1 != 0) {
                likely[label] = libm::expf(scores[label] - most).max(1e-30);
            }
            self.log += most;
            self.likely.push(likely);
        }
        self.forward.clear();
        self.sums.clear();
        let mut last = [0.0; WIDTH];
        last[0] = 1.0;
        for likely in &self.likely {
            let mut now = [0.0; WIDTH];
            for (weight, leaps) in last.iter().zip(leaps) {
                for (now, leap) in now.iter_mut().zip(leaps) {
                    *now += weight * leap;
                }
            }
            let mut sum = 0.0;
            for (now, likely) in now.iter_mut().zip(likely) {
                *now *= likely;
                sum += *now;
            }
            let sum = f32::max(sum, 1e-30);
            now.iter_mut().for_each(|now| *now /= sum);
            self.log += libm::logf(sum);
            self.forward.push(now);
            self.sums.push(sum);
            last = now;
        }
        let all: f32 = (0..LABELS).map(|l| last[l] * leaps[l][0]).sum::<f32>().max(1e-30);
        self.log += libm::logf(all);
        self.backward.clear();
        self.backward.resize(length, [0.0; WIDTH]);
        self.marginals.clear();
        self.marginals.resize(length, [0.0; WIDTH]);
        self.pairs = [[0.0; WIDTH]; WIDTH];
        let mut after = [0.0; WIDTH];
        for label in 0..LABELS {
            after[label] = leaps[label][0] / all;
            self.pairs[label][0] += last[label] * after[label];
        }
        for at in (0..length).rev() {
            self.backward[at] = after;
            let mut ahead = [0.0; WIDTH];
            for label in 0..LABELS {
                self.marginals[at][label] = self.forward[at][label] * after[label];
                ahead[label] = after[label] * self.likely[at][label] / self.sums[at];
            }
            let before = match at.checked_sub(1) {
                Some(before) => self.forward[before],
                None => {
                    let mut start = [0.0; WIDTH];
                    start[0] = 1.0;
                    start
                }
            };
            for (from, leaps) in leaps.iter().enumerate() {
                let mut sum = 0.0;
                for label in 0..LABELS {
                    let value = leaps[label] * ahead[label];
                    sum += value;
                    self.pairs[from][label] += before[from] * value;
                }
                after[from] = sum;
            }
        }
    }
}

impl Crf {
    /// A field that knows nothing.
    pub fn new() -> Crf {
        Crf {
            weights: vec![[0.0; WIDTH]; 1 << BITS],
            squares: vec![[1e-8; WIDTH]; 1 << BITS],
            last: vec![0; 1 << BITS],
            steps: [[0.0; WIDTH]; WIDTH],
            step_squares: [[1e-8; WIDTH]; WIDTH],
            mask: None,
            now: 0,
        }
    }

    /// Trains by the recipe.
    pub fn train(&mut self, set: &Set, recipe: Recipe) {
        let mut random = 0x2545_F491_4F6C_DD1D_u64;
        let mut order: Vec<u32> = (0..set.stretches.len() as u32).collect();
        for epoch in 0..recipe.before + recipe.after {
            if epoch == recipe.before {
                self.prune(recipe.keep);
            }
            for at in (1..order.len()).rev() {
                random ^= random << 13;
                random ^= random >> 7;
                random ^= random << 17;
                order.swap(at, (random % (at as u64 + 1)) as usize);
            }
            let mut loss = 0.0;
            let mut paths = Paths::default();
            // The rate falls over the last passes: smaller steps around the end.
            let left = (recipe.before + recipe.after - epoch) as f32;
            let rate = recipe.rate * (left / 3.0).min(1.0);
            for &at in &order {
                loss += f64::from(self.learn(set, &set.stretches[at as usize], rate, recipe.l1, &mut paths));
            }
            let used = self.weights.iter().flatten().filter(|weight| **weight != 0.0).count();
            eprintln!("pass {}: loss {:.4}, {used} weights", epoch + 1, loss / order.len() as f64);
        }
    }

    fn learn(&mut self, set: &Set, stretch: &Stretch, rate: f32, l1: f32, paths: &mut Paths) -> f32 {
        self.now += 1;
        let words = stretch.words.0 as usize..stretch.words.1 as usize;
        paths.scores.clear();
        for word in words.clone() {
            let mut sum = [0.0; WIDTH];
            for &row in set.rows_of(word) {
                for (sum, weight) in sum.iter_mut().zip(&self.weights[row as usize]) {
                    *sum += weight;
                }
            }
            paths.scores.push(sum);
        }
        let mut leaps = [[0.0; WIDTH]; WIDTH];
        for (before, (leaps, steps)) in leaps.iter_mut().zip(&self.steps).enumerate().take(LABELS) {
            for label in (0..LABELS).filter(|&label| may_follow(before, label)) {
                leaps[label] = libm::expf(steps[label]);
            }
        }
        paths.free.run(&paths.scores, &leaps, None);
        paths.tied.run(&paths.scores, &leaps, Some(&set.allowed[words.clone()]));
        if !paths.tied.log.is_finite() || paths.tied.log < paths.free.log - 60.0 {
            return 0.0;
        }
        for (at, word) in words.enumerate() {
            let mut slope = [0.0; WIDTH];
            let mut most = 0.0f32;
            let marginals = paths.free.marginals[at].iter().zip(&paths.tied.marginals[at]);
            for (slope, (free, tied)) in slope.iter_mut().zip(marginals) {
                *slope = stretch.weight * (free - tied);
                most = most.max(slope.abs());
            }
            if most < 2e-3 {
                continue;
            }
            for &row in set.rows_of(word) {
                let row = row as usize;
                let idle = (self.now - self.last[row]) as f32 * l1;
                self.last[row] = self.now;
                let open = self.mask.as_ref().map_or(u16::MAX, |mask| mask[row]);
                let (weights, squares) = (&mut self.weights[row], &mut self.squares[row]);
                if open == 0 {
                    continue;
                }
                for label in 0..LABELS {
                    squares[label] += slope[label] * slope[label];
                    let pace = rate / libm::sqrtf(squares[label]);
                    let moved = weights[label] - pace * slope[label];
                    let shrunk = (moved.abs() - (pace * idle).min(0.05)).max(0.0);
                    weights[label] = if open >> label & 1 == 0 { 0.0 } else { shrunk.copysign(moved) };
                }
            }
        }
        for before in 0..LABELS {
            for label in (0..LABELS).filter(|&label| may_follow(before, label)) {
                let slope =
                    stretch.weight * (paths.free.pairs[before][label] - paths.tied.pairs[before][label]);
                let squares = &mut self.step_squares[before][label];
                *squares += slope * slope;
                self.steps[before][label] -= rate / libm::sqrtf(*squares) * slope;
            }
        }
        (paths.free.log - paths.tied.log) * stretch.weight
    }

    /// Keeps the so many largest weights.
    fn prune(&mut self, keep: usize) {
        let mut sizes: Vec<f32> =
            self.weights.iter().flatten().filter(|w| **w != 0.0).map(|w| w.abs()).collect();
        if sizes.len() <= keep {
            return;
        }
        let at = sizes.len() - keep;
        let (_, &mut least, _) = sizes.select_nth_unstable_by(at, f32::total_cmp);
        let mask = self.weights.iter_mut().map(|row| {
            let mut mask = 0;
            for (label, weight) in row.iter_mut().enumerate() {
                if weight.abs() >= least {
                    mask |= 1 << label;
                } else {
                    *weight = 0.0;
                }
            }
            mask
        });
        self.mask = Some(mask.collect());
    }

    /// The rows that hold anything, and the steps, as whole numbers.
    pub fn rounded(&self) -> (Vec<(u32, Row)>, [[i16; LABELS]; LABELS]) {
        let round = |weight: f32, most: f32| libm::roundf((weight * SCALE as f32).clamp(-most, most));
        let rows = self.weights.iter().zip(0..).filter_map(|(weights, place)| {
            let row = weights.map(|weight| round(weight, 127.0) as i8);
            row.iter().any(|weight| *weight != 0).then_some((place, row))
        });
        let mut steps = [[0; LABELS]; LABELS];
        for (row, weights) in steps.iter_mut().zip(&self.steps) {
            for (step, weight) in row.iter_mut().zip(weights) {
                *step = round(*weight, 250.0) as i16;
            }
        }
        (rows.collect(), steps)
    }
}
