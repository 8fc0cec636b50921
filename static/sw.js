// Service worker of a hosted page: the host's newest file when it can be reached, else the last one seen.
// Only this folder, only GET; nothing else is ever fetched.
var STORE = 'crossread ' + registration.scope;

addEventListener('install', function (event) {
  event.waitUntil(
    caches.open(STORE).then(function (store) { return store.addAll(['./']); }).then(function () { return skipWaiting(); }));
});

addEventListener('activate', function (event) {
  event.waitUntil(clients.claim());
});

addEventListener('fetch', function (event) {
  var request = event.request;
  var page = request.url.split(/[?#]/)[0].replace(/index\.html$/, '');
  if (request.method !== 'GET' || !request.url.startsWith(registration.scope)) return;
  event.respondWith(
    fetch(request).then(function (answer) {
      if (answer.ok) {
        var copy = answer.clone();
        var key = page === registration.scope ? './' : request;
        event.waitUntil(caches.open(STORE).then(function (store) { return store.put(key, copy); }));
      }
      return answer;
    }).catch(function () {
      return caches.open(STORE)
        .then(function (store) {
          return store.match(page === registration.scope ? './' : request, { ignoreSearch: true });
        })
        .then(function (kept) { return kept || Response.error(); });
    }));
});
