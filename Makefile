# SPDX-License-Identifier: Apache-2.0
# mod_linode_oauth. `make help` lists what there is to make.

APXS       ?= $(firstword $(shell command -v apxs2 apxs 2>/dev/null))
HTTPD      ?= $(firstword $(shell command -v apache2 /usr/sbin/apache2 httpd 2>/dev/null))
PKG_CONFIG ?= pkg-config
PYTHON     ?= /usr/bin/python3
SAN        ?=
STATE_DIR  ?= /var/lib/apache2/linode-oauth
DESTDIR    ?=

comma := ,
BUILD := build$(if $(SAN),/san-$(subst $(comma),-,$(SAN)))
MODULE := $(BUILD)/mod_linode_oauth.so

# What a Debian machine needs: to build, and besides that to test.
BUILD_PACKAGES := gcc make pkg-config apache2-dev libcurl4-openssl-dev libjansson-dev \
                  libssl-dev zlib1g-dev
DEMO_PACKAGES  := apache2 python3 python3-aiohttp
TEST_PACKAGES  := check curl openssl procps python3-pytest python3-pytest-xdist \
                  python3-requests python3-jinja2 python3-hypothesis python3-selenium \
                  chromium chromium-driver \
                  python3-cryptography libaprutil1-dbd-sqlite3 libaprutil1-dbd-pgsql postgresql

# ---------------------------------------------------------------- flags

WARNINGS  := -Wall -Wextra -Wshadow -Wconversion -Werror
HARDENING := -D_FORTIFY_SOURCE=2 -fstack-protector-strong
LIBS      := libcurl jansson libssl libcrypto zlib
system     = $(subst -I,-isystem ,$(1))

APR_CFLAGS   = $(call system,$(shell $(PKG_CONFIG) --cflags apr-1 apr-util-1 2>/dev/null))
LIB_CFLAGS   = $(call system,$(shell $(PKG_CONFIG) --cflags $(LIBS) 2>/dev/null))
HTTPD_CFLAGS = -isystem $(shell $(APXS) -q INCLUDEDIR 2>/dev/null)
LIB_LDLIBS   = $(shell $(PKG_CONFIG) --libs $(LIBS) 2>/dev/null)
APR_LDLIBS   = $(shell $(PKG_CONFIG) --libs apr-util-1 apr-1 2>/dev/null)

OPTIMIZE ?= -O2
CFLAGS   ?= $(OPTIMIZE) -g
override CFLAGS += -std=gnu11 -fPIC -fvisibility=hidden -pthread $(WARNINGS)
ifeq ($(SAN),)
override CFLAGS += $(HARDENING)
else
# Without stddef.h APR's own offsetof reaches through a null pointer, in each macro of its rings.
SAN_FLAGS := -fsanitize=$(SAN) -fno-omit-frame-pointer -fno-sanitize-recover=undefined \
             -include stddef.h
override CFLAGS += $(SAN_FLAGS)
endif
LDFLAGS += -Wl,-z,relro,-z,now $(SAN_FLAGS)
CPPFLAGS += -Isrc -I$(BUILD) -DLINODE_OAUTH_STATE_DIR='"$(STATE_DIR)"'

# ---------------------------------------------------------------- sources

