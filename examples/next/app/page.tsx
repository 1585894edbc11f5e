import type { MfaChallenge } from "flinks-client";
import { Suspense } from "react";
import { flinks } from "../flinks.ts";
import { readSession } from "../sessions.ts";
import { answer, open } from "./actions.ts";

export const metadata = { title: "Your accounts" };

export default async function Page() {
  const session = await readSession();
  if (session === undefined) {
    return (
      <form action={open}>
        <button type="submit">Get my accounts</button>
      </form>
    );
  }
  if (session.status === "mfa_required") return <Questions challenge={session.challenge} />;
  // The page is sent at once. The accounts follow in the same response, when they are there.
  return (
    <Suspense fallback={<p role="status">Getting your accounts…</p>}>
      <Accounts requestId={session.requestId} />
    </Suspense>
  );
}

/** Texts only. The example web has all types of questions. */
function Questions({ challenge: { questions, rejected, round } }: { challenge: MfaChallenge }) {
  return (
    <form action={answer}>
      <input type="hidden" name="round" value={round} />
      {rejected && <p role="alert">Your bank did not accept an answer. Try again.</p>}
      {questions.map(({ prompt }, place) => (
        <label key={prompt}>
          {prompt} <input name={`${place}`} required autoComplete="off" />
        </label>
      ))}
      <button type="submit">Continue</button>
    </form>
  );
}

async function Accounts({ requestId }: { requestId: string }) {
  const { Accounts } = await flinks().waitForAccountsDetail({ RequestId: requestId });
  return (
    <ul>
      {Accounts.map(({ Id, Title, Balance, Currency }) => (
        <li key={Id}>{`${Title}: ${Balance?.Current} ${Currency}`}</li>
      ))}
    </ul>
  );
}
