/**
 * `prism proxy --errors` in front of the sandbox: every request the client sends and every answer the sandbox
 * gives is valid by a bundled document, over all the flows.
 */
import { readFileSync } from "node:fs";
import { expect } from "vitest";
import { parse } from "yaml";
import { createFlinksClient, FlinksApiError, type MfaAnswers } from "../../src/index.ts";
import { createSandbox } from "../../src/sandbox/index.ts";
import { listenForSandbox } from "../helpers/http-server.ts";
import { startProxy } from "../helpers/prism.ts";
import type { Contract } from "./contract.ts";

const live = { Institution: "FlinksCapital", Username: "Greatday", Password: "Everyday" };
const right: MfaAnswers = { "What city were you born in?": "Montreal" };
const wrong: MfaAnswers = { "What city were you born in?": "Paris" };

/** With the proxy's address, so that a test can see the proxy refuse something. */
export async function proxyContract(document: string): Promise<Contract & { readonly baseUrl: string }> {
  const { paths } = parse(readFileSync(document, "utf8"));
  let time = Date.now();
  const sandbox = createSandbox({ now: () => time, random: () => 0 });
  const { customerId, secretKey } = sandbox.options;
  const server = await listenForSandbox(sandbox);
  const prism = await startProxy(document, server.baseUrl);
  const statuses = new Set<string>();

  /** Prism lets a status through that the document does not have, so that is looked up here. */
  const checkedFetch: typeof fetch = async (url, init) => {
    const response = await fetch(url, init);
    const path = new URL(String(url)).pathname.replace(customerId, "{customerId}");
    const { status } = response;
    expect(response.headers.get("sl-violations")).toBeNull();
    expect(Object.keys(paths[path].post.responses)).toContain(status >= 500 ? "5XX" : `${status}`);
    statuses.add(`${path.split("/").at(-1)} ${status}`);
    return response;
  };
  const common = { baseUrl: prism.baseUrl, customerId, fetch: checkedFetch };
  const flinks = createFlinksClient({ ...common, secretKey });

  async function ask() {
    const outcome = await flinks.authorize({ ...live, Language: "fr", Save: false, Tag: "tag" });
    if (outcome.status !== "mfa_required") throw new Error("a challenge was expected");
    return outcome;
  }

  const flows: Record<string, () => Promise<void>> = {
    "cached and live sessions, with and without MFA": async () => {
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

    "pending operations": async () => {
      for (const Username of ["test_pending", "test_dispatched"]) {
        expect(await flinks.authorize({ ...live, Username })).toMatchObject({ status: "pending" });
      }
    },

    "wrong answers, asked again and refused for good": async () => {
      const open = await ask();
      expect(await codeOf(flinks.answerChallenge(open, wrong))).toBe("INVALID_SECURITY_RESPONSE");
      expect(await codeOf(flinks.answerChallenge(open, wrong))).toBe("INVALID_SECURITY_RESPONSE");
      expect(await codeOf(flinks.answerChallenge(open, wrong))).toBe("INVALID_SECURITY_RESPONSE_NO_RETRY");
      expect(await codeOf(flinks.answerChallenge(open, right))).toBe("SESSION_NONEXISTENT");
    },

    "sessions that expired or are authorized already": async () => {
      const open = await ask();
      time += 9 * 60_000;
      expect(await codeOf(flinks.answerChallenge(open, right))).toBe("SESSION_EXPIRED");
      const other = await ask();
      await flinks.answerChallenge(other, right);
      expect(await codeOf(flinks.answerChallenge(other, right))).toBe("ALREADY_AUTHORIZED");
    },

    "refused logins, credentials, keys and tokens": async () => {
      expect(await codeOf(flinks.authorize({ LoginId: "unknown" }))).toBe("INVALID_LOGIN");
      expect(await codeOf(flinks.authorize({ ...live, Username: "nobody" }))).toBe("INVALID_USERNAME");
      expect(await codeOf(flinks.authorize({ ...live, Password: "wrong" }))).toBe("INVALID_PASSWORD");
      expect(await codeOf(flinks.authorize({ ...live, Institution: "Other" }))).toBe("INVALID_REQUEST");
      expect(await codeOf(flinks.authorize({ ...live, Username: "test_disabled_account" }))).toBe(
        "DISABLED_LOGIN",
      );
      expect(await codeOf(flinks.authorize({ ...live, Username: "test_service_unavailable" }))).toBe(
        "RETRY_LATER",
      );
      expect(
        await codeOf(createFlinksClient({ ...common, secretKey: "wrong" }).generateAuthorizeToken()),
      ).toBe("HTTP_401");
      const spent = createFlinksClient({ ...common, authorizeToken: "wrong" }).authorize({
        LoginId: "unknown",
      });
      expect(await codeOf(spent)).toBe("HTTP_401");
    },

    "that was every status the sandbox has": async () => {
      expect([...statuses].sort()).toEqual([
        "Authorize 200",
        "Authorize 202",
        "Authorize 203",
        "Authorize 400",
        "Authorize 401",
        "GenerateAuthorizeToken 200",
        "GenerateAuthorizeToken 401",
      ]);
    },
  };
  return {
    baseUrl: prism.baseUrl,
    cases: Object.entries(flows).map(([name, run]) => ({ name, run })),
    async close() {
      await prism.close();
      await server.close();
    },
  };
}

async function codeOf(call: Promise<unknown>): Promise<string> {
  const error = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof FlinksApiError)) throw new Error("a FlinksApiError was expected", { cause: error });
  return error.code;
}
