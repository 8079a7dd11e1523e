"""Runs the AWS CLI for each line of JSON on stdin: its words, in an environment and a folder, with what it says in two files.

When one has ended, a line on stdout has its number and its status. The interpreter is forked behind its imports, which take
nine tenths of a run.
"""

import json
import os
import sys
import traceback

given = dict(os.environ)
import awscli.clidriver
import awscli.handlers

try:
    import distro

    # The AWS CLI says it to the services, and asks ten processes for it in each run that does not know it yet.
    distro.version()
    distro.id()
except ImportError:
    pass

# The way to its own files, for one.
made = {name: value for name, value in os.environ.items() if given.get(name) != value}
reports = os.dup(1)


def run(job):
    """Becomes the AWS CLI, as if it had just been started, and returns its status."""
    os.chdir(job['cwd'])
    os.environ.clear()
    os.environ.update({**job['env'], **made})
    sys.stdin = open(os.devnull)
    os.dup2(sys.stdin.fileno(), 0)
    for number, name in ((1, 'stdout'), (2, 'stderr')):
        file = os.open(job[name], os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        os.dup2(file, number)
        os.close(file)
    sys.argv = ['aws', *job['words']]
    try:
        return awscli.clidriver.main()
    except SystemExit as end:
        return end.code
    except BaseException:
        traceback.print_exc()
        return 1
    finally:
        sys.stdout.flush()
        sys.stderr.flush()


def watch(job):
    """Waits for a run, however it ends, and reports it."""
    child = os.fork()
    if child == 0:
        os.close(reports)
        os._exit(run(job) or 0)
    _, status = os.waitpid(child, 0)
    os.write(reports, f'{job["number"]} {os.waitstatus_to_exitcode(status)}\n'.encode())
    os._exit(0)


watchers = set()
for line in sys.stdin:
    watcher = os.fork()
    if watcher == 0:
        watch(json.loads(line))
    watchers.add(watcher)
    watchers = {each for each in watchers if os.waitpid(each, os.WNOHANG) == (0, 0)}
