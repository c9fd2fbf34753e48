# Reads a web.config as nested lists: the name of an element, its attributes and its children.
import xml.etree.ElementTree

def read(snippet):
    return element(xml.etree.ElementTree.fromstring(snippet.encode()))

def element(node):
    return [node.tag, node.attrib, [element(child) for child in node]]
