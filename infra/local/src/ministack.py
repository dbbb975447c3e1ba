"""ministack, with what it lacks for us: the scheduler's words in an input, links to objects that are signed for the
gate, and no waits in a call of a function."""

import socketserver
import time
from functools import partialmethod

from ministack.app import main
from ministack.core.lambda_runtime import ProvidedWorker, Worker
from ministack.services import eventbridge, s3

# After each call it waits 50 ms for log lines; our functions write them to files.
ProvidedWorker._drain_stderr_bounded = partialmethod(Worker._drain_stderr_bounded, first_line_wait=0)
# It sends an event in two writes; the second would wait 40 ms for the function's system to confirm the first.
socketserver.StreamRequestHandler.disable_nagle_algorithm = True

invoke_target = eventbridge._invoke_target


def invoke_target_with_words(target, event, rule, view=None):
    """Says in a schedule's input when and as what it runs, which EventBridge Scheduler does and ministack does not."""
    if event.get("Source") == "aws.scheduler" and "<aws.scheduler." in target.get("Input", ""):
        words = {
            "scheduled-time": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(event["Time"])),
            "schedule-arn": event["Resources"][0],
            "execution-id": event["EventId"],
            "attempt-number": "1",
        }
        spoken = target["Input"]
        for word, meaning in words.items():
            spoken = spoken.replace(f"<aws.scheduler.{word}>", meaning)
        target = {**target, "Input": spoken}
    return invoke_target(target, event, rule, view)


eventbridge._invoke_target = invoke_target_with_words

verify_link = s3._verify_presigned_sigv4


def verify_link_for_the_gate(method, path, headers, query_params):
    """Checks a link by the address that it was signed for, where the gate says so, not by where the gate sent it on."""
    if "x-forwarded-prefix" in headers:
        path = headers["x-forwarded-prefix"] + path
        headers = {**headers, "host": headers["x-forwarded-host"]}
    return verify_link(method, path, headers, query_params)


s3._verify_presigned_sigv4 = verify_link_for_the_gate

main()
