/** Runs the server against the sandbox instead of a Flinks instance. `Greatday` is asked a question of every type. */
import { readFile } from "node:fs/promises";
import { createSandbox } from "flinks-client/sandbox";
import { createSandboxServer } from "flinks-client/sandbox/server";

const pictures = await Promise.all(
  ["house", "boat", "sun", "tree"].map((name) => readFile(new URL(`pictures/${name}.png`, import.meta.url), "base64")),
);
const sandbox = createSandbox({
  rounds: [
    [
      { Type: "QuestionAndAnswer", Prompt: "What city were you born in?", answer: "Montreal" },
      {
        Type: "MultipleChoice",
        Prompt: "Which card do you use most?",
        Iterables: ["Debit", "Credit"],
        answer: "Debit",
      },
      {
        Type: "MultipleChoiceMultipleAnswers",
        Prompt: "Which accounts do you have?",
        Iterables: ["Chequing", "Savings", "Mortgage"],
        answer: ["Chequing", "Savings"],
      },
      { Type: "ImageSelection", Prompt: "Which picture is yours?", Iterables: pictures, answer: pictures[1] ?? "" },
      {
        Type: "TextOrCall",
        Prompt: "Where can we reach you?",
        Iterables: ["•••-•••-0142", "•••-•••-0117"],
        answer: "Text",
      },
    ],
    [
      { Type: "QuestionAndAnswer", Prompt: "Enter the code that you got.", answer: "123456" },
      {
        Type: "QuestionAndAnswer",
        Prompt: "Choose a new security question.",
        Iterables: ["Your first pet?", "Your first car?"],
        answer: "Rex",
      },
    ],
  ],
});
const { options } = await createSandboxServer({ sandbox });
Object.assign(process.env, {
  FLINKS_BASE_URL: options.baseUrl,
  FLINKS_CONNECT_URL: options.connectUrl,
  FLINKS_CUSTOMER_ID: options.customerId,
  FLINKS_SECRET_KEY: options.secretKey,
  FLINKS_API_KEY: options.apiKey,
});
await import("./server.ts");
console.log(`Logins: ${JSON.stringify(sandbox.loginIds)}`);
