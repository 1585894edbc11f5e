/** The demo against a real instance: asks for what it needs, prints the outcome. */
import {
  type AuthorizeInput,
  createFlinksClient,
  type FlinksClientOptions,
  FlinksError,
  type MfaAnswers,
  type MfaChallenge,
  type MfaQuestion,
} from "../../src/index.ts";
import type { Terminal } from "./terminal.ts";

/** As shells have it for a program that Ctrl-C ended. */
const interruptedExitCode = 130;

/** Runs one session. Gives the exit code. */
export async function runLive(env: NodeJS.ProcessEnv, terminal: Terminal): Promise<number> {
  try {
    const flinks = createFlinksClient(readEnvironment(env));
    const signal = terminal.interrupted;
    const request = await askRequest(terminal);
    terminal.print("Asking for a session; a live one may take some minutes. Ctrl-C gives up.");
    const outcome = await flinks.authorizeWithMfa(request, (challenge) => askAnswers(challenge, terminal), {
      signal,
    });
    terminal.print(`${outcome.status}: requestId ${outcome.requestId}`);
    if (outcome.status === "pending") terminal.print(`${outcome.code}: ${outcome.message ?? ""}`);
    return 0;
  } catch (error) {
    if (terminal.interrupted.aborted) {
      terminal.print("\nGiven up.");
      return interruptedExitCode;
    }
    if (!(error instanceof FlinksError || error instanceof MissingVariables)) throw error;
    terminal.print(`${error.name}: ${error.message}`);
    return 1;
  }
}

class MissingVariables extends Error {
  override name = "MissingVariables";
}

function readEnvironment(env: NodeJS.ProcessEnv): FlinksClientOptions {
  const { FLINKS_INSTANCE, FLINKS_CUSTOMER_ID, FLINKS_SECRET_KEY, FLINKS_BASE_URL } = env;
  // For an instance behind a gateway of one's own; FLINKS_INSTANCE is then not needed.
  const server = FLINKS_BASE_URL === undefined ? { FLINKS_INSTANCE } : { FLINKS_BASE_URL };
  const needed = { ...server, FLINKS_CUSTOMER_ID, FLINKS_SECRET_KEY };
  const missing = Object.entries(needed).flatMap(([name, value]) => (value ? [] : [name]));
  if (missing.length > 0) {
    throw new MissingVariables(`${missing.join(", ")} must be set in the environment for --live.`);
  }
  const common = { customerId: FLINKS_CUSTOMER_ID as string, secretKey: FLINKS_SECRET_KEY };
  return FLINKS_BASE_URL === undefined
    ? { ...common, instance: FLINKS_INSTANCE as string }
    : { ...common, baseUrl: FLINKS_BASE_URL };
}

async function askRequest(terminal: Terminal): Promise<AuthorizeInput> {
  const LoginId = await terminal.ask("LoginId (leave empty to connect with credentials)");
  if (LoginId !== "") return { LoginId };
  return {
    Institution: await terminal.ask("Institution, such as FlinksCapital"),
    Username: await terminal.ask("Username"),
    Password: await terminal.askSecretly("Password (not shown)"),
  };
}

async function askAnswers({ questions, rejected }: MfaChallenge, terminal: Terminal): Promise<MfaAnswers> {
  if (rejected !== undefined) terminal.print(`The last answer was refused (${rejected.code}). Once more:`);
  const answers: [string, string[]][] = [];
  for (const question of questions) answers.push([question.prompt, await askAnswer(question, terminal)]);
  return Object.fromEntries(answers);
}

async function askAnswer({ prompt, type, choices }: MfaQuestion, terminal: Terminal): Promise<string[]> {
  terminal.print(prompt);
  if (choices.length === 0 || type === "QuestionAndAnswer") {
    for (const suggestion of choices) terminal.print(`  for instance: ${suggestion}`);
    return [await untilFilled(() => terminal.ask("Answer"))];
  }
  choices.forEach((choice, index) => {
    terminal.print(
      `  ${index + 1}. ${type === "ImageSelection" ? `an image, ${choice.length} characters` : choice}`,
    );
  });
  const several = type === "MultipleChoiceMultipleAnswers" || type === "ImageSelection";
  for (;;) {
    const typed = await terminal.ask(several ? "Numbers, separated by commas" : "Number");
    const numbers = typed.split(",").map(Number);
    const chosen = numbers.flatMap((number) => choices[number - 1] ?? []);
    if (chosen.length === numbers.length && (several || chosen.length === 1)) return chosen;
    terminal.print(`Please give ${several ? "numbers" : "a number"} from 1 to ${choices.length}.`);
  }
}

async function untilFilled(ask: () => Promise<string>): Promise<string> {
  for (;;) {
    const answer = await ask();
    if (answer !== "") return answer;
  }
}
