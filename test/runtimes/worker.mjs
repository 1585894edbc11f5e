/** For workerd. The address of the server comes as the request's body. */
import * as flinks from "flinks-client";
import * as sandbox from "flinks-client/sandbox";
import { runSuite } from "./suite.mjs";

export default {
  async fetch(request) {
    return Response.json(await runSuite({ ...flinks, ...sandbox }, await request.text()));
  },
};
