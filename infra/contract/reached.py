"""Fails when a run has seen nothing but refusals of an operation, for then it has held that operation to little.

Usage: reached.py <report of schemathesis, as ndjson>
"""

import collections
import json
import sys

# They need what schemathesis cannot know: a password, a refresh token, a code or a link from a mail, the code of an
# invitation, the key of a device, a file in a bucket, or the secret of a webhook.
# functions/api/tests holds them.
SECRETS = {
    "POST /api/login/",
    "POST /api/token/",
    "POST /api/password/reset/",
    "POST /api/homes/join/",
    "GET /ping/{key}/",
    "POST /ping/{key}/",
    "GET /ping/{key}/on/",
    "POST /ping/{key}/on/",
    "GET /ping/{key}/off/",
    "POST /ping/{key}/off/",
    "GET /m/{token}/",
    "GET /u/{token}/",
    "POST /u/{token}/",
    "POST /api/clients/imports/{id}/start/",
    "POST /telegram/webhook/",
}


def done(report: str) -> tuple[set[str], collections.Counter]:
    """The operations that were tried, and how often each was done."""
    tried, done = set(), collections.Counter()
    for line in open(report):
        scenario = json.loads(line).get("ScenarioFinished") or {}
        recorder = scenario.get("recorder") or {}
        for id, interaction in recorder.get("interactions", {}).items():
            case = recorder["cases"][id]["value"]
            operation = f"{case['method']} {case['path']}"
            status = (interaction.get("response") or {}).get("status_code", 0)
            # 405 answers methods that are not in the document.
            if status != 405 and case["method"] != "OPTIONS":
                tried.add(operation)
                done[operation] += status in range(200, 300)
    return tried, done


tried, done = done(sys.argv[1])
never = sorted(operation for operation in tried - SECRETS if not done[operation])
if len(tried) < 50 or never:
    sys.exit(f"{len(tried)} operations were tried. Never done: {', '.join(never) or 'none'}")
print(f"{len(tried)} operations, each done at least {min(done[one] for one in tried - SECRETS)} times by a superuser")
