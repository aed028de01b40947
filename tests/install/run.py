#!/usr/bin/env python3
"""Installs a build and uses what is installed as others would: run.py BUILD_DIR SOURCE_DIR [TEST ...].

Prints the stripped size of the shared library and how long building within a parent project took.
"""

import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

from completions import complete

BUILD, SOURCE = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()
HERE = Path(__file__).resolve().parent
CALL = SOURCE / "examples/calls/freight-tracking.vtt"
CACHE = dict(re.findall(r"^([^#/][^:\n]*):[A-Z]+=(.*)$", (BUILD / "CMakeCache.txt").read_text(), re.M))
VERSION = CACHE["CMAKE_PROJECT_VERSION"]
SONAME = "libsaleschecklist.so." + VERSION.rpartition(".")[0]
LIBDIR = CACHE["CMAKE_INSTALL_LIBDIR"]
CC, CXX = CACHE["CMAKE_C_COMPILER"], CACHE["CMAKE_CXX_COMPILER"]
THIRD_PARTY = ("Cld2", "fmt", "OpenSSL", "Fontconfig", "Freetype", "Fribidi", "Haru", "Libzip", "Stemmer", "Utf8proc", "CURL",
               "FFmpeg")
EXPORTED = re.compile(r"(typeinfo (name )?for |vtable for )?saleschecklist::|scl_\w+$")


def run(*command, env=None, cwd=None):
    """The standard output of a command; fails with all that it said unless it ends well."""
    command = [str(word) for word in command]
    clean = {name: value for name, value in os.environ.items()
             if name not in ("LD_LIBRARY_PATH", "DESTDIR", "CMAKE_PREFIX_PATH", "PKG_CONFIG_PATH")}
    done = subprocess.run(command, cwd=cwd, env={**clean, **(env or {})}, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    if done.returncode != 0:
        raise AssertionError(f"{shlex.join(command)}\nended with {done.returncode}:\n"
                             f"{done.stdout[-4000:]}{done.stderr[-4000:]}")
    return done.stdout


def files_below(folder):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if not path.is_dir())


def expected_files():
    """What an installation holds: by the sources for headers and schemas, by name for the rest."""
    headers = ["include/saleschecklist/" + path.name for path in (SOURCE / "include/saleschecklist").iterdir()]
    schemas = ["share/saleschecklist/schemas/" + name for name in files_below(SOURCE / "schemas")
               if name.endswith(".json")]
    package = [f"{LIBDIR}/cmake/saleschecklist/" + name for name in (
        "saleschecklistConfig.cmake", "saleschecklistConfigVersion.cmake",
        *(f"saleschecklist-{kind}{config}.cmake" for kind in ("shared", "static")
          for config in ("", "-" + (CACHE["CMAKE_BUILD_TYPE"] or "noconfig").lower())),
        *(path.name for path in (SOURCE / "cmake").glob("Find*.cmake")))]
    libraries = [f"{LIBDIR}/" + name for name in (
        "libsaleschecklist.a", "libsaleschecklist.so", SONAME, "libsaleschecklist.so." + VERSION,
        "pkgconfig/saleschecklist.pc")]
    program = ["bin/saleschecklist", "share/man/man1/saleschecklist.1", "share/doc/saleschecklist/LICENSE",
               "share/bash-completion/completions/saleschecklist", "share/zsh/site-functions/_saleschecklist",
               "share/fish/vendor_completions.d/saleschecklist.fish"]
    return sorted(headers + schemas + package + libraries + program)


