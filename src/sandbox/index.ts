/**
 * A stand-in for the API's public toolbox, for tests: the test institution, in process, without sockets or
 * timers. It answers as the API does and refuses what the API refuses.
 *
 * @module
 */
import { operations } from "../generated/operations.ts";
import { FlinksUsageError } from "../wrappers/errors/errors.ts";
import { authorize, generateAuthorizeToken } from "./api.ts";
import { findUser, loginIds, type SandboxUser, toolbox } from "./institution.ts";
import { type Reply, refused } from "./replies.ts";
import { SandboxState } from "./state.ts";

export type { SandboxUser } from "./institution.ts";

/** What `createSandbox` takes. */
export interface SandboxOptions {
  /** The time in milliseconds since 1970. Default: `Date.now`. Turn it forward to let things expire. */
  readonly now?: (() => number) | undefined;
  /**
   * Numbers from 0 up to 1, for ids and for which question is asked. Default: `Math.random`. With a constant 0
   * the question is always "What city were you born in?", and its answer "Montreal".
   */
  readonly random?: (() => number) | undefined;
  /** More LoginIds, each with the user whom it stands for. Those of {@link Sandbox.loginIds} stay. */
  readonly logins?: Readonly<Record<string, SandboxUser>> | undefined;
}

/** A request as it arrived. */
export interface SandboxRequest {
  readonly method: string;
  readonly url: string;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  /** Parsed if it was JSON, otherwise the text; `undefined` if there was none. */
  readonly body: unknown;
}

/** A stand-in for the API. Created by {@link createSandbox}. */
export interface Sandbox {
  /** What a client needs to talk to this sandbox: `createFlinksClient({ ...sandbox.options })`. */
  readonly options: {
    readonly baseUrl: string;
    readonly customerId: string;
    readonly secretKey: string;
    readonly fetch: typeof globalThis.fetch;
  };
  /** Answers a request as the API does, at whatever host it is addressed to. */
  readonly fetch: typeof globalThis.fetch;
  /** What arrived, oldest first. Holds passwords and tokens as they were sent. */
  readonly requests: readonly SandboxRequest[];
  /**
   * A LoginId for each user, for cached mode: `loginIds.greatday_nomfa` opens a session at once,
   * `loginIds.greatday` asks MFA although it is cached, the others answer as their names say.
   */
  readonly loginIds: Readonly<Record<SandboxUser, string>>;
}

/**
 * Creates a sandbox. It remembers tokens and sessions until it is dropped; a test that wants a clean one creates
 * its own.
 *
 * Users of `FlinksCapital`, all with the password `Everyday`: `Greatday` (asks one question), `greatday_nomfa`
 * (a session at once), `test_disabled_account`, `test_service_unavailable`, `test_dispatched`, `test_pending`.
 *
 * A token serves one session and dies after 30 minutes without use; a session that waits for an answer dies
 * after 8 minutes. A wrong answer is asked again twice, then refused for good.
 *
 * @throws {FlinksUsageError} `logins` names a user that the test institution does not have
 */
export function createSandbox(options: SandboxOptions = {}): Sandbox {
  const { now = Date.now, random = Math.random, logins = {} } = options;
  const state = new SandboxState(now, random);
  const settings = { secretKey: toolbox.secretKey, logins: readLogins(logins), now };
  const requests: SandboxRequest[] = [];

  const fetch: typeof globalThis.fetch = async (input, init) => {
    const request = await readRequest(input, init);
    requests.push(request);
    const { status, body } = reply(request);
    return toResponse(status, JSON.stringify(body));
  };

  function reply({ method, url, headers, body }: SandboxRequest): Reply {
    const operation = findOperation(new URL(url).pathname);
    if (operation === undefined) return refused(404, undefined, "There is no such endpoint");
    if (operation.customerId !== toolbox.customerId) {
      return refused(401, "CUSTOMER_NOT_FOUND", "The CustomerId is unknown");
    }
    if (method !== "POST") return refused(405, "METHOD_NOT_AVAILABLE", "The endpoint takes POST");
    const key = headers["flinks-auth-key"] ?? "";
    return operation.name === "authorize"
      ? authorize(key, body, state, settings)
      : generateAuthorizeToken(key, state, settings);
  }

  // A reserved name that no server ever has (RFC 2606): should a request leave by another fetch, it fails.
  const baseUrl = "https://flinks-sandbox.invalid";
  return { options: { baseUrl, ...toolbox, fetch }, fetch, requests, loginIds };
}

function readLogins(logins: Readonly<Record<string, SandboxUser>>): Map<string, SandboxUser> {
  const known = new Map(Object.entries(loginIds).map(([user, id]) => [id, user as SandboxUser]));
  for (const [id, username] of Object.entries(logins)) {
    const user = findUser(username);
    if (user === undefined) {
      throw new FlinksUsageError(
        `logins: the test institution has no user "${username}". It has ${Object.keys(loginIds).join(", ")}.`,
        { code: "invalid_options" },
      );
    }
    known.set(id, user);
  }
  return known;
}

function findOperation(
  pathname: string,
): { name: "authorize" | "generateAuthorizeToken"; customerId: string } | undefined {
  for (const name of ["authorize", "generateAuthorizeToken"] as const) {
    const [before, after] = operations[name].path.split("{customerId}") as [string, string];
    const customerId = pathname.slice(before.length, pathname.length - after.length);
    if (pathname === before + customerId + after) return { name, customerId };
  }
  return undefined;
}

/** Without `Request`, which Jest's jsdom environment lacks. */
async function readRequest(
  input: Parameters<typeof globalThis.fetch>[0],
  init: RequestInit = {},
): Promise<SandboxRequest> {
  const request = typeof input === "object" && "url" in input ? input : undefined;
  const signal = init.signal ?? request?.signal;
  if (signal?.aborted) throw signal.reason;
  const text = init.body ?? (await request?.clone().text()) ?? "";
  return {
    method: (init.method ?? request?.method ?? "GET").toUpperCase(),
    url: request?.url ?? String(input),
    headers: Object.fromEntries(new Headers(init.headers ?? request?.headers)),
    body: readBody(typeof text === "string" ? text : await new Response(text).text()),
  };
}

function readBody(text: string): unknown {
  if (text === "") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Without `Response` where there is none, as in Jest's jsdom environment. */
function toResponse(status: number, text: string): Response {
  const headers = { "content-type": "application/json" };
  if (typeof Response !== "undefined") return new Response(text, { status, headers });
  const ok = status >= 200 && status < 300;
  const response = {
    status,
    ok,
    headers: new Headers(headers),
    text: async () => text,
    json: async () => JSON.parse(text),
  };
  return response as unknown as Response;
}
