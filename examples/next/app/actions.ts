"use server";
import { FlinksUsageError } from "flinks-client";
import { redirect } from "next/navigation";
import { flinks } from "../flinks.ts";
import { readSession, writeSession } from "../sessions.ts";

export async function open(): Promise<void> {
  await writeSession(await flinks().authorize({ LoginId: process.env.FLINKS_LOGIN_ID ?? "" }));
  redirect("/");
}

/** The fields have the places of the questions as their names. */
export async function answer(form: FormData): Promise<void> {
  // Taken, because an answer that is sent twice could lock the user out.
  const round = form.get("round");
  const session = await readSession(round);
  // A form that is late may be about questions that have been answered.
  if (session?.status !== "mfa_required" || round !== `${session.challenge.round}`) redirect("/");
  const { questions } = session.challenge;
  const answers = Object.fromEntries(
    questions.map(({ prompt }, place) => [prompt, form.getAll(`${place}`).map(String)]),
  );
  try {
    await writeSession(await flinks().answerChallenge(session, answers));
  } catch (error) {
    if (!(error instanceof FlinksUsageError)) throw error;
    // Nothing was sent, so the page asks again.
    await writeSession(session);
  }
  redirect("/");
}