# These rooms are compiled without httpd's headers and tested without httpd.
TEMPLATE_SOURCES := $(wildcard src/template/*.c)
CORE_SOURCES     := $(wildcard src/support/*.c src/linode/*.c) $(TEMPLATE_SOURCES)
HTTPD_SOURCES    := mod_linode_oauth.c $(wildcard src/*.c src/web/*.c)
UNIT_SOURCES     := $(wildcard t/unit/test_*.c)
PAGES            := $(sort $(wildcard templates/*.html templates/*.svg templates/assets/*))

object  = $(patsubst %.c,$(BUILD)/obj/%.o,$(1))
CORE_OBJECTS     := $(call object,$(CORE_SOURCES))
TEMPLATE_OBJECTS := $(call object,$(TEMPLATE_SOURCES))
HTTPD_OBJECTS    := $(call object,$(HTTPD_SOURCES)) $(BUILD)/obj/embedded.o
UNIT_PROGRAMS    := $(patsubst t/unit/%.c,$(BUILD)/unit/%,$(UNIT_SOURCES))
TOOLS            := $(BUILD)/template-render $(BUILD)/directive-reference

# Programs under AddressSanitizer or valgrind get pools that it can look into.
POOL_OBJECT := $(BUILD)/obj/t/sanitizer/pool.o
POOL_PRELOAD := $(BUILD)/pool.so
SAN_OBJECTS := $(if $(findstring address,$(SAN)),$(POOL_OBJECT))

.PHONY: all module tools check test valgrind fuzz fuzz-replay fuzz-programs bench property soak demo deps install lint \
        lint-files format format-check clean help
.DELETE_ON_ERROR:

all: module tools

module: $(MODULE)
tools: $(TOOLS)

# ---------------------------------------------------------------- build

ifeq ($(filter clean help deps demo test bench format lint valgrind fuzz fuzz-replay,$(or $(MAKECMDGOALS),all)),)
ifneq ($(shell $(PKG_CONFIG) --exists apr-1 apr-util-1 $(LIBS) 2>/dev/null && test -n "$(APXS)" && echo found),found)
$(error Something to build with is missing. On Debian: apt-get install $(BUILD_PACKAGES))
endif
endif

$(MODULE): $(CORE_OBJECTS) $(HTTPD_OBJECTS)
	$(CC) -shared $(LDFLAGS) -o $@ $^ $(LIB_LDLIBS) -lm

$(CORE_OBJECTS): $(BUILD)/obj/%.o: %.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(APR_CFLAGS) $(LIB_CFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<

$(filter-out $(CORE_OBJECTS) $(BUILD)/obj/embedded.o,$(HTTPD_OBJECTS)): $(BUILD)/obj/%.o: %.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(HTTPD_CFLAGS) $(APR_CFLAGS) $(LIB_CFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<

$(BUILD)/obj/embedded.o: $(BUILD)/embedded.c
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS) -c -o $@ $<

# The pages and their assets, as one C file inside the module.
$(BUILD)/embed: src/tool/embed.c $(BUILD)/flags
	$(CC) $(CPPFLAGS) $(CFLAGS) $(SAN_FLAGS) -o $@ $<

$(BUILD)/embedded.c: $(BUILD)/embed $(PAGES)
	$(BUILD)/embed $(PAGES) > $@

$(BUILD)/core.a: $(CORE_OBJECTS)
	rm -f $@ && $(AR) rcs $@ $^

$(BUILD)/template-render: src/tool/template_render.c $(TEMPLATE_OBJECTS) $(SAN_OBJECTS)
	$(CC) $(CPPFLAGS) $(APR_CFLAGS) $(LIB_CFLAGS) $(CFLAGS) $(LDFLAGS) -MMD -MP -MF $@.d -o $@ \
	    $< $(TEMPLATE_OBJECTS) $(SAN_OBJECTS) $(APR_LDLIBS) -ljansson -lm

$(BUILD)/directive-reference: src/tool/directive_reference.c src/directives.def src/directive.h $(BUILD)/flags
	$(CC) $(CPPFLAGS) $(HTTPD_CFLAGS) $(APR_CFLAGS) $(LIB_CFLAGS) $(CFLAGS) $(LDFLAGS) -o $@ $<

# Rebuilds what was compiled with other flags.
$(BUILD)/flags: FORCE
	@mkdir -p $(BUILD)
	@echo '$(CC) $(CPPFLAGS) $(CFLAGS)' | cmp -s - $@ || echo '$(CC) $(CPPFLAGS) $(CFLAGS)' > $@
FORCE:

# ---------------------------------------------------------------- tests

PARALLEL = $(if $(findstring jobserver,$(MAKEFLAGS)),,-j$(shell nproc))

$(POOL_OBJECT): t/sanitizer/pool.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(APR_CFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<

# httpd is not linked with the sanitizers that the module needs, so the harness preloads them; gcc's,
# as clang's are not made for that.
SAN_RUNTIMES := $(patsubst address,asan,$(patsubst undefined,ubsan,$(subst $(comma), ,$(SAN))))
SAN_PRELOAD   = $(foreach name,$(SAN_RUNTIMES),$(shell $(CC) -print-file-name=lib$(name).so)) \
                $(abspath $(if $(SAN_OBJECTS),$(POOL_PRELOAD)))

$(POOL_PRELOAD): $(POOL_OBJECT) $(BUILD)/flags
	$(CC) -shared $(LDFLAGS) -o $@ $<

$(BUILD)/unit/%: t/unit/%.c $(BUILD)/core.a $(SAN_OBJECTS)
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(APR_CFLAGS) $(LIB_CFLAGS) $(CFLAGS) $(LDFLAGS) -MMD -MP -MF $@.d -o $@ \
	    $< $(BUILD)/core.a $(SAN_OBJECTS) $(APR_LDLIBS) $(LIB_LDLIBS) \
	    $(shell $(PKG_CONFIG) --libs check) -lm

# Most of an end-to-end test is waiting: two files are played at a time, each in its order.
PYTEST := $(PYTHON) -m pytest -q -p no:cacheprovider -n 2 --dist loadfile

## check: unit tests only, in seconds
check: $(UNIT_PROGRAMS)
	@t/unit/run $(UNIT_PROGRAMS)

## test: installs what is missing, then unit, fuzz-replay, end-to-end and browser tests (SAN=address,undefined)
test: deps
	@$(MAKE) --no-print-directory $(PARALLEL) all $(UNIT_PROGRAMS) $(BENCH_PROGRAMS) \
	    $(if $(SAN_OBJECTS),$(POOL_PRELOAD))
	@$(MAKE) --no-print-directory check
	@$(MAKE) --no-print-directory fuzz-replay
	MODULE=$(abspath $(MODULE)) HTTPD=$(HTTPD) BUILD=$(abspath $(BUILD)) \
	    $(if $(SAN),HTTPD_PRELOAD='$(strip $(SAN_PRELOAD))') \
	    $(PYTEST) t $(PYTEST_ARGS)

## valgrind: the unit tests under valgrind: no error, nothing leaked
valgrind: export PACKAGES = $(BUILD_PACKAGES) check valgrind
valgrind:
	@t/install-packages
	@$(MAKE) -s --no-print-directory $(PARALLEL) $(UNIT_PROGRAMS) $(POOL_PRELOAD)
	@RUNNER="t/unit/valgrind $(abspath $(POOL_PRELOAD))" t/unit/run $(UNIT_PROGRAMS)

# ---------------------------------------------------------------- fuzzing

FUZZ_PACKAGES := clang libclang-rt-dev
TEST_PACKAGES += $(FUZZ_PACKAGES)

# One program for each t/fuzz/fuzz_NAME.c, by clang and libFuzzer, in a build directory of its own.
FUZZ         ?= $(patsubst t/fuzz/fuzz_%.c,%,$(sort $(wildcard t/fuzz/fuzz_*.c)))
FUZZ_SECONDS ?= 600
FUZZ_BUILD   := build/fuzz
FUZZ_MAKE     = $(MAKE) -s --no-print-directory $(PARALLEL) CC=clang OPTIMIZE=-O1 BUILD=$(FUZZ_BUILD) \
                SAN=fuzzer-no-link,address,undefined FUZZ='$(FUZZ)' fuzz-programs

fuzz-programs: $(FUZZ:%=$(BUILD)/fuzz_%)

$(BUILD)/fuzz_%: t/fuzz/fuzz_%.c $(BUILD)/core.a $(SAN_OBJECTS)
	$(CC) $(CPPFLAGS) $(APR_CFLAGS) $(LIB_CFLAGS) $(CFLAGS) -fsanitize=fuzzer $(LDFLAGS) -MMD -MP \
	    -MF $@.d -o $@ $< $(BUILD)/core.a $(SAN_OBJECTS) $(APR_LDLIBS) $(LIB_LDLIBS) -lm

## fuzz: every fuzz target for FUZZ_SECONDS (600); FUZZ=name for one of them
fuzz: export PACKAGES = $(BUILD_PACKAGES) $(FUZZ_PACKAGES)
fuzz:
	@t/install-packages
	@$(FUZZ_MAKE)
	@t/fuzz/run $(FUZZ_BUILD) $(FUZZ_SECONDS) $(FUZZ)

## fuzz-replay: the same for a moment each: the corpus, and a few thousand new inputs
fuzz-replay: export PACKAGES = $(BUILD_PACKAGES) $(FUZZ_PACKAGES)
fuzz-replay:
	@t/install-packages
	@$(FUZZ_MAKE)
	@t/fuzz/run $(FUZZ_BUILD) 2 $(FUZZ)

# ---------------------------------------------------------------- figures

BENCH_PACKAGES := valgrind
TEST_PACKAGES  += $(BENCH_PACKAGES)
BENCH_PROGRAMS := $(patsubst t/bench/%.c,$(BUILD)/bench/%,$(wildcard t/bench/*.c))
BENCH          ?= long

$(BUILD)/bench/render_page: t/bench/render_page.c $(TEMPLATE_OBJECTS) $(SAN_OBJECTS)
$(filter-out %/render_page,$(BENCH_PROGRAMS)): $(BUILD)/bench/%: t/bench/%.c
$(BENCH_PROGRAMS):
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(APR_CFLAGS) $(LIB_CFLAGS) $(CFLAGS) $(LDFLAGS) -MMD -MP -MF $@.d -o $@ \
	    $(filter %.c %.o,$^) $(APR_LDLIBS) $(LIB_LDLIBS) -lm

## bench: how fast, beside httpd's own files and redirects and Python's Jinja2 (BENCH=short: a moment of it)
bench: export PACKAGES = $(BUILD_PACKAGES) $(DEMO_PACKAGES) $(TEST_PACKAGES)
bench:
	@t/install-packages
	@$(MAKE) -s --no-print-directory $(PARALLEL) all $(BENCH_PROGRAMS)
	@status=0; for script in $(if $(filter long,$(BENCH)),render_page) figures; do \
	    BENCH=$(BENCH) MODULE=$(abspath $(MODULE)) HTTPD=$(HTTPD) BUILD=$(abspath $(BUILD)) \
	        $(PYTHON) t/bench/$$script.py || status=1; \
	done; exit $$status

FLOWS ?= 10000
SECONDS ?= 600

## property: random schedules of visitors, faults and kills until FLOWS (10000) flows were made; SEED=n repeats
property: all
	@MODULE=$(abspath $(MODULE)) HTTPD=$(HTTPD) BUILD=$(abspath $(BUILD)) \
	    $(PYTHON) t/property/long.py $(FLOWS) $(SEED)

## soak: a mixed load for SECONDS (600), and how memory, descriptors and threads grow (GRACEFUL=30: restarts)
soak: all
	@MODULE=$(abspath $(MODULE)) HTTPD=$(HTTPD) BUILD=$(abspath $(BUILD)) \
	    $(PYTHON) t/property/soak.py $(SECONDS) $(if $(GRACEFUL),--graceful $(GRACEFUL))

## demo: the module and a sandbox Linode on http://localhost:5000/ (CLIENT_ID= CLIENT_SECRET= STACKSCRIPT_ID= for the real one)
demo: export PACKAGES = $(BUILD_PACKAGES) $(DEMO_PACKAGES)
demo:
	@t/install-packages
	@$(MAKE) --no-print-directory module
	@MODULE=$(abspath $(MODULE)) PYTHON=$(PYTHON) CLIENT_ID='$(CLIENT_ID)' \
	    CLIENT_SECRET='$(CLIENT_SECRET)' STACKSCRIPT_ID='$(STACKSCRIPT_ID)' conf/demo/run

## deps: installs the Debian packages that building and testing need
deps: export PACKAGES = $(BUILD_PACKAGES) $(DEMO_PACKAGES) $(TEST_PACKAGES)
deps:
	@t/install-packages

# ---------------------------------------------------------------- the rest

## install: the module through apxs, and its configuration for a2enmod
# What somebody may have written into the file that is there is his.
install: MODS_AVAILABLE = $(DESTDIR)$(shell $(APXS) -q SYSCONFDIR)/mods-available
install: module
	install -d $(DESTDIR)$(shell $(APXS) -q LIBEXECDIR)
	$(APXS) $(if $(DESTDIR),-S LIBEXECDIR=$(DESTDIR)$(shell $(APXS) -q LIBEXECDIR)) -i -n linode_oauth $(MODULE)
	install -d $(MODS_AVAILABLE)
	install -m 644 conf/linode_oauth.load $(MODS_AVAILABLE)/
	@if [ -e $(MODS_AVAILABLE)/linode_oauth.conf ] && \
	    ! cmp -s conf/linode-oauth.conf $(MODS_AVAILABLE)/linode_oauth.conf; then \
	    install -m 644 conf/linode-oauth.conf $(MODS_AVAILABLE)/linode_oauth.conf.new; \
	    echo "$(MODS_AVAILABLE)/linode_oauth.conf is left as it is; this version's is beside it, .new"; \
	else \
	    install -m 644 conf/linode-oauth.conf $(MODS_AVAILABLE)/linode_oauth.conf; \
	fi

FORMATTED := $(shell git ls-files '*.c' '*.h' 2>/dev/null)

## format: clang-format over every source
format:
	clang-format -i $(FORMATTED)

format-check:
	clang-format --dry-run -Werror $(FORMATTED)

# What cppcheck 2.10 gets wrong: an error made from a local is taken for the local itself; a length
# that was just found above zero for one that may be below; a struct that is read when there was no
# problem in filling it for one that was never filled.
CPPCHECK_WRONG := --suppress=returnDanglingLifetime:src/template/* --suppress=autoVariables:src/template/* \
                  --suppress=invalidFunctionArg:src/template/output.c \
                  --suppress=uninitStructMember:src/web/deploy.c

LINT_PACKAGES := clang clang-format clang-tidy cppcheck
LINT := build/lint
LINTED := $(CORE_SOURCES) $(HTTPD_SOURCES) $(UNIT_SOURCES) $(wildcard src/tool/*.c t/bench/*.c t/fuzz/*.c t/sanitizer/*.c)
ANALYZED := $(CORE_SOURCES) $(HTTPD_SOURCES) $(wildcard src/tool/*.c)
HEADERS := $(wildcard src/*.h src/*.def src/*/*.h src/*/*.def t/*/*.h)
LINT_CFLAGS = $(CPPFLAGS) $(HTTPD_CFLAGS) $(APR_CFLAGS) $(LIB_CFLAGS) \
              $(if $(filter-out %support/problem.c %embed.c src/template/% t/%,$<),-include t/lint/never_null.h)

