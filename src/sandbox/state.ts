/**
 * Tokens and sessions: what the sandbox remembers between calls.
 *
 * @module
 */
import { questions } from "./institution.ts";
import type { SandboxQuestion, SandboxUser } from "./types.ts";

const minuteMs = 60_000;

/** An unused token dies after 30 minutes. */
const tokenLifeMs = 30 * minuteMs;

/** A session dies without activity: the vendor's two numbers, while it waits for an answer and once data is read. */
const sessionLifeMs = { asked: 8 * minuteMs, other: 30 * minuteMs };

/** A wrong answer is asked again twice, then refused for good. */
const mostWrongAnswers = 3;

/** What the sandbox was created with. */
export interface SandboxSettings {
  readonly now: () => number;
  readonly random: () => number;
  readonly logins: ReadonlyMap<string, SandboxUser>;
  readonly rounds: readonly (readonly SandboxQuestion[])[] | undefined;
  readonly pendingMs: number;
}

/** Whose session it is, and how it was asked for. */
export interface SandboxLogin {
  readonly user: SandboxUser;
  readonly loginId: string;
  /** Whether the login is kept: `Save`, which is true at the server if it is left out. */
  readonly saved: boolean;
  readonly tag: string | undefined;
}

/** A data call that goes on in the background. */
export interface BackgroundCall {
  readonly request: object;
  readonly readyAt: number;
}

/** A session, from its first call on. */
export interface SandboxSession extends SandboxLogin {
  readonly requestId: string;
  readonly token: string;
  readonly openedAt: number;
  /** Rounds of questions that have not been answered. */
  readonly rounds: (readonly SandboxQuestion[])[];
  readonly background: Map<string, BackgroundCall>;
  saved: boolean;
  state: "asked" | "authorized" | "pending" | "ended";
  wrongAnswers: number;
  touchedAt: number;
}

export class SandboxState {
  readonly settings: SandboxSettings;
  /** When each token was minted. */
  readonly #tokens = new Map<string, number>();
  readonly #spentTokens = new Set<string>();
  readonly #sessions = new Map<string, SandboxSession>();
  #ids = 0;

  constructor(settings: SandboxSettings) {
    this.settings = settings;
  }

  mintToken(): string {
    const token = this.newId();
    this.#tokens.set(token, this.settings.now());
    return token;
  }

  /** Whether the token is one of ours and, if unused, not too old. */
  isKnownToken(token: string): boolean {
    const mintedAt = this.#tokens.get(token);
    if (mintedAt === undefined) return false;
    return this.isSpentToken(token) || this.settings.now() - mintedAt <= tokenLifeMs;
  }

  isSpentToken(token: string): boolean {
    return this.#spentTokens.has(token);
  }

  /** Takes the token for good. */
  spendToken(token: string): void {
    this.#spentTokens.add(token);
  }

  open(token: string, login: SandboxLogin): SandboxSession {
    this.spendToken(token);
    const now = this.settings.now();
    const session: SandboxSession = {
      ...login,
      requestId: this.newId(),
      token,
      openedAt: now,
      rounds: [...(this.settings.rounds ?? [[this.#drawQuestion()]])],
      background: new Map(),
      state: "ended",
      wrongAnswers: 0,
      touchedAt: now,
    };
    this.#sessions.set(session.requestId, session);
    return session;
  }

  find(requestId: string): SandboxSession | undefined {
    return this.#sessions.get(requestId);
  }

  isExpired({ state, touchedAt }: SandboxSession): boolean {
    return this.settings.now() - touchedAt > (state === "asked" ? sessionLifeMs.asked : sessionLifeMs.other);
  }

  /** Activity keeps a session alive. */
  touch(session: SandboxSession): void {
    session.touchedAt = this.settings.now();
  }

  /** Counts a wrong answer. Gives whether another may follow. */
  countWrongAnswer(session: SandboxSession): boolean {
    session.wrongAnswers += 1;
    if (session.wrongAnswers >= mostWrongAnswers) session.state = "ended";
    return session.state !== "ended";
  }

  /** A UUID. Its end counts, so that a constant `random` gives no id twice. */
  newId(): string {
    const { random } = this.settings;
    const digits = "xxxxxxxx-xxxx-4xxx-8xxx-".replaceAll("x", () => Math.floor(random() * 16).toString(16));
    this.#ids += 1;
    return digits + this.#ids.toString(16).padStart(12, "0");
  }

  #drawQuestion(): SandboxQuestion {
    const drawn = Math.floor(this.settings.random() * questions.length);
    return questions[Math.min(drawn, questions.length - 1)] as SandboxQuestion;
  }
}
