// How long comparison takes in WebAssembly: a word diff of 100 kB, revised and unrelated, and 1,000 × 1,000 sentences.
//   cargo xtask module && node benches/peers/compare.mjs STORIES.jsonl
// Texts are other outlets' accounts one after another, as in benches/compare.rs. CPU time of the process, a figure a round.
import { readFileSync } from "node:fs";
import init, { Corpus, changes } from "./assets/crossread.js";

const [file] = process.argv.slice(2);
const stories = readFileSync(file, "utf8").split("\n").filter(Boolean).map((line) => JSON.parse(line).text);
await init({ module_or_path: readFileSync(new URL("./assets/crossread_bg.wasm", import.meta.url)) });

const outlet = (n) => stories.filter((_, i) => i % 3 === n).join("\n\n");
const cpu = (rounds, work) => {
  const times = Array.from({ length: rounds }, () => {
    const from = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(from);
    return (user + system) / 1000;
  });
  return times.map((time) => time.toFixed(1)).join(", ") + " ms";
};

const [one, two] = [outlet(0), outlet(1)].map((text) => text.slice(0, 100_000));
const revised = one.split(" ").flatMap((word, i) => (i % 37 === 5 ? [] : i % 53 === 7 ? [word, "newly"] : [word])).join(" ");
for (const [name, other] of [["revised", revised], ["unrelated", two]]) {
  console.log(`word diff of 100 kB, ${name}: ${changes(one, other).length} changes, ${cpu(5, () => changes(one, other))}`);
}

// Sentences a line each, so that a thousand are a thousand.
const sentences = (text) => text.match(/[^.!?\n]{20,}[.!?]/g).map((s) => s.trim()).slice(0, 1000).join("\n\n");
const texts = [outlet(0), outlet(1)].map(sentences);
const moved = texts[0].split("\n\n").map((s, i, all) => (i % 10 === 0 ? all[(i + 500) % 1000] : s).replace(" said ", " says ")).join("\n\n");
for (const [name, other] of [["another outlet", texts[1]], ["revised", moved]]) {
  const articles = [["a", texts[0]], ["b", other]].map(([id, text]) => ({ id, title: id, text }));
  let pairs = 0;
  const times = [];
  for (let round = 0; round < 3; round++) {
    // A corpus keeps what it has compared; names are recognised before the clock starts.
    const corpus = Corpus.build(articles);
    corpus.mentions("a");
    times.push(cpu(1, () => (pairs = corpus.compare("a", "b").pairs.length)));
    corpus.free();
  }
  console.log(`1,000 × 1,000 sentences, ${name}: ${pairs} pairs, ${times.join(", ")}`);
}
