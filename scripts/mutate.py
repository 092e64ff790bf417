#!/usr/bin/env python3
"""Mutation testing: changes one line of src/ at a time, and sees whether a test fails.

  scripts/mutate.py [--count N] [--seed N] [--only GLOB] [--jobs N] [--least PERCENT] [--list]

Works on copies of the tree in build/mutation, a copy a job; yours is only read. Lines are drawn by the seed, each with
one of its mutants; one that does not compile, or compiles to the same programs, makes room for the next. For each, the
unit tests of its folder run first, then the others, then the checks of tests/numpy, tests/cli and tests/faults, up to
the first failure; one that twice takes ten times as long as without a mutant has failed. Results are kept in
build/mutation/results.jsonl: started again, it goes on from there, and tries again only what lived, if the tests have
changed since.
Prints a line a mutant, then the rate. Exits with 1 where it is below --least.
"""
import argparse
import concurrent.futures
import hashlib
import json
import os
import pathlib
import queue
import re
import shutil
import signal
import subprocess
import sys
import threading
import time

sys.dont_write_bytecode = True  # the tree is only read

from mutation.mutants import drawn_mutants  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parent.parent
HOME = ROOT / "build" / "mutation"
UNIT_TESTS = sorted({test.relative_to(ROOT / "tests").parts[0] + "_test" for test in ROOT.glob("tests/**/*_test.cc")})
NOT_OF_PROGRAM = {"tests/cli/commits_test.sh", "tests/cli/get_fashion_mnist_test.sh", "tests/cli/get_mnist_test.sh",
                  "tests/cli/layering_test.sh"}
SCRIPTS = ["tests/numpy/compare_test.py", "tests/cli/*_test.sh", "tests/faults/*_test.sh"]
PYTHON = "/usr/bin/python3"  # where Debian's numpy is
SKIPPED = 77
RUNNING = set()  # processes, to be killed with this one
WRITING = threading.Lock()


def files_of_tree():
    listed = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, check=True, capture_output=True)
    return [name for name in listed.stdout.decode().splitlines() if (ROOT / name).is_file()]


def digest(names):
    whole = hashlib.sha256()
    for name in names:
        whole.update(name.encode() + b"\0" + (ROOT / name).read_bytes())
    return whole.hexdigest()[:16]


def kill(process):
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass


def run(command, seconds, directory, scratch):
    """Exit code (None: took too long) and what it printed. Neither memory nor disk is given without end."""
    scratch.mkdir(parents=True, exist_ok=True)
    environment = dict(os.environ, TMPDIR=str(scratch), TEST_TMPDIR=f"{scratch}/",
                       GIT_CEILING_DIRECTORIES=str(HOME))
    # A shell's background jobs ignore Ctrl-C, and so would the program that is tested.
    limited = ["env", "--default-signal=INT,HUP", "bash", "-c", 'ulimit -v 16000000 -f 4000000 -c 0; exec "$@"', "bash",
               *map(str, command)]
    with subprocess.Popen(limited, cwd=directory, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, start_new_session=True) as process:
        RUNNING.add(process)
        try:
            printed, _ = process.communicate(timeout=seconds)
            code = process.returncode
        except subprocess.TimeoutExpired:
            code, printed = None, b""
        kill(process)  # and what it started and left
        RUNNING.discard(process)
    shutil.rmtree(scratch, ignore_errors=True)
    return code, printed.decode(errors="replace")


