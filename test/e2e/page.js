// A page that embeds Flinks Connect, as docs/connect.md shows it, and shows what comes of it.
const { url, origin } = await (await fetch(`/connect-url${window.location.search}`)).json();
const iframe = document.querySelector("iframe");
const status = document.querySelector("[role=status]");

window.addEventListener("message", async ({ origin: sender, data }) => {
  if (sender !== origin || data?.step !== "REDIRECT") return; // any window can send a message
  iframe.hidden = true;
  status.textContent = "Getting your accounts…";
  const response = await fetch("/connected", { method: "POST", body: data.url });
  const accounts = await response.json();
  status.textContent = `Your ${accounts.length} accounts`;
  const items = accounts.map(({ Title, Balance, Currency }) => {
    const item = document.createElement("li");
    item.textContent = `${Title}: ${Balance.Current} ${Currency}`;
    return item;
  });
  document.querySelector("ul").replaceChildren(...items);
});

iframe.src = url;
