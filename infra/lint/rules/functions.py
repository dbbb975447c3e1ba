"""House rules for functions and what triggers them; cfn-lint has merged the globals into them."""

from cfnlint.rules import CloudFormationLintRule, RuleMatch

# AWS's advice: a batch that the concurrency limit holds back must not become visible again meanwhile.
VISIBILITY_PER_TIMEOUT = 6


def named(value):
    """The logical name behind a Ref or a GetAtt, else None."""
    if not isinstance(value, dict):
        return None
    target = value.get("Ref") or value.get("Fn::GetAtt")
    return target[0] if isinstance(target, list) else target


def functions(cfn):
    for name, function in cfn.get_resources("AWS::Serverless::Function").items():
        yield name, function["Properties"], ["Resources", name, "Properties"]


def events(properties, kind):
    for name, event in properties.get("Events", {}).items():
        if event["Type"] == kind:
            yield name, event["Properties"]


class EveryFunctionHasALogGroup(CloudFormationLintRule):
    id = "E9101"
    shortdesc = "Every function has a log group, and every log group an end"
    description = "A log group that Lambda makes by itself is kept for ever and outlives the stack."
    tags = ["house"]

    def match(self, cfn):
        groups = cfn.get_resources("AWS::Logs::LogGroup")
        for name, properties, path in functions(cfn):
            if named(properties.get("LoggingConfig", {}).get("LogGroup")) not in groups:
                yield RuleMatch(path, f"{name} needs a log group of this template in LoggingConfig.LogGroup.")
        for name, group in groups.items():
            if "RetentionInDays" not in group["Properties"]:
                yield RuleMatch(["Resources", name], f"{name} keeps its lines for ever. Set RetentionInDays.")


class EveryQueueSourceIsBounded(CloudFormationLintRule):
    id = "E9102"
    shortdesc = "Every queue source fails partially, is bounded, and its queue waits long enough"
    description = "ReportBatchItemFailures, MaximumConcurrency, and visibility of 6 x the function's timeout."
    tags = ["house"]

    def match(self, cfn):
        queues = cfn.get_resources("AWS::SQS::Queue")
        for function, properties, path in functions(cfn):
            for name, source in events(properties, "SQS"):
                where = [*path, "Events", name]
                if source.get("FunctionResponseTypes") != ["ReportBatchItemFailures"]:
                    yield RuleMatch(where, f"{name}: one bad message fails its batch. Add ReportBatchItemFailures.")
                if not source.get("ScalingConfig", {}).get("MaximumConcurrency"):
                    yield RuleMatch(where, f"{name} may take the whole account's concurrency. Set MaximumConcurrency.")
                queue = queues.get(named(source["Queue"]), {}).get("Properties", {})
                least = VISIBILITY_PER_TIMEOUT * properties["Timeout"]
                if queue.get("VisibilityTimeout", 30) < least:
                    yield RuleMatch(where, f"{function}: VisibilityTimeout of {name} must be {least} or more.")


class EveryScheduleHasDeadLetters(CloudFormationLintRule):
    id = "E9103"
    shortdesc = "Every schedule has dead letters, for the delivery and for the run"
    description = "The scheduler parks what it cannot deliver, Lambda the run that fails."
    tags = ["house"]

    def match(self, cfn):
        for function, properties, path in functions(cfn):
            for name, schedule in events(properties, "ScheduleV2"):
                if "DeadLetterConfig" not in schedule or "RetryPolicy" not in schedule:
                    yield RuleMatch([*path, "Events", name], f"{name} needs DeadLetterConfig and RetryPolicy.")
                if "OnFailure" not in properties.get("EventInvokeConfig", {}).get("DestinationConfig", {}):
                    yield RuleMatch(path, f"{function} runs on a schedule and needs EventInvokeConfig with OnFailure.")


class EveryFunctionHasItsOwnRole(CloudFormationLintRule):
    id = "E9104"
    shortdesc = "Every function has a role of its own"
    description = "To a role that SAM makes it attaches managed policies, and a shared role allows too much."
    tags = ["house"]

    def match(self, cfn):
        seen = set()
        for name, properties, path in functions(cfn):
            role = named(properties.get("Role"))
            if role not in cfn.get_resources("AWS::IAM::Role") or role in seen:
                yield RuleMatch(path, f"{name} needs a role that is written out in this template and nobody else has.")
            seen.add(role)
