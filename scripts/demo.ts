/** Shows the client at work: against the sandbox, or with --live against a real instance. */
import { parseArgs } from "node:util";
import { type AuthorizeOutcome, createFlinksClient, FlinksApiError, type MfaAnswers } from "../src/index.ts";
import { createSandbox } from "../src/sandbox/index.ts";
import { runLive } from "./demo/live.ts";

const usage = `Usage: npm run demo [-- --live]

Without an option: sessions, MFA, accounts and errors against the sandbox, in process. Needs no network and no credentials.

  --live   opens a session on a real instance and asks for credentials and answers in the terminal. Reads
           FLINKS_CUSTOMER_ID, FLINKS_SECRET_KEY and FLINKS_INSTANCE, or FLINKS_BASE_URL in place of the instance.
           The vendor's public instance is "toolbox".
  --help   shows this text
`;

const { values: flags } = parseArgs({ options: { live: { type: "boolean" }, help: { type: "boolean" } } });

if (flags.help) process.stdout.write(usage);
else if (flags.live) await runLive(process.env);
else await runInSandbox();

async function runInSandbox(): Promise<void> {
  const sandbox = createSandbox({ random: () => 0, pendingMs: 1_000 }); // 0: always the same question
  const flinks = createFlinksClient({ ...sandbox.options });
  const credentials = { Institution: "FlinksCapital", Username: "Greatday", Password: "Everyday" };
  const question = "What city were you born in?";

  console.log("1. A cached session, for a user whose bank asks nothing:");
  show(await flinks.authorize({ LoginId: sandbox.loginIds.greatday_nomfa }));

  console.log("\n2. A live session. The bank asks a question, so it takes two calls:");
  const asked = await flinks.authorize(credentials);
  show(asked);
  if (asked.status !== "mfa_required") throw new Error("The sandbox did not ask.");
  // In a web application the challenge goes to the browser, and the continuation stays on the server.
  const stored = JSON.parse(JSON.stringify(asked)) as typeof asked;
  console.log("   The user answers: Montreal.");
  show(await flinks.answerChallenge(stored, { [question]: "Montreal" }));

  console.log("\n3. The same in one call, with a wrong answer first. The bank asks again:");
  const answers: MfaAnswers[] = [{ [question]: "Atlantis" }, { [question]: "Montreal" }];
  const done = await flinks.authorizeWithMfa(credentials, ({ round, rejected }) => {
    if (rejected) console.log(`   The answer was rejected: ${rejected.code}.`);
    const answer = answers[round - 1] ?? {};
    console.log(`   Round ${round}, the user answers: ${answer[question]}.`);
    return answer;
  });
  show(done);

  console.log("\n4. The accounts of that session. They are pending at first, so the client waits:");
  const { Accounts } = await flinks.waitForAccountsDetail(
    { RequestId: done.requestId },
    { pollIntervalMs: 500, onPending: ({ code }) => console.log(`   ${code}: asking again in half a second.`) },
  );
  for (const { Title, Currency, Balance, Transactions = [] } of Accounts) {
    console.log(`   ${Title}: ${Balance?.Current} ${Currency}, ${Transactions.length} transactions`);
  }

  console.log("\n5. A wrong password is an error, which says what to do:");
  try {
    await flinks.authorize({ ...credentials, Password: "Yesterday" });
  } catch (error) {
    if (!(error instanceof FlinksApiError)) throw error;
    console.log(`   ${error.message}`);
    console.log(`   code ${error.code}, category ${error.category}, action ${error.action}`);
  }
}

function show(outcome: AuthorizeOutcome): void {
  console.log(`   The outcome is "${outcome.status}", RequestId ${outcome.requestId}.`);
  if (outcome.status === "pending") console.log(`   Flinks says: ${outcome.code}.`);
  if (outcome.status !== "mfa_required") return;
  for (const { prompt } of outcome.challenge.questions) console.log(`   The bank asks: ${prompt}`);
}
