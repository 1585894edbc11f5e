/**
 * The way from a sandbox to what it remembers, for the Connect page, which opens sessions past the API.
 *
 * @module
 */
import { assert } from "../wrappers/errors/assert.ts";
import type { SandboxState } from "./state.ts";
import type { Sandbox } from "./types.ts";

/** Shared by every copy of this package: a program can load one with `import` and one with `require`. */
const key = Symbol.for("flinks-client.sandbox");

export function attachState(sandbox: Sandbox, state: SandboxState): void {
  Object.assign(sandbox, { [key]: state });
}

/** @throws {@link FlinksUsageError} the value does not come from `createSandbox` */
export function attachedState(sandbox: Sandbox): SandboxState {
  const state = (Object(sandbox) as { readonly [key]?: SandboxState })[key];
  assert(state !== undefined, "sandbox must come from createSandbox().");
  return state;
}
