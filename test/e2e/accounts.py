"""Opens a session and prints its accounts: nothing but HTTP, from Python's standard library.

Reads the variables that `npx flinks-client sandbox` prints. Prints the accounts as JSON, and each response's status
on stderr.
"""

import json
import os
import sys
import time
import urllib.request

BASE_URL = f"{os.environ['FLINKS_BASE_URL']}/v3/{os.environ['FLINKS_CUSTOMER_ID']}/BankingServices"
POLL_INTERVAL_SECONDS = 0.5
LONGEST_WAIT_SECONDS = 30
# What the test institution's user answers.
ANSWERS = {
    "What city were you born in?": "Montreal",
    "What is the best country on earth?": "Canada",
    "What shape do people like most?": "Triangle",
}

# The sandbox is on this machine: no proxy.
opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def call(method, path, key, body=None):
    """Sends a request and gives the status with the body. An error status raises an HTTPError."""
    content = None if body is None else json.dumps(body).encode()
    headers = {"content-type": "application/json", **key}
    request = urllib.request.Request(f"{BASE_URL}/{path}", content, headers, method=method)
    with opener.open(request, timeout=30) as response:
        print(method, path.split("/")[0], response.status, file=sys.stderr)
        return response.status, json.load(response)


def open_session(login_id):
    """Gives the RequestId of a session, with its questions answered."""
    _, minted = call("POST", "GenerateAuthorizeToken", {"flinks-auth-key": os.environ["FLINKS_SECRET_KEY"]}, {})
    key = {"flinks-auth-key": minted["Token"]}
    status, body = call("POST", "Authorize", key, {"LoginId": login_id, "MostRecentCached": True})
    while status == 203:
        prompts = [challenge["Prompt"] for challenge in body["SecurityChallenges"]]
        answer = {
            "RequestId": body["RequestId"],
            "MostRecentCached": False,
            "SecurityResponses": {prompt: [ANSWERS[prompt]] for prompt in prompts},
        }
        status, body = call("POST", "Authorize", key, answer)
    return body["RequestId"]


def get_accounts(request_id):
    """Asks once with a POST, then with GETs until the accounts are there."""
    key = {"x-api-key": os.environ["FLINKS_API_KEY"]}
    deadline = time.monotonic() + LONGEST_WAIT_SECONDS
    status, body = call("POST", "GetAccountsDetail", key, {"RequestId": request_id})
    while status == 202:
        if time.monotonic() > deadline:
            sys.exit(f"Still pending after {LONGEST_WAIT_SECONDS} s.")
        time.sleep(POLL_INTERVAL_SECONDS)
        status, body = call("GET", f"GetAccountsDetailAsync/{request_id}", key)
    return body["Accounts"]


accounts = get_accounts(open_session(os.environ["FLINKS_LOGIN_ID"]))
print(json.dumps(accounts))
