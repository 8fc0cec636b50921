// Starts the program that this page carries. A classic script: pages on file:// may not load modules.
//
// The interface with the program (src/app) is one object, `crossread`. On the page:
//   crossread.worker          false
//   crossread.corpus()        Uint8Array: the corpus file inside the page; empty where there is none
//   crossread.startWorker()   Worker: a new worker with the same compiled program and the corpus. Throws where
//                             workers are refused. Messages may be posted at once: they wait until it has started.
//                             A program that cannot start there reaches the worker's `onerror`.
//   crossread.part(name)      string: the part of the page called `css`, `icons`, `theme`, `boot`, `glue` or `wasm`, as
//                             `bundle::page::Shell` wants it (for "Save a copy")
//   crossread.stands()        the program's first view stands: the static articles before it go
//   crossread.fail(sentence)  puts the articles back as static text, with the sentence above them
// and in the worker:
//   crossread.worker          true
//   crossread.corpus()        the same bytes
// The program's `main` runs in both and tells them apart by `crossread.worker`.

(function () {
  'use strict';
  var app = document.getElementById('app');
  var articles = app.nextElementSibling;
  var compiled, workerUrl, first, early = [];

  // The one Trusted Types policy: the worker that is made here, the service worker beside a hosted page.
  var rules = {
    createScriptURL: function (url) {
      if (url === workerUrl || url === 'sw.js') return url;
      throw new TypeError('not a script of this page: ' + url);
    },
  };
  var policy = window.trustedTypes ? trustedTypes.createPolicy('crossread', rules) : rules;

  // An element as it stands in the page; of the icons, which have no text and no quotation marks.
  function written(element) {
    var attributes = Array.from(element.attributes, function (of) { return ' ' + of.name + '="' + of.value + '"'; });
    var inner = Array.from(element.children, written).join('');
    return '<' + element.localName + attributes.join('') + '>' + inner + '</' + element.localName + '>';
  }

  function part(name) {
    var element = document.getElementById('crossread-' + name);
    return name === 'icons' ? Array.from(element.children, written).join('') : element.textContent;
  }

  function decode(text) {
    if (Uint8Array.fromBase64) return Uint8Array.fromBase64(text);
    return Uint8Array.from(atob(text), function (c) { return c.charCodeAt(0); });
  }

  // Deflated or as it is: WebAssembly says so in its first bytes ("\0asm"). Deflated, it is compiled while it is
  // still being inflated.
  function compile(bytes) {
    if (bytes[0] === 0 && bytes[1] === 0x61 && bytes[2] === 0x73 && bytes[3] === 0x6d) return WebAssembly.compile(bytes);
    var whole = new ReadableStream({ start: function (to) { to.enqueue(bytes); to.close(); } });
    return WebAssembly.compileStreaming(new Response(whole.pipeThrough(new DecompressionStream('deflate-raw')),
      { headers: { 'Content-Type': 'application/wasm' } }));
  }

  // The whole program of the worker; it is passed on as text.
  function worker(glue) {
    self.onmessage = function (first) {
      var early = [];
      function wait(event) { early.push(event.data); }
      self.onmessage = null;
      self.addEventListener('message', wait);
      self.crossread = { worker: true, corpus: function () { return first.data.corpus; } };
      glue()({ module_or_path: first.data.module }).then(function () {
        self.removeEventListener('message', wait);
        early.forEach(function (data) { self.dispatchEvent(new MessageEvent('message', { data: data })); });
      }, function (error) {
        setTimeout(function () { throw error; });
      });
    };
  }

  function newWorker() {
    workerUrl = workerUrl || URL.createObjectURL(
      new Blob(["'use strict';(" + worker + ')(' + GLUE + ')'], { type: 'text/javascript' }));
    return new Worker(policy.createScriptURL(workerUrl));
  }

  function feed(started) {
    var corpus = decode(part('corpus'));
    started.postMessage({ module: compiled, corpus: corpus }, [corpus.buffer]);
    return started;
  }

  function keep(event) { early.push(event); }

  // The first one comes up while the program is compiled, and opens the corpus while the page is drawn. What it
  // says before the program listens is said again.
  function comeUp() {
    try {
      first = /worker=off/.test(location.href) ? null : newWorker();
    } catch (refused) {
      first = null; // `startWorker` will throw the same.
    }
    if (first) ['message', 'error'].forEach(function (name) { first.addEventListener(name, keep); });
  }

  function startWorker() {
    if (!first) return feed(newWorker());
    var started = first;
    first = null;
    ['message', 'error'].forEach(function (name) { started.removeEventListener(name, keep); });
    setTimeout(function () {
      early.forEach(function (event) { started.dispatchEvent(new event.constructor(event.type, event)); });
    });
    return started;
  }

  function fail(sentence) {
    var notice = document.createElement('p');
    notice.className = 'notice';
    notice.setAttribute('role', 'alert');
    notice.textContent = sentence;
    app.remove();
    document.body.prepend(notice, articles);
  }

  window.crossread = {
    worker: false,
    corpus: function () { return decode(part('corpus')); },
    startWorker: startWorker,
    part: part,
    stands: function () { if (app.isConnected) articles.remove(); },
    fail: fail,
  };

  if (!window.WebAssembly || !window.DecompressionStream) {
    fail('This browser is too old for search and comparison. The articles are below; a browser from 2023 or ' +
      'later does the rest.');
    return;
  }
  comeUp();
  Promise.resolve()
    .then(function () { return compile(decode(part('wasm'))); })
    .then(function (module) {
      compiled = module;
      if (first) feed(first);
      return GLUE()({ module_or_path: module });
    })
    .catch(function (error) {
      console.error(error);
      fail('Search and comparison could not start in this browser (' + error.message + '). The articles are below.');
    });

  // A hosted page stays available offline.
  if ('hosted' in document.documentElement.dataset && 'serviceWorker' in navigator && /^http/.test(location.protocol)) {
    navigator.serviceWorker.register(policy.createScriptURL('sw.js')).catch(function () {
      // Refused by the browser's settings: the page works as long as its host can be reached.
    });
  }
})();
