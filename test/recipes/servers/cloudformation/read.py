import yaml


class Template(yaml.CSafeLoader):
    pass


# What a reference stands for is a string, too.
Template.add_constructor("!Ref", lambda loader, node: loader.construct_scalar(node))


def read(snippet):
    return yaml.load(snippet, Template)
