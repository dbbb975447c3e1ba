"""House rules for what a role may do: exact actions on exact resources."""

import re

from cfnlint.rules import CloudFormationLintRule, RuleMatch

# All objects of one thing of this template: the one wildcard there is no way around, for objects are not declared.
OBJECTS = re.compile(r"\$\{(\w+)\.Arn\}/\*")


def as_list(value):
    return value if isinstance(value, list) else [value]


def strings(value):
    """Every string inside an intrinsic function, e.g. the text of a Sub."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner)


class NoWildcards(CloudFormationLintRule):
    id = "E9301"
    shortdesc = "No wildcard in any policy"
    description = "Name the actions and the resources; managed policies are wildcards too. Objects of a bucket are fine."
    tags = ["house"]

    def match(self, cfn):
        buckets = cfn.get_resources("AWS::S3::Bucket")

        def is_wide(text):
            objects = OBJECTS.fullmatch(text)
            return "*" in text and not (objects and objects[1] in buckets)

        own = cfn.get_resources("AWS::IAM::ManagedPolicy")
        documents = [(name, policy["Properties"]["PolicyDocument"]) for name, policy in own.items()]
        for name, role in cfn.get_resources("AWS::IAM::Role").items():
            properties = role["Properties"]
            documents += [(name, policy["PolicyDocument"]) for policy in properties.get("Policies", [])]
            # What two roles may do alike is a policy of the template's own.
            if any(not isinstance(arn, dict) or arn.get("Ref") not in own for arn in properties.get("ManagedPolicyArns", [])):
                path = ["Resources", name, "Properties"]
                yield RuleMatch(path, f"{name} has managed policies, made for every resource of the account.")
        for name, document in documents:
            for statement in as_list(document["Statement"]):
                named = [*strings(statement.get("Action")), *strings(statement.get("Resource"))]
                wide = [text for text in named if is_wide(text)]
                if wide or "NotAction" in statement or "NotResource" in statement:
                    yield RuleMatch(["Resources", name, "Properties"], f"{name} may do more than it names: {wide or statement}")
