/** Runs the server against the sandbox instead of a Flinks instance. */
import { spawn } from "node:child_process";
import { createSandbox } from "flinks-client/sandbox";
import { createSandboxServer } from "flinks-client/sandbox/server";

const sandbox = createSandbox({ random: () => 0 });
const { options, close } = await createSandboxServer({ sandbox });
const next = spawn(process.execPath, ["node_modules/next/dist/bin/next", "start", "--hostname", "127.0.0.1"], {
  stdio: "inherit",
  env: {
    ...process.env,
    FLINKS_BASE_URL: options.baseUrl,
    FLINKS_CONNECT_URL: options.connectUrl,
    FLINKS_CUSTOMER_ID: options.customerId,
    FLINKS_SECRET_KEY: options.secretKey,
    FLINKS_API_KEY: options.apiKey,
    FLINKS_LOGIN_ID: sandbox.loginIds.greatday,
    FLINKS_WEBHOOK_SECRET: "whsec-of-the-sandbox",
  },
});
next.once("exit", close);
