/**
 * Tokens and sessions: what the sandbox remembers between calls.
 *
 * @module
 */
import { questions, type SandboxUser } from "./institution.ts";

/** An unused token dies after 30 minutes. */
const tokenLifeMs = 30 * 60_000;

/** A session that waits for an answer dies after 8 minutes: the shorter of the vendor's two numbers. */
const sessionLifeMs = 8 * 60_000;

/** A wrong answer is asked again twice, then refused for good. */
const mostWrongAnswers = 3;

/** A session, from its first call on. */
export interface SandboxSession {
  readonly requestId: string;
  readonly token: string;
  readonly user: SandboxUser;
  readonly question: (typeof questions)[number];
  state: "asked" | "authorized" | "ended";
  wrongAnswers: number;
  touchedAt: number;
}

export class SandboxState {
  readonly #now: () => number;
  readonly #random: () => number;
  /** When each token was minted. */
  readonly #tokens = new Map<string, number>();
  readonly #spentTokens = new Set<string>();
  readonly #sessions = new Map<string, SandboxSession>();
  #ids = 0;

  constructor(now: () => number, random: () => number) {
    this.#now = now;
    this.#random = random;
  }

  mintToken(): string {
    const token = this.#newId();
    this.#tokens.set(token, this.#now());
    return token;
  }

  /** Whether the token is one of ours and, if unused, not too old. */
  isKnownToken(token: string): boolean {
    const mintedAt = this.#tokens.get(token);
    if (mintedAt === undefined) return false;
    return this.isSpentToken(token) || this.#now() - mintedAt <= tokenLifeMs;
  }

  isSpentToken(token: string): boolean {
    return this.#spentTokens.has(token);
  }

  /** Opens a session, which takes its token for good. */
  open(token: string, user: SandboxUser): SandboxSession {
    this.#spentTokens.add(token);
    const drawn = Math.floor(this.#random() * questions.length);
    const session: SandboxSession = {
      requestId: this.#newId(),
      token,
      user,
      question: questions[Math.min(drawn, questions.length - 1)] as (typeof questions)[number],
      state: "ended",
      wrongAnswers: 0,
      touchedAt: this.#now(),
    };
    this.#sessions.set(session.requestId, session);
    return session;
  }

  find(requestId: string): SandboxSession | undefined {
    return this.#sessions.get(requestId);
  }

  isExpired(session: SandboxSession): boolean {
    return this.#now() - session.touchedAt > sessionLifeMs;
  }

  /** Counts a wrong answer. Gives whether another may follow. */
  countWrongAnswer(session: SandboxSession): boolean {
    session.touchedAt = this.#now();
    session.wrongAnswers += 1;
    if (session.wrongAnswers >= mostWrongAnswers) session.state = "ended";
    return session.state !== "ended";
  }

  /** A UUID. Its end counts, so that a constant `random` gives no id twice. */
  #newId(): string {
    const random = "xxxxxxxx-xxxx-4xxx-8xxx-".replaceAll("x", () => Math.floor(this.#random() * 16).toString(16));
    this.#ids += 1;
    return random + this.#ids.toString(16).padStart(12, "0");
  }
}
