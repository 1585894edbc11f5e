/** The Connect page's style sheet, served at /v2/connect.css. */
export const style = `:root {
  color-scheme: light dark;
  --text: #1c2733;
  --muted: #52606d;
  --page: #f2f5f8;
  --card: #ffffff;
  --field: #ffffff;
  --line: #76838f;
  --edge: #d5dce3;
  --brand: #0b3d73;
  --action: #0b5cad;
  --on-action: #ffffff;
  --problem: #b00020;
}
@media (prefers-color-scheme: dark) {
  :root {
    --text: #e8edf2;
    --muted: #a9b6c3;
    --page: #0d1217;
    --card: #141a21;
    --field: #1e2731;
    --line: #8494a3;
    --edge: #2c3743;
    --brand: #12406f;
    --action: #8cc4ff;
    --on-action: #0c1a28;
    --problem: #ff9aa8;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0;
  background: var(--card);
  color: var(--text);
  font: 1rem/1.5 system-ui, sans-serif;
}
header { padding: 0.75rem 1rem; background: var(--brand); color: #ffffff; font-weight: 700; }
main { padding: 1.5rem 1rem; }
@media (min-width: 32rem) {
  body { background: var(--page); }
  header { padding-inline: calc(50% - 14rem); }
  main {
    width: 32rem;
    max-width: calc(100% - 2rem);
    margin: 2rem auto;
    padding: calc(2rem - 1px);
    border: 1px solid var(--edge);
    border-radius: 0.75rem;
    background: var(--card);
  }
}
h1 { font-size: 1.375rem; line-height: 1.3; margin: 0 0 1rem; }
h2 { font-size: 1rem; margin: 0; }
.notice { color: var(--muted); font-size: 0.875rem; margin: 0 0 1.5rem; }
.field, fieldset { margin: 0 0 1.25rem; }
fieldset { border: 0; padding: 0; min-width: 0; }
label, legend { display: block; font-weight: 600; padding: 0; margin-bottom: 0.25rem; }
input[type="text"], input[type="password"], select {
  width: 100%;
  min-height: 2.75rem;
  padding: 0.5rem 0.75rem;
  border: 1px solid var(--line);
  border-radius: 0.375rem;
  background: var(--field);
  color: inherit;
  font: inherit;
}
.choice { display: flex; align-items: center; gap: 0.625rem; min-height: 2.75rem; margin: 0; font-weight: 400; }
.choice input { width: 1.25rem; height: 1.25rem; margin: 0; flex: none; accent-color: var(--action); }
.choice img { max-width: 6rem; max-height: 6rem; margin: 0.25rem 0; border: 1px solid var(--line); background: #fff; }
.nested { margin-top: 0.75rem; }
input[aria-invalid="true"] { border-color: var(--problem); border-width: 2px; }
.error { color: var(--problem); margin: 0.25rem 0 0; font-weight: 600; }
.problems { border: 2px solid var(--problem); border-radius: 0.375rem; padding: 0.75rem 1rem; margin: 0 0 1.25rem; }
.problems ul { margin: 0.25rem 0 0; padding-left: 1.25rem; }
.problems a { color: var(--problem); }
button {
  width: 100%;
  min-height: 2.75rem;
  border: 0;
  border-radius: 0.375rem;
  background: var(--action);
  color: var(--on-action);
  font: inherit;
  font-weight: 600;
  cursor: pointer;
}
a { color: var(--action); }
:focus-visible { outline: 3px solid var(--action); outline-offset: 2px; }
/* Takes the focus only to be read out. */
[tabindex="-1"]:focus { outline: none; }
details { margin-top: 1.5rem; color: var(--muted); font-size: 0.875rem; }
summary { min-height: 1.5rem; cursor: pointer; }
`;
