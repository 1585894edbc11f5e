/**
 * The Connect page's script, served at /v2/connect.js. The page works without it, up to the link at the end.
 *
 * Like the real one it tells the page around it where it is going, whoever that is: a page has to check `event.origin`.
 */
export const script = `const done = document.querySelector("[data-redirect-url]");
if (done) {
  const { institution, redirectUrl: url } = done.dataset;
  if (window.parent !== window) window.parent.postMessage({ step: "REDIRECT", institution, url }, "*");
  window.location.replace(url);
}
document.querySelector("[data-focus]")?.focus();
`;