class Worker:
    """A copy of the tree with its build."""

    def __init__(self, number, names):
        self.tree, self.build, self.scratch = (HOME / str(number) / part for part in ("tree", "build", "scratch"))
        wanted = set(names)
        for old in [path for path in self.tree.rglob("*") if path.is_file()]:
            if old.relative_to(self.tree).as_posix() not in wanted:
                old.unlink()
        for name in names:
            copy, contents = self.tree / name, (ROOT / name).read_bytes()
            if name == "CMakeLists.txt":
                contents = contents.replace(b" -Werror", b"")  # an unused variable is no mutant's end
            if not copy.is_file() or copy.read_bytes() != contents:
                copy.parent.mkdir(parents=True, exist_ok=True)
                copy.write_bytes(contents)
                shutil.copymode(ROOT / name, copy)

    def prepare(self):
        """Builds the tree as it is."""
        options = ["-DCMAKE_BUILD_TYPE=Release",
                   "-DCMAKE_GTEST_DISCOVER_TESTS_DISCOVERY_MODE=PRE_TEST"]
        if shutil.which("ccache"):
            options.append("-DCMAKE_CXX_COMPILER_LAUNCHER=ccache")
        whole = [str(os.cpu_count()) if part == "1" else part for part in self.building()]
        for command in (["cmake", "-S", self.tree, "-B", self.build, "-G", "Ninja", *options], whole):
            code, printed = run(command, None, ROOT, self.scratch)
            if code != 0:
                sys.exit(f"mutate: the tree without a mutant does not build:\n{printed[-3000:]}")
        self.plain = {program: self.hash_of(program) for program in UNIT_TESTS + ["bnrun"]}

    def building(self, *targets):
        return ["cmake", "--build", self.build, "--parallel", "1", "--target", *(targets or UNIT_TESTS + ["bnrun"])]

    def path_of(self, program):
        return self.build / program if program == "bnrun" else next(self.build.glob(f"tests/**/{program}"))

    def hash_of(self, program):
        return hashlib.sha256(self.path_of(program).read_bytes()).hexdigest()

    def run_test(self, test, seconds):
        if test in UNIT_TESTS:
            return run([self.path_of(test), "--gtest_fail_fast"], seconds, self.tree, self.scratch)
        interpreter = PYTHON if test.endswith(".py") else "bash"
        return run([interpreter, test, self.path_of("bnrun")], seconds, self.tree, self.scratch)

    def try_mutant(self, mutant, times):
        """What became of it: killed, lives, same (the programs), or broken (does not compile)."""
        path = self.tree / mutant["file"]
        text = path.read_text()
        lines = text.split("\n")
        lines[mutant["line"] - 1] = mutant["new"]
        path.write_text("\n".join(lines))
        try:
            own = mutant["file"].split("/")[1] + "_test"
            changed = {}
            for test in sorted(times, key=lambda test: (test != own, test not in UNIT_TESTS, times[test])):
                program = test if test in UNIT_TESTS else "bnrun"
                if program not in changed:
                    if run(self.building(program), 900, ROOT, self.scratch)[0] != 0:
                        return "broken", ""
                    changed[program] = self.hash_of(program) != self.plain[program]
                if not changed[program]:
                    continue
                for _ in range(2):  # what was too slow may have stood still with the machine
                    code, printed = self.run_test(test, 10 * times[test] + 30)
                    if code is not None:
                        break
                if code not in (0, SKIPPED):
                    failed = re.findall(r"\[  FAILED  \] ([^\s,]+)", printed)[:1]
                    crashed = re.findall(r"\[ RUN      \] (\S+)", printed)[-1:]
                    return "killed", " ".join([test, *(failed or crashed)]) + (" (too slow)" if code is None else "")
            return ("lives" if any(changed.values()) else "same"), ""
        finally:
            path.write_text(text)


def times_without_mutant(worker, tree):
    """Seconds of each test that passes; kept, as it takes minutes."""
    kept = HOME / "times.json"
    if kept.is_file() and (known := json.loads(kept.read_text()))["tree"] == tree:
        return known["times"]
    times = {}
    scripts = [path.relative_to(ROOT).as_posix() for pattern in SCRIPTS for path in sorted(ROOT.glob(pattern))]
    for test in UNIT_TESTS + [script for script in scripts if script not in NOT_OF_PROGRAM]:
        start = time.monotonic()
        code, printed = worker.run_test(test, 3600)
        if code not in (0, SKIPPED):
            sys.exit(f"mutate: {test} fails without a mutant:\n{printed[-3000:]}")
        if code == 0:
            times[test] = round(time.monotonic() - start, 2)
    kept.write_text(json.dumps({"tree": tree, "times": times}))
    return times


