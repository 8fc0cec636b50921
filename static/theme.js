// In the head, so that the theme stands before the first paint. Nothing but the theme is ever kept.
document.documentElement.classList.add('scripted');
try {
  var theme = localStorage.getItem('crossread-theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch (refused) {
  // Storage is refused: the system's theme it is.
}
