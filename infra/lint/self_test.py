"""Breaks copies of template.yaml, one rule each, and expects that rule to object: one that never fires holds nothing.

Run by infra/lint/run, with cfn-lint on the PATH.
"""

import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).parent
TEMPLATE = (HERE / "../../template.yaml").resolve().read_text()

# (rule, what to replace, by what); a text that is no longer in the template fails the test, so that it is kept alive.
BREAKAGES = [
    ("E9101", "LoggingConfig: { LogGroup: !Ref ApiLogGroup }", "ReservedConcurrentExecutions: 9"),
    ("E9101", ", RetentionInDays: !Ref LogRetentionDays }", " }"),
    ("E9102", "FunctionResponseTypes: [ReportBatchItemFailures]", "Enabled: true"),
    ("E9102", "ScalingConfig: { MaximumConcurrency: 5 }", "Enabled: true"),
    ("E9102", "VisibilityTimeout: 180", "VisibilityTimeout: 179"),
    ("E9103", "DeadLetterConfig: { Arn: !GetAtt ScheduleDeadLetters.Arn }", "State: ENABLED"),
    ("E9103", "OnFailure: { Type: SQS, Destination: !GetAtt ScheduleDeadLetters.Arn }", ""),
    ("E9104", "      Role: !GetAtt ApiRole.Arn\n", ""),
    ("E9104", "Role: !GetAtt ApiRole.Arn", "Role: !GetAtt PowerCheckRole.Arn"),
    ("E9201", "deadLetterTargetArn: !GetAtt DispatchDeadLetters.Arn", "deadLetterTargetArn: !GetAtt UrgentQueue.Arn"),
    ("E9201", "SqsManagedSseEnabled: true", "SqsManagedSseEnabled: false"),
    ("E9201", "MessageRetentionPeriod: 1209600", "MessageRetentionPeriod: 345600"),
    ("E9202", "Retain\n    Properties:\n      TableName", "Delete\n    Properties:\n      TableName"),
    ("E9202", "PointInTimeRecoveryEnabled: true", "PointInTimeRecoveryEnabled: false"),
    ("E9203", "DeletionPolicy: Retain", "DeletionPolicy: Delete"),
    ("E9203", "RestrictPublicBuckets: true", "RestrictPublicBuckets: false"),
    ("E9203", "BucketOwnerEnforced", "ObjectWriter"),
    ("E9301", "Action: sqs:SendMessage", "Action: sqs:*"),
    ("E9301", "/index/due", "/index/*"),
    ("E9301", "${PosterBucket.Arn}/*", "${PosterBucket.Arn}*"),
    ("E9301", "${PosterBucket.Arn}/*", "${PeopleTable.Arn}/*"),
    ("E9301", "ManagedPolicyArns: [!Ref ApiPolicy]", "ManagedPolicyArns: [arn:aws:iam::aws:policy/Anything]"),
]


with tempfile.TemporaryDirectory() as folder:
    broken = []
    for index, (rule, good, bad) in enumerate(BREAKAGES):
        if good not in TEMPLATE:
            sys.exit(f"{rule}: template.yaml no longer says {good!r}; bring self_test.py up to date")
        file = pathlib.Path(folder, f"{index}.yaml")
        file.write_text(TEMPLATE.replace(good, bad, 1))
        broken.append(str(file))
    command = ["cfn-lint", "--format", "parseable", "--append-rules", str(HERE / "rules"), "--", *broken]
    findings = subprocess.run(command, capture_output=True, text=True, check=False).stdout.splitlines()

silent = [
    f"{rule} lets {good!r} become {bad!r}"
    for file, (rule, good, bad) in zip(broken, BREAKAGES)
    if not any(line.startswith(f"{file}:") and f":{rule}:" in line for line in findings)
]
if silent:
    sys.exit("\n".join(silent))