def known_results(sources, tree):
    """What is still true: an end stays one whatever tests come, life only while there are no other tests."""
    path = HOME / "results.jsonl"
    results = [json.loads(line) for line in path.read_text().splitlines()] if path.is_file() else []
    return {(r["file"], r["line"], r["new"]): r for r in results
            if r["sources"] == sources and (r["tree"] == tree or r["end"] != "lives")}


def report(result):
    ends = {"killed": "killed by " + result["test"], "lives": "LIVES"}
    if result["end"] in ends:
        print(f"{result['file']}:{result['line']}: {result['what']} | {ends[result['end']]}", flush=True)


def run_mutants(mutants, count, jobs):
    names = files_of_tree()
    sources, tree = digest([name for name in names if name.startswith("src/")]), digest(names)
    known = known_results(sources, tree)
    workers = queue.SimpleQueue()
    copies = [Worker(number, names) for number in range(1, jobs + 1)]
    for worker in copies:
        worker.prepare()
        workers.put(worker)
    times = times_without_mutant(copies[0], tree)

    def work(mutant):
        if found := known.get((mutant["file"], mutant["line"], mutant["new"])):
            return found
        worker = workers.get()
        start = time.monotonic()
        end, test = worker.try_mutant(mutant, times)
        workers.put(worker)
        seconds = round(time.monotonic() - start, 1)
        result = dict(mutant, end=end, test=test, seconds=seconds, sources=sources, tree=tree)
        with WRITING, open(HOME / "results.jsonl", "a") as file:
            file.write(json.dumps(result) + "\n")
        return result

    counted, running = [], set()
    pool = concurrent.futures.ThreadPoolExecutor(jobs)
    while len(counted) < count:
        while mutants and len(running) < min(jobs, count - len(counted)):
            running.add(pool.submit(work, mutants.pop(0)))
        if not running:
            break
        ended, running = concurrent.futures.wait(running, return_when=concurrent.futures.FIRST_COMPLETED)
        for result in [each.result() for each in ended]:
            report(result)
            counted += [result] if result["end"] in ("killed", "lives") else []
    return counted


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=100, help="mutants to try (100)")
    parser.add_argument("--seed", type=int, default=1, help="draws them (1)")
    parser.add_argument("--only", help="files to change, such as 'src/nn/*'")
    parser.add_argument("--jobs", type=int, default=len(os.sched_getaffinity(0)), help="mutants at a time (one a core)")
    parser.add_argument("--least", type=float, default=90, help="percent that tests must kill (90)")
    parser.add_argument("--list", action="store_true", help="print the mutants to try first, and do nothing")
    options = parser.parse_args()
    mutants = drawn_mutants(ROOT, options.seed, options.only)
    if options.list:
        for mutant in mutants[:options.count]:
            print(f"{mutant['file']}:{mutant['line']}: {mutant['what']}")
        return 0
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        counted = run_mutants(mutants, options.count, options.jobs)
    except KeyboardInterrupt:
        WRITING.acquire()  # for good: a test that is killed here has not failed
        for process in list(RUNNING):
            kill(process)
        print("mutate: interrupted; the same command goes on", file=sys.stderr, flush=True)
        os._exit(130)
    killed = sum(result["end"] == "killed" for result in counted)
    if not counted:
        sys.exit("mutate: no mutant compiles")
    rate = 100 * killed / len(counted)
    print(f"{killed} of {len(counted)} mutants were killed: {rate:.0f} %, expected at least {options.least:g} %")
    return 0 if 100 * killed >= options.least * len(counted) else 1


if __name__ == "__main__":
    sys.exit(main())
