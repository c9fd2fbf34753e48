# Reads a snippet of YAML. A key that stands twice is an error.
import yaml

class Loader(yaml.SafeLoader):
    def construct_mapping(self, node, deep=False):
        keys = [key.value for key, _ in node.value]
        if len(set(keys)) < len(keys):
            raise ValueError(f"A key stands twice: {keys}")
        return super().construct_mapping(node, deep)

def read(snippet):
    return yaml.load(snippet, Loader)