class Install(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = Path(tempfile.mkdtemp(prefix="saleschecklist-install-"))
        cls.addClassCleanup(shutil.rmtree, cls.folder)
        cls.prefix = cls.folder / "a prefix"
        run("cmake", "--install", BUILD, "--prefix", cls.prefix)
        cls.program = cls.prefix / "bin/saleschecklist"
        result = run(cls.program, "analyze", CALL, "--json", "-")
        cls.total = re.search(r'"total_score":\s*(\d+)', result).group(1)

    def setUp(self):
        self.work = Path(tempfile.mkdtemp(dir=self.folder))

    def configure(self, project, *options, prefix=None):
        """Configures one of the projects beside this file, with the compilers of the build."""
        run("cmake", "-S", HERE / project, "-B", self.work, "-G", CACHE["CMAKE_GENERATOR"],
            f"-DCMAKE_PREFIX_PATH={prefix or self.prefix}", f"-DCMAKE_C_COMPILER={CC}", f"-DCMAKE_CXX_COMPILER={CXX}",
            "-DCMAKE_FIND_USE_PACKAGE_REGISTRY=OFF", *options)

    def build(self):
        run("cmake", "--build", self.work, "--parallel", os.cpu_count())

    def consumer_prints(self, expected):
        self.assertEqual(run(self.work / "consumer", CALL).strip(), expected)

    def static_only(self):
        """A prefix as a package of the static library alone leaves it."""
        prefix = self.work / "static prefix"
        shutil.copytree(self.prefix, prefix, symlinks=True)
        for path in [*prefix.rglob("libsaleschecklist.so*"), *prefix.rglob("saleschecklist-shared*")]:
            path.unlink()
        return prefix

    def pkg_config(self, prefix, *options, alone=False):
        """The words that pkg-config prints; alone, without the packages of anything else."""
        where = "PKG_CONFIG_LIBDIR" if alone else "PKG_CONFIG_PATH"
        return shlex.split(run("pkg-config", *options, "saleschecklist",
                               env={where: str(prefix / LIBDIR / "pkgconfig")}))

    def test_an_installation_holds_these_files(self):
        self.assertEqual(files_below(self.prefix), expected_files())

    def test_no_installed_text_names_the_build_the_sources_or_the_prefix(self):
        for name in files_below(self.prefix):
            content = (self.prefix / name).read_bytes()
            if b"\0" in content:
                continue
            for path in (BUILD, SOURCE, self.prefix):
                self.assertNotIn(os.fsencode(path), content, f"{name} holds an absolute path")

    def test_the_shared_library_exports_the_c_api_and_the_marked_cpp_api_alone(self):
        library = self.prefix / LIBDIR / "libsaleschecklist.so"
        names = [line.split(maxsplit=2)[2] for line in run("nm", "-DC", "--defined-only", library).splitlines()]
        self.assertTrue(any(name.startswith("saleschecklist::analyze(") for name in names), names)
        self.assertEqual([name for name in names if not EXPORTED.match(name)], [])
        self.assertIn(f"[{SONAME}]", run("readelf", "-d", library))

    def test_the_program_runs_from_wherever_it_is(self):
        self.assertEqual(run(self.program, "--version").strip(), "saleschecklist " + VERSION)
        path = os.path.relpath(self.prefix / LIBDIR, self.prefix / "bin")
        self.assertIn(f"[$ORIGIN/{path}]", run("readelf", "-d", self.program))

    def test_destdir_and_strip_give_the_same_files(self):
        run("cmake", "--install", BUILD, "--prefix", "/usr", "--strip", env={"DESTDIR": str(self.work)})
        self.assertEqual(files_below(self.work / "usr"), expected_files())
        library = self.work / "usr" / LIBDIR / f"libsaleschecklist.so.{VERSION}"
        self.assertNotIn(".symtab", run("readelf", "-SW", library))
        print(f"{library.name}, stripped: {library.stat().st_size} bytes")
        self.assertEqual(run(self.work / "usr/bin/saleschecklist", "--version").strip(), "saleschecklist " + VERSION)

    def test_find_package_gives_the_shared_library_and_needs_no_other_package(self):
        self.configure("find_package", *(f"-DCMAKE_DISABLE_FIND_PACKAGE_{name}=ON" for name in THIRD_PARTY))
        self.build()
        self.consumer_prints(self.total)
        self.assertIn(f"[{SONAME}]", run("readelf", "-d", self.work / "consumer"))

    def test_find_package_works_after_the_prefix_was_moved(self):
        moved = self.folder / "moved"
        self.prefix.rename(moved)
        self.addCleanup(moved.rename, self.prefix)
        self.configure("find_package", prefix=moved)
        self.build()
        self.consumer_prints(self.total)
        self.assertEqual(run(moved / "bin/saleschecklist", "--version").strip(), "saleschecklist " + VERSION)

    def test_find_package_gives_the_static_library_when_asked(self):
        self.configure("static")
        self.build()
        self.consumer_prints(self.total)
        self.assertNotIn("libsaleschecklist", run("readelf", "-d", self.work / "consumer"))

    def test_find_package_gives_the_static_library_when_there_is_no_other(self):
        self.configure("find_package", prefix=self.static_only())
        self.build()
        self.consumer_prints(self.total)

    def test_find_package_names_what_the_static_library_lacks(self):
        with self.assertRaisesRegex(AssertionError, r"needs packages that were\s+not\s+found:\s+fmt,\s+Haru"):
            self.configure("static", "-DCMAKE_DISABLE_FIND_PACKAGE_fmt=ON", "-DCMAKE_DISABLE_FIND_PACKAGE_Haru=ON")

    def test_a_c_project_links_the_shared_library_without_cpp(self):
        self.configure("c")
        self.build()
        self.consumer_prints(self.total)

    def test_pkg_config_links_the_shared_library_and_needs_no_other_package(self):
        flags = self.pkg_config(self.prefix, "--cflags", "--libs", alone=True)
        consumer = self.work / "consumer"
        run(CXX, "-std=c++17", HERE / "consumer.cpp", "-o", consumer, *flags,
            f"-Wl,-rpath,{self.prefix / LIBDIR}")
        self.consumer_prints(self.total)
        run(CC, "-std=c11", HERE / "consumer.c", "-o", consumer, *flags, f"-Wl,-rpath,{self.prefix / LIBDIR}")
        self.consumer_prints(self.total)

    def test_pkg_config_names_all_that_the_static_library_needs(self):
        flags = self.pkg_config(self.static_only(), "--static", "--cflags", "--libs")
        consumer = self.work / "consumer"
        run(CXX, "-std=c++17", HERE / "consumer.cpp", "-o", consumer, *flags)
        self.consumer_prints(self.total)
        # Linked by the C compiler, which adds no C++ library of its own accord.
        run(CXX, "-std=c++17", "-c", HERE / "consumer.cpp", "-o", self.work / "consumer.o",
            *[flag for flag in flags if flag.startswith("-I")])
        run(CC, self.work / "consumer.o", "-o", consumer, *flags)
        self.consumer_prints(self.total)
        run(CC, "-std=c11", HERE / "consumer.c", "-o", consumer, *flags)
        self.consumer_prints(self.total)

    def test_a_parent_project_adds_the_sources_and_stays_as_it_was(self):
        start = time.monotonic()
        # Compiled as the build is, so that a compiler cache can help.
        self.configure("subproject", f"-DSALESCHECKLIST_SOURCE={SOURCE}", "-DSALESCHECKLIST_WERROR=ON",
                       f"-DCMAKE_BUILD_TYPE={CACHE['CMAKE_BUILD_TYPE']}")
        self.build()
        print(f"built within a parent project in {time.monotonic() - start:.0f} s")
        self.consumer_prints(self.total)

    def test_a_parent_project_that_fetches_the_sources_gets_the_kind_it_asks_for(self):
        self.configure("fetchcontent", f"-DSALESCHECKLIST_SOURCE={SOURCE}")

    @unittest.skipUnless(shutil.which("groff"), "groff is not installed")
    def test_the_man_page_is_formatted_without_a_warning(self):
        page = self.prefix / "share/man/man1/saleschecklist.1"
        done = subprocess.run(["groff", "-man", "-Tutf8", "-ww", page], capture_output=True, text=True, check=True)
        self.assertEqual(done.stderr, "")
        text = re.sub(r"\x1b\[\d*m|.\x08", "", done.stdout)
        for words in re.findall(r"^  (\w+) ", run(self.program, "--help").partition("Subcommands:")[2], re.M):
            self.assertIn(f"saleschecklist {words}", text)

    def completes(self, shell, script, *extra):
        for typed, completed in (("tran", "transcript "), ("checklist val", "checklist validate "),
                                 ("session over", "session override "),
                                 ("analyze freight-tracking.v", "analyze freight-tracking.vtt "),
                                 ("score --json freight-tracking.v", "score --json freight-tracking.vtt "),
                                 ("checklist validate freight-tracking.v", "checklist validate freight-tracking.vtt "),
                                 ("analyze --policy=freight-tracking.v", "analyze --policy=freight-tracking.vtt "),
                                 ("analyze --rep freight-tracking.v", "analyze --rep freight-tracking.v"), *extra):
            with self.subTest(typed):
                self.assertEqual(complete(shell, self.prefix / script, CALL.parent, "saleschecklist " + typed),
                                 "saleschecklist " + completed)

    @unittest.skipUnless(shutil.which("bash"), "bash is not installed")
    def test_bash_completes_commands_options_and_files(self):
        self.completes("bash", "share/bash-completion/completions/saleschecklist",
                       ("analyze --cust", "analyze --customer "),
                       ("session list --ow", "session list --owner "))

    @unittest.skipUnless(shutil.which("zsh"), "zsh is not installed")
    def test_zsh_completes_commands_options_and_files(self):
        self.completes("zsh", "share/zsh/site-functions/_saleschecklist",
                       ("analyze --cust", "analyze --customer="),
                       ("session list --ow", "session list --owner="))

    @unittest.skipUnless(shutil.which("fish"), "fish is not installed")
    def test_fish_completes_commands_and_options(self):
        script = self.prefix / "share/fish/vendor_completions.d/saleschecklist.fish"
        for typed, expected in (("saleschecklist tran", "transcript"), ("saleschecklist checklist val", "validate"),
                                ("saleschecklist analyze --cust", "--customer"),
                                ("saleschecklist analyze freight-tracking.v", "freight-tracking.vtt")):
            out = run("fish", "--no-config", "-c", 'source $argv[1]; complete -C "$argv[2]"', script, typed,
                      cwd=CALL.parent, env={"HOME": str(self.work)})
            self.assertEqual(out.split("\t")[0].strip(), expected)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], "-v", *sys.argv[3:]])
