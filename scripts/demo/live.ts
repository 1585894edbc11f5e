/** `npm run demo -- --live`: opens one session on a real instance, with questions in the terminal. */
import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";
import {
  type AuthorizeInput,
  createFlinksClient,
  FlinksError,
  type MfaChallenge,
  type MfaQuestion,
} from "../../src/index.ts";

type Terminal = ReturnType<typeof openTerminal>;

export async function runLive(env: NodeJS.ProcessEnv): Promise<void> {
  const { FLINKS_INSTANCE, FLINKS_BASE_URL, FLINKS_CUSTOMER_ID, FLINKS_SECRET_KEY } = env;
  if (!(FLINKS_INSTANCE || FLINKS_BASE_URL) || !FLINKS_CUSTOMER_ID || !FLINKS_SECRET_KEY) {
    console.error("Set FLINKS_CUSTOMER_ID, FLINKS_SECRET_KEY, and FLINKS_INSTANCE or FLINKS_BASE_URL.");
    process.exitCode = 1;
    return;
  }
  const server = FLINKS_BASE_URL ? { baseUrl: FLINKS_BASE_URL } : { instance: FLINKS_INSTANCE as string };
  const keys = { customerId: FLINKS_CUSTOMER_ID, secretKey: FLINKS_SECRET_KEY };
  const terminal = openTerminal(process.stdin, process.stdout);
  try {
    const flinks = createFlinksClient({ ...server, ...keys });
    const request = await askRequest(terminal);
    console.log("Opening a session. A live one can take several minutes; Ctrl-C gives up.");
    const outcome = await flinks.authorizeWithMfa(request, (challenge) => askAnswers(challenge, terminal), {
      signal: terminal.signal,
    });
    console.log(`The outcome is "${outcome.status}", RequestId ${outcome.requestId}.`);
  } catch (error) {
    if (!terminal.signal.aborted && !(error instanceof FlinksError)) throw error;
    console.error(terminal.signal.aborted ? "\nGiven up." : `${error}`);
    process.exitCode = 1;
  } finally {
    terminal.close();
  }
}

async function askRequest({ ask, askSecret }: Terminal): Promise<AuthorizeInput> {
  const LoginId = await ask("LoginId (leave it empty to connect with credentials)");
  if (LoginId !== "") return { LoginId };
  return {
    Institution: await ask("Institution, such as FlinksCapital"),
    Username: await ask("Username"),
    Password: await askSecret("Password (not shown)"),
  };
}

async function askAnswers({ questions, rejected }: MfaChallenge, terminal: Terminal) {
  if (rejected) console.log(`The answer was rejected: ${rejected.code}.`);
  const answers: [string, string[]][] = [];
  for (const question of questions) answers.push(await askAnswer(question, terminal));
  return Object.fromEntries(answers);
}

/** Returns the key of the answer, which is the prompt unless the question says otherwise, and the answer. */
async function askAnswer(question: MfaQuestion, { ask }: Terminal): Promise<[string, string[]]> {
  const { prompt, type, choices } = question;
  console.log(prompt);
  if ("answerUnder" in question && question.answerUnder === "choice") {
    const [key = prompt] = await askChoices(choices, false, ask);
    return [key, [await ask(type === "TextOrCall" ? "Text or Call" : "Answer")]];
  }
  if (choices.length === 0 || type === "QuestionAndAnswer") return [prompt, [await ask("Answer")]];
  const canBeSeveral = type === "MultipleChoiceMultipleAnswers" || type === "ImageSelection";
  return [prompt, await askChoices(choices, canBeSeveral, ask)];
}

async function askChoices(choices: readonly string[], canBeSeveral: boolean, ask: Terminal["ask"]): Promise<string[]> {
  // Images are long Base64.
  for (const [index, choice] of choices.entries()) console.log(`  ${index + 1}. ${choice.slice(0, 70)}`);
  for (;;) {
    const typed = (await ask(canBeSeveral ? "Numbers, separated by commas" : "Number")).split(",");
    const chosen = typed.flatMap((number) => choices[Number(number) - 1] ?? []);
    if (chosen.length === typed.length && (canBeSeveral || chosen.length === 1)) return chosen;
  }
}

export function openTerminal(input: NodeJS.ReadableStream & { isTTY?: boolean }, output: NodeJS.WritableStream) {
  let isHidden = false;
  const echo = new Writable({
    write(chunk, encoding, done) {
      if (!isHidden) output.write(chunk, encoding);
      done();
    },
  });
  const lines = createInterface({ input, output: echo, terminal: input.isTTY === true });
  const interruption = new AbortController();
  const { signal } = interruption;
  // By Ctrl-C, or by the end of the input.
  lines.on("close", () => interruption.abort());
  const ask = (question: string) => lines.question(`${question}: `, { signal });
  const askSecret = async (question: string) => {
    output.write(`${question}: `);
    isHidden = true;
    const typed = await lines.question("", { signal });
    isHidden = false;
    output.write("\n");
    return typed;
  };
  return { ask, askSecret, signal, close: () => lines.close() };
}
