/** What the client does, told to a newcomer, against the sandbox. */
import {
  type AuthorizeOutcome,
  createFlinksClient,
  FlinksApiError,
  type FlinksClient,
  type MfaAnswers,
  type MfaChallenge,
} from "../../src/index.ts";
import { createSandbox } from "../../src/sandbox/index.ts";

const rightAnswers: MfaAnswers = {
  "What city were you born in?": "Montreal",
  "What is the best country on earth?": "Canada",
  "What shape do people like most?": "Triangle",
};

/** Prints the transcript, line by line. Throws if the client does anything else than what it tells. */
export async function printTranscript(print: (line: string) => void): Promise<void> {
  const sandbox = createSandbox();
  const flinks = createFlinksClient({ ...sandbox.options });
  const live = { Institution: "FlinksCapital", Username: "Greatday", Password: "Everyday" };

  print("flinks-client against its sandbox. No network, no credentials of yours.");

  title("A cached session: the data that was fetched last, by LoginId");
  printOutcome(await flinks.authorize({ LoginId: sandbox.loginIds.greatday_nomfa }));

  title("A live session: the bank asks a question, and the answer opens the session");
  const session = await flinks.authorizeWithMfa(live, (challenge) => {
    printChallenge(challenge);
    return pick(challenge, rightAnswers);
  });
  printOutcome(session);

  title("A wrong answer: the same question is asked again, and counts as a round");
  const second = await flinks.authorizeWithMfa(live, (challenge) => {
    printChallenge(challenge);
    return challenge.round === 1 ? pick(challenge, {}, "Atlantis") : pick(challenge, rightAnswers);
  });
  printOutcome(second);

  title("An operation that goes on in the background: neither a session nor a failure");
  printOutcome(await flinks.authorize({ ...live, Username: "test_dispatched" }));

  title("An error that the user mends");
  await printError(flinks, { ...live, Password: "Yesterday" });

  title("An error that time mends");
  await printError(flinks, { LoginId: sandbox.loginIds.test_service_unavailable });

  title("A challenge that goes through JSON and is answered by another client, in another process, say");
  const asked = await flinks.authorize({ LoginId: sandbox.loginIds.greatday });
  if (asked.status !== "mfa_required") throw new Error("The sandbox was expected to ask.");
  const stored = JSON.stringify({ challenge: asked.challenge, continuation: asked.continuation });
  print(`  stored     ${JSON.stringify(asked.challenge.questions)}`);
  print("             and the continuation: a secret, kept on the server, so not shown here");
  const other = createFlinksClient({ ...sandbox.options });
  printOutcome(await other.answerChallenge(JSON.parse(stored), pick(asked.challenge, rightAnswers)));

  print("");
  print("That is all of it. The README has the same in ten lines, docs/errors.md every code.");

  function title(text: string): void {
    print("");
    print(`# ${text}`);
  }

  function printOutcome(outcome: AuthorizeOutcome): void {
    print(`  ${outcome.status.padEnd(10)} requestId ${outcome.requestId}`);
    if (outcome.status === "pending") print(`  ${outcome.code}: ${outcome.message}`);
  }

  function printChallenge({ round, questions, rejected }: MfaChallenge): void {
    if (rejected !== undefined) print(`  rejected   ${rejected.code}`);
    for (const { prompt, type } of questions) print(`  round ${round}    ${prompt} (${type})`);
  }

  async function printError(
    client: FlinksClient,
    request: Parameters<FlinksClient["authorize"]>[0],
  ): Promise<void> {
    try {
      await client.authorize(request);
    } catch (error) {
      if (!(error instanceof FlinksApiError)) throw error;
      print(`  ${error.name}: ${error.message}`);
      print(`  category ${error.category}, action ${error.action}, retryable ${error.retryable}`);
      return;
    }
    throw new Error("The sandbox was expected to refuse.");
  }

  function pick(challenge: MfaChallenge, answers: MfaAnswers, otherwise = ""): MfaAnswers {
    return Object.fromEntries(
      challenge.questions.map(({ prompt }) => {
        const answer = answers[prompt] ?? otherwise;
        print(`  answer     ${String(answer)}`);
        return [prompt, answer];
      }),
    );
  }
}
