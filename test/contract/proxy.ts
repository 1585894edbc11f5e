/**
 * `prism proxy --errors` in front of the sandbox: every request that the client sends and every response of the
 * sandbox is valid by a bundled document, over all the flows.
 */
import { expect } from "vitest";
import {
  createFlinksClient,
  FlinksApiError,
  type FlinksClient,
  type MfaAnswers,
  type PendingOutcome,
} from "../../src/index.ts";
import { createSandbox } from "../../src/sandbox/index.ts";
import { errorOfClass } from "../helpers/client.ts";
import { listenForSandbox } from "../helpers/http-server.ts";
import { startProxy } from "../helpers/prism.ts";
import type { Contract } from "./contract.ts";
import { findOperation, isDocumented, readOperations } from "./document.ts";

const live = { Institution: "FlinksCapital", Username: "Greatday", Password: "Everyday" };
const right: MfaAnswers = { "What city were you born in?": "Montreal" };
const wrong: MfaAnswers = { "What city were you born in?": "Paris" };

type Flow = (flinks: FlinksClient, connect: (key: Key) => FlinksClient) => Promise<void>;
type Key = { secretKey: string } | { authorizeToken: string };

export function proxyContract(document: string): Contract {
  const operations = readOperations(document);
  let time = Date.now();
  const sandbox = createSandbox({ now: () => time, random: () => 0 });
  const { customerId, secretKey } = sandbox.options;
  const statuses = new Set<string>();

  /** A `fetch` that notes what breaks the document. The proxy lets through a status that the document does not have. */
  function checkedFetch(problems: string[]): typeof fetch {
    return async (url, init) => {
      const response = await fetch(url, init);
      const { status, headers } = response;
      const { pathname } = new URL(String(url));
      const operation = findOperation(operations, `${init?.method}`, pathname);
      if (headers.has("sl-violations")) problems.push(`${headers.get("sl-violations")}`);
      if (!operation || !isDocumented(operation, status)) problems.push(`undocumented: ${pathname} ${status}`);
      statuses.add(`${operation?.id} ${status}`);
      return response;
    };
  }

  const flows: Record<string, Flow> = {
    async "cached and live sessions, with and without MFA"(flinks) {
      const { greatday, greatday_nomfa } = sandbox.loginIds;
      const requests = [
        { LoginId: greatday_nomfa },
        { LoginId: greatday, Save: false },
        { LoginId: greatday_nomfa, MostRecentCached: false as const, Language: "fr" as const },
        { LoginId: greatday, MostRecentCached: false as const },
        live,
        { ...live, Username: "greatday_nomfa", Tag: "é" },
      ];
      for (const request of requests) {
        const outcome = await flinks.authorizeWithMfa(request, () => right);
        expect(outcome).toMatchObject({ status: "authorized", requestId: expect.any(String) });
      }
    },

    async "pending operations"(flinks) {
      for (const Username of ["test_pending", "test_dispatched"]) {
        expect(await flinks.authorize({ ...live, Username })).toMatchObject({ status: "pending" });
      }
    },

    async "wrong answers, asked again and refused for good"(flinks) {
      const asked = await ask(flinks);
      for (const round of [2, 3]) {
        const again = await flinks.answerChallenge(
          { ...asked, challenge: { ...asked.challenge, round: round - 1 } },
          wrong,
        );
        const rejected = { code: "INVALID_SECURITY_RESPONSE" };
        expect(again).toMatchObject({ status: "mfa_required", challenge: { round, rejected } });
      }
      expect(await codeOf(flinks.answerChallenge(asked, wrong))).toBe("INVALID_SECURITY_RESPONSE_NO_RETRY");
      expect(await codeOf(flinks.answerChallenge(asked, right))).toBe("SESSION_NONEXISTENT");
    },

    async "sessions that expired or are authorized already"(flinks) {
      const expired = await ask(flinks);
      time += 9 * 60_000;
      expect(await codeOf(flinks.answerChallenge(expired, right))).toBe("SESSION_EXPIRED");
      const asked = await ask(flinks);
      await flinks.answerChallenge(asked, right);
      expect(await codeOf(flinks.answerChallenge(asked, right))).toBe("ALREADY_AUTHORIZED");
    },

    async "refused logins and credentials"(flinks) {
      const refused: [Parameters<FlinksClient["authorize"]>[0], string][] = [
        [{ LoginId: "unknown" }, "INVALID_LOGIN"],
        [{ ...live, Username: "nobody" }, "INVALID_USERNAME"],
        [{ ...live, Password: "wrong" }, "INVALID_PASSWORD"],
        [{ ...live, Institution: "Other" }, "INVALID_REQUEST"],
        [{ ...live, Username: "test_disabled_account" }, "DISABLED_LOGIN"],
        [{ ...live, Username: "test_service_unavailable" }, "RETRY_LATER"],
      ];
      for (const [request, code] of refused) expect(await codeOf(flinks.authorize(request))).toBe(code);
    },

    async "refused keys and tokens"(_, connect) {
      expect(await codeOf(connect({ secretKey: "wrong" }).generateAuthorizeToken())).toBe("HTTP_401");
      const { authorize } = connect({ authorizeToken: "wrong" });
      expect(await codeOf(authorize({ LoginId: "unknown" }))).toBe("HTTP_401");
    },

    async "accounts and statements, at once and after a wait"(flinks) {
      const { greatday_nomfa, test_pending } = sandbox.loginIds;
      const { requestId: RequestId } = await flinks.authorize({ LoginId: greatday_nomfa });
      const filter = { RequestId, AccountsFilter: [] as string[] };
      expect(await flinks.getAccountsSummary({ RequestId, WithBalance: true })).toMatchObject({ status: "ready" });
      const everything = { WithKYC: true, WithTransactions: true, WithAccountIdentity: true, WithBalance: true };
      const detail = { RequestId, DaysOfTransactions: "Days365" as const, ...everything };
      const { Accounts } = await flinks.waitForAccountsDetail(detail);
      filter.AccountsFilter = [`${Accounts[0]?.Id}`];
      const statements = { ...filter, NumberOfStatements: "Months12" as const };
      expect(await flinks.getStatements(statements)).toMatchObject({ status: "ready" });

      const pending = await flinks.authorize({ LoginId: test_pending });
      const onPending = () => {
        time += 10_000;
      };
      const options = { pollIntervalMs: 1, onPending };
      expect(await flinks.waitForAccountsDetail(pending as PendingOutcome, options)).toHaveProperty("Accounts");
      const later = await flinks.authorize({ LoginId: test_pending });
      expect(await flinks.waitForAccountsSummary(later as PendingOutcome, options)).toHaveProperty("Accounts");
    },

    async "data calls that are refused"(flinks) {
      const RequestId = "9022abc2-8a2e-4b06-a06e-c3e5449c4d10";
      expect(await codeOf(flinks.getAccountsSummary({ RequestId }))).toBe("SESSION_NONEXISTENT");
      expect(await codeOf(flinks.getAccountsDetail({ RequestId }))).toBe("SESSION_NONEXISTENT");
      expect(await codeOf(flinks.getStatements({ RequestId }))).toBe("SESSION_NONEXISTENT");
    },

    async "that was every status that the sandbox has"() {
      expect([...statuses].sort()).toEqual([
        "authorize 200",
        "authorize 202",
        "authorize 203",
        "authorize 400",
        "authorize 401",
        "generateAuthorizeToken 200",
        "generateAuthorizeToken 401",
        "getAccountsDetail 200",
        "getAccountsDetail 202",
        "getAccountsDetail 400",
        "getAccountsDetailAsync 200",
        "getAccountsSummary 200",
        "getAccountsSummary 202",
        "getAccountsSummary 400",
        "getAccountsSummaryAsync 200",
        "getStatements 200",
        "getStatements 400",
      ]);
    },
  };

  return {
    cases: Object.entries(flows).map(([name, flow]) => ({
      name,
      async run(baseUrl) {
        const problems: string[] = [];
        const fetch = checkedFetch(problems);
        const connect = (key: Key) => createFlinksClient({ baseUrl, customerId, retry: false, fetch, ...key });
        // What breaks the document explains best why a flow failed.
        await flow(connect({ secretKey }), connect).finally(() => expect(problems).toEqual([]));
      },
    })),
    async start() {
      const server = await listenForSandbox(sandbox);
      const prism = await startProxy(document, server.baseUrl).catch(async (error) => {
        await server.close();
        throw error;
      });
      return {
        baseUrl: prism.baseUrl,
        async close() {
          await prism.close();
          await server.close();
        },
      };
    },
  };
}

async function ask(flinks: FlinksClient) {
  const outcome = await flinks.authorize({ ...live, Language: "fr", Save: false, Tag: "tag" });
  if (outcome.status !== "mfa_required") throw new Error("A challenge was expected.");
  return outcome;
}

async function codeOf(call: Promise<unknown>): Promise<string> {
  return (await errorOfClass(FlinksApiError, call)).code;
}