# gcc 12 does not know that a template's error is never NULL either; see src/template/.clang-tidy.
TEMPLATE_UNKNOWN := -Wno-analyzer-use-of-uninitialized-value -Wno-analyzer-null-dereference

$(LINT)/%.tidy: %.c $(HEADERS) .clang-tidy src/template/.clang-tidy
	@mkdir -p $(@D)
	@clang-tidy --quiet $< -- $(LINT_CFLAGS) -std=gnu11 2>$@.log || { cat $@.log; exit 1; }
	@touch $@

$(LINT)/%.o: %.c $(HEADERS)
	@mkdir -p $(@D)
	@gcc $(LINT_CFLAGS) $(CFLAGS) -fanalyzer $(if $(filter src/template/%,$<),$(TEMPLATE_UNKNOWN)) -c -o $@ $<

lint-files: $(LINTED:%.c=$(LINT)/%.tidy) $(ANALYZED:%.c=$(LINT)/%.o)

## lint: format, cppcheck, gcc's analyzer, clang's warnings and clang-tidy with its analyzer
lint: export PACKAGES = $(BUILD_PACKAGES) check $(LINT_PACKAGES)
lint:
	@t/install-packages
	@$(MAKE) -s --no-print-directory format-check
	@cppcheck --quiet --error-exitcode=1 --enable=warning,portability --inline-suppr \
	    --suppress=missingInclude $(CPPCHECK_WRONG) -Isrc -j $(shell nproc) $(CORE_SOURCES) $(HTTPD_SOURCES)
	@$(MAKE) -s --no-print-directory $(PARALLEL) CC=clang BUILD=build/clang all $(UNIT_SOURCES:t/unit/%.c=build/clang/unit/%)
	@$(MAKE) -s --no-print-directory $(PARALLEL) lint-files

## clean: removes what was built
clean:
	rm -rf build

## help: this list
help:
	@sed -n 's/^## //p' $(MAKEFILE_LIST)

-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)
