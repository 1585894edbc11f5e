/**
 * What `createSandbox` takes, checked. A misspelt name is refused with the one that was meant.
 *
 * @module
 */
import { operations } from "../generated/operations.ts";
import { assert, assertInteger, assertObject, type Fields, isObject, isStrings } from "../wrappers/errors/assert.ts";
import { findUser, loginIds } from "./institution.ts";
import { suggestion } from "./nearest.ts";
import { choicesAsKeys } from "./questions.ts";
import type { SandboxSettings } from "./state.ts";
import type { SandboxFault, SandboxOptions, SandboxQuestion, SandboxUser } from "./types.ts";

const optionNames = ["now", "random", "logins", "rounds", "faults", "pendingMs"];

/** @throws {@link FlinksUsageError} that names the option */
export function readOptions(options: SandboxOptions): SandboxSettings & { readonly faults: readonly SandboxFault[] } {
  assertKnownFields(options, optionNames, "createSandbox");
  const { now = Date.now, random = Math.random, logins = {}, pendingMs = 5_000 }: SandboxOptions = options;
  const { rounds, faults = [] }: SandboxOptions = options;
  assert(typeof now === "function", "now must be a function.");
  assert(typeof random === "function", "random must be a function.");
  assertObject(logins, "logins");
  assertInteger(pendingMs, "pendingMs");
  assert(Array.isArray(faults), "faults must be an array.");
  for (const [index, fault] of faults.entries()) assertFault(fault, `faults[${index}]`);
  return { now, random, logins: readLogins(logins), rounds: readRounds(rounds), faults, pendingMs };
}

/** The LoginIds that are always there, and those that are given. */
function readLogins(logins: Fields): Map<string, SandboxUser> {
  const known = new Map(Object.entries(loginIds).map(([user, id]) => [id, user as SandboxUser]));
  for (const [id, username] of Object.entries(logins)) {
    const user = findUser(String(username));
    assert(
      user !== undefined,
      `logins: the test institution has no user "${username}". It has ${Object.keys(loginIds).join(", ")}.`,
    );
    known.set(id, user);
  }
  return known;
}

function readRounds(rounds: SandboxOptions["rounds"]): SandboxOptions["rounds"] {
  if (rounds === undefined) return undefined;
  assert(Array.isArray(rounds), "rounds must be an array of arrays of questions.");
  for (const [index, round] of rounds.entries()) {
    const name = `rounds[${index}]`;
    assert(Array.isArray(round) && round.length > 0, `${name} must be an array of questions.`);
    for (const [at, question] of round.entries()) assertQuestion(question, `${name}[${at}]`);
    const prompts = round.map(({ Prompt }: SandboxQuestion) => Prompt);
    assert(new Set(prompts).size === prompts.length, `${name} must not have the same Prompt twice.`);
  }
  return rounds;
}

function assertQuestion(question: unknown, name: string): asserts question is SandboxQuestion {
  assertKnownFields(question, ["Prompt", "Type", "Iterables", "answer", "answerUnder"], name);
  const { Prompt, Type, Iterables = [], answer, answerUnder } = question;
  assert(typeof Prompt === "string" && Prompt !== "", `${name}: Prompt must be a non-empty string.`);
  assert(typeof Type === "string" && Type !== "", `${name}: Type must be a non-empty string.`);
  assert(isStrings(Iterables), `${name}: Iterables must be an array of strings.`);
  const answers = [answer].flat();
  assert(isStrings(answers) && answers.length > 0, `${name}: answer must be a string, or an array of strings.`);
  assert(
    answerUnder === undefined || choicesAsKeys({ Type, Iterables }).includes(String(answerUnder)),
    `${name}: answerUnder must be one of the Iterables of a TextOrCall or QuestionAndAnswer.`,
  );
}

function assertFault(planned: unknown, name: string): asserts planned is SandboxFault {
  assertKnownFields(planned, ["operation", "times", "fault"], name);
  const { operation, times = 1, fault } = planned;
  if (operation !== undefined) assertKnown(operation, Object.keys(operations), `${name}: operation`);
  assertInteger(times, `${name}: times`, 1);
  if (isObject(fault)) {
    assertKnownFields(fault, ["status", "headers", "body"], `${name}: fault`);
    const { status, headers = {}, body = "" } = fault;
    assertInteger(status, `${name}: status`, 200, 599);
    assert(isObject(headers) && isStrings(Object.values(headers)), `${name}: headers must be an object of strings.`);
    assert(typeof body === "string" || Object(body) === body, `${name}: body must be an object or a string.`);
  } else {
    assertKnown(fault, ["html", "silence", "reset", "cut"], `${name}: fault`);
  }
}

/** Refuses other fields than those that are known. */
export function assertKnownFields(value: unknown, known: readonly string[], name: string): asserts value is Fields {
  assertObject(value, name);
  for (const field of Object.keys(value)) {
    assert(known.includes(field), `${name}: "${field}" is unknown. ${suggestion(field, known)}`);
  }
}

/** Refuses other values than those that are known. */
export function assertKnown(value: unknown, known: readonly string[], name: string): void {
  assert(known.includes(value as string), `${name}: "${value}" is unknown. ${suggestion(String(value), known)}`);
}
