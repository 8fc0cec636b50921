// The engine as an ES module, for the harness that runs it beside its peers in one browser:
//   cargo xtask module && node HARNESS/run.mjs --engines minisearch,sqlite-fts5 --extra benches/peers/crossread.mjs
// The harness serves assets/ at /bundle/. Names are not recognised here: nobody asks for them.
import init, { Corpus } from "./assets/crossread.js";

export const make = (name, snippets) => {
  let corpus;
  return {
    name,
    snippets,
    init: () => init({ module_or_path: location.origin + "/bundle/crossread_bg.wasm" }),
    build(docs) {
      corpus = Corpus.build(docs);
    },
    serialize: () => corpus.save(),
    load(bytes) {
      corpus = Corpus.open(bytes);
    },
    query: (query, limit) => corpus.search(query, { limit, snippets }).map((hit) => hit.id),
  };
};

export default make("crossread", false);
