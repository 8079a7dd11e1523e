"""Runs the AWS CLI, argv[3:], once in each environment of the JSON list in argv[1], and writes what each says to argv[2].

Its interpreter is forked behind its imports, which take most of a run.
"""

import json
import os
import sys
import tempfile

import awscli.clidriver

words = sys.argv[3:]
with open(sys.argv[1]) as file:
    environments = json.load(file)
base = dict(os.environ)
reports = [None] * len(environments)
running = {}


def start(index):
    output = tempfile.TemporaryFile()
    child = os.fork()
    if child:
        running[child] = (index, output)
        return
    os.dup2(output.fileno(), 1)
    os.dup2(output.fileno(), 2)
    os.environ.clear()
    os.environ.update({**base, **environments[index]})
    sys.argv = ['aws', *words]
    status = awscli.clidriver.main()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)


def finish():
    child, _ = os.wait()
    index, output = running.pop(child)
    output.seek(0)
    reports[index] = output.read().decode().strip()


for index in range(len(environments)):
    if len(running) == 3:
        finish()
    start(index)
while running:
    finish()
with open(sys.argv[2], 'w') as file:
    json.dump(reports, file)
