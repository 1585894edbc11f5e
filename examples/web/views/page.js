const { state } = document.body.dataset;
const iframe = document.querySelector("iframe");

// A mistake takes the focus, so that it is read out. So does the title of a page that follows another one.
const alert = document.querySelector("[role=alert]");
if (alert) alert.focus();
else if (sessionStorage.getItem("state") !== null && state !== "connect") document.querySelector("h1").focus();
sessionStorage.setItem("state", state);

if (iframe) {
  window.addEventListener("message", async ({ origin, data }) => {
    // Any window can send a message. Its source says nothing: it is null if the frame has already gone on to redirectUrl.
    if (origin !== iframe.dataset.origin || data?.step !== "REDIRECT") return;
    await fetch("/connected", { method: "POST", body: data.url });
    location.replace("/");
  });
  // The address holds a token. It is for this page, once.
  iframe.src = await (await fetch("/connect-url")).json();
}

while (state === "waiting") {
  await new Promise((resolve) => setTimeout(resolve, 1000));
  if ((await (await fetch("/state")).json()) !== state) location.replace("/");
}
