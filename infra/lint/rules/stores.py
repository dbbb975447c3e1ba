"""House rules for what keeps things: queues, tables and buckets."""

from cfnlint.rules import CloudFormationLintRule, RuleMatch

DEFAULT_RETENTION_SECONDS = 345_600


class EveryQueueHasDeadLetters(CloudFormationLintRule):
    id = "E9201"
    shortdesc = "Every queue is encrypted and has a dead-letter queue that keeps longer"
    description = "A message's age goes on counting in the dead letters, so they must keep it longer."
    tags = ["house"]

    def match(self, cfn):
        queues = cfn.get_resources("AWS::SQS::Queue")
        for name, queue in queues.items():
            path, properties = ["Resources", name, "Properties"], queue["Properties"]
            if properties.get("SqsManagedSseEnabled") is not True and "KmsMasterKeyId" not in properties:
                yield RuleMatch(path, f"{name} is not encrypted. Set SqsManagedSseEnabled.")
            if name.endswith("DeadLetters"):
                continue
            target = properties.get("RedrivePolicy", {}).get("deadLetterTargetArn", {}).get("Fn::GetAtt", [None])[0]
            if target not in queues or not target.endswith("DeadLetters"):
                yield RuleMatch(path, f"{name} needs a RedrivePolicy to a queue named …DeadLetters.")
                continue
            keeps = properties.get("MessageRetentionPeriod", DEFAULT_RETENTION_SECONDS)
            if queues[target]["Properties"].get("MessageRetentionPeriod", DEFAULT_RETENTION_SECONDS) <= keeps:
                yield RuleMatch(path, f"{target} must keep messages longer than {name}, which keeps them {keeps} s.")


class EveryTableSurvives(CloudFormationLintRule):
    id = "E9202"
    shortdesc = "Every table is on demand, can be restored, and outlives the stack"
    description = "PAY_PER_REQUEST, point-in-time recovery, DeletionPolicy and UpdateReplacePolicy Retain."
    tags = ["house"]

    def match(self, cfn):
        for name, table in cfn.get_resources("AWS::DynamoDB::Table").items():
            properties = table["Properties"]
            kept = table.get("DeletionPolicy") == table.get("UpdateReplacePolicy") == "Retain"
            restorable = properties.get("PointInTimeRecoverySpecification", {}).get("PointInTimeRecoveryEnabled")
            if not kept or restorable is not True or properties.get("BillingMode") != "PAY_PER_REQUEST":
                yield RuleMatch(["Resources", name], f"{name}: {self.description}")


class EveryBucketIsPrivateAndSurvives(CloudFormationLintRule):
    id = "E9203"
    shortdesc = "Every bucket is private, encrypted, and outlives the stack"
    description = "Public access blocked, BucketOwnerEnforced, encryption, DeletionPolicy and UpdateReplacePolicy Retain."
    tags = ["house"]

    def match(self, cfn):
        blocks = ("BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls", "RestrictPublicBuckets")
        for name, bucket in cfn.get_resources("AWS::S3::Bucket").items():
            properties = bucket.get("Properties", {})
            blocked = properties.get("PublicAccessBlockConfiguration", {})
            private = all(blocked.get(block) is True for block in blocks)
            owned = properties.get("OwnershipControls") == {"Rules": [{"ObjectOwnership": "BucketOwnerEnforced"}]}
            kept = bucket.get("DeletionPolicy") == bucket.get("UpdateReplacePolicy") == "Retain"
            if not (private and owned and kept and "BucketEncryption" in properties):
                yield RuleMatch(["Resources", name], f"{name}: {self.description}")
