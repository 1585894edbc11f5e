/**
 * A stand-in for the API's public toolbox, for tests: the test institution, in process, without sockets or timers. It
 * answers as the API does and refuses what the API refuses.
 *
 * @module flinks-client/sandbox
 */
import { attachState } from "./attached.ts";
import { FaultQueue, react } from "./faults.ts";
import { createFetch } from "./fetch.ts";
import { loginIds, toolbox } from "./institution.ts";
import { readOptions } from "./options.ts";
import { SandboxState } from "./state.ts";
import type { Sandbox, SandboxOptions, SandboxRequest } from "./types.ts";
import { deliverWebhook } from "./webhook.ts";

export type {
  Sandbox,
  SandboxFault,
  SandboxFaultResponse,
  SandboxOptions,
  SandboxQuestion,
  SandboxRequest,
  SandboxUser,
  SandboxWebhook,
} from "./types.ts";

/**
 * Creates a sandbox. It remembers tokens and sessions until it is dropped; a test that wants a clean one creates its
 * own.
 *
 * Users of `FlinksCapital`, all with the password `Everyday`:
 *
 * | username | what happens |
 * | --- | --- |
 * | `Greatday` | one of three questions, or `rounds`; then a session whose accounts' details are pending at first |
 * | `greatday_nomfa` | a session at once, and its data |
 * | `test_disabled_account` | `DISABLED_LOGIN` |
 * | `test_service_unavailable` | `RETRY_LATER` |
 * | `test_dispatched`, `test_pending` | pending: the session, and its accounts until the clock has moved by `pendingMs` |
 *
 * A token serves one session and dies after 30 minutes without use. A session dies after 8 minutes in which nobody
 * answers, or 30 in which nobody reads data. A wrong answer is asked again twice, then refused for good.
 *
 * @example
 * let time = Date.now();
 * const sandbox = createSandbox({ now: () => time, random: () => 0 });
 * const flinks = createFlinksClient({ ...sandbox.options });
 * const outcome = await flinks.authorize({ LoginId: sandbox.loginIds.test_pending });
 * time += 5_000; // now its data is ready
 *
 * @throws {@link FlinksUsageError} an option is unknown or wrong; the message names it
 */
export function createSandbox(options: SandboxOptions = {}): Sandbox {
  const { faults, ...settings } = readOptions(options);
  const state = new SandboxState(settings);
  const queue = new FaultQueue(faults);
  const requests: SandboxRequest[] = [];

  const fetch = createFetch((request) => {
    requests.push(request);
    return react(request, state, queue);
  });

  // Reserved names that no server ever has (RFC 2606): should a request leave by another fetch, it fails.
  const baseUrl = "https://flinks-sandbox.invalid";
  const sandbox: Sandbox = {
    options: { baseUrl, connectUrl: `${baseUrl}/v2/`, ...toolbox, fetch },
    fetch,
    requests,
    loginIds,
    deliverWebhook: (url, webhook) => deliverWebhook(url, webhook, state),
  };
  attachState(sandbox, state);
  return sandbox;
}
