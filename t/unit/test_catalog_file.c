/* SPDX-License-Identifier: Apache-2.0 */
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "catalog_world.h"

static const char *directory;
static const catalog_source_t *types;
static const char *path;

static void make_directory(void)
{
    directory = directory_make();
    types = source_of(world_sources(1), CATALOG_TYPES);
    path = catalog_file_path(directory, types, CATALOG_FILE_COPY, pool);
}

static json_t *plans(void)
{
    return json_in_pool(json_pack("[{s:s, s:s}]", "id", "g6-nanode-1", "label", "Nanode"), pool);
}

/* ---------------------------------------------------------------- there and back */

START_TEST(data_come_back)
{
    const catalog_copy_t written = {.etag = "\"v1\"", .read = 1234567890123456};
    catalog_copy_t whole = written;
    catalog_copy_t read;
    const char *why;
    struct stat info;

    make_directory();
    whole.data = plans();
    ck_assert_int_eq(catalog_file_write(&whole, types, directory, pool), 0);
    ck_assert(catalog_file_read(&read, &why, types, path, pool));
    ck_assert(json_equal(read.data, whole.data));
    ck_assert_str_eq(read.etag, "\"v1\"");
    ck_assert_int_eq(read.read, 1234567890123456);
    ck_assert_ptr_null(read.problem);
    ck_assert_int_eq(stat(path, &info), 0);
    ck_assert_int_eq((int)info.st_mode & 0777, 0600);
    directory_remove(directory);
}
END_TEST

START_TEST(problems_come_back)
{
    static const problem_kind_t kinds[] = {PROBLEM_CATALOG_UNAVAILABLE,
                                           PROBLEM_STACKSCRIPT_UNUSABLE};
    size_t i;

    make_directory();
    for (i = 0; i < COUNT(kinds); i++) {
        const catalog_copy_t written = {
            .problem = problem_make(pool, kinds[i], "the reason"), .read = 5, .again = 6};
        catalog_copy_t read;
        const char *why;

        ck_assert_int_eq(catalog_file_write(&written, types, directory, pool), 0);
        ck_assert(catalog_file_read(&read, &why, types, path, pool));
        ck_assert_ptr_null(read.data);
        ck_assert_int_eq((int)read.problem->kind, (int)kinds[i]);
        ck_assert_str_eq(read.problem->detail, "the reason");
        ck_assert_int_eq(read.read, 5);
        ck_assert_int_eq(read.again, 6);
    }
    directory_remove(directory);
}
END_TEST

/* ---------------------------------------------------------------- what is not believed */

START_TEST(no_file_is_no_fault)
{
    catalog_copy_t read;
    const char *why = "";

    make_directory();
    ck_assert(!catalog_file_read(&read, &why, types, path, pool));
    ck_assert_ptr_null(why);
    directory_remove(directory);
}
END_TEST

#define START(format, url) "{\"format\":" format ",\"url\":\"" url "\",\"read\":1,"
#define URL                "https://api.example/v4/linode/types"

START_TEST(other_files_are_not_believed)
{
    static const struct {
        const char *text;
        const char *why;
    } cases[] = {
        {"", "it is not whole"},
        {"rubbish", "it is not whole"},
        {START("1", URL) "\"data\":[" NANODE "]", "it is not whole"},
        {"[]", "it has another format"},
        {START("0", URL) "\"data\":[" NANODE "]}", "it has another format"},
        {START("2", URL) "\"data\":[" NANODE "]}", "it has another format"},
        {START("\"1\"", URL) "\"data\":[" NANODE "]}", "it has another format"},
        {START("1", "https://api.example/v4/regions") "\"data\":[" NANODE "]}",
         "it is about something else"},
        {"{\"format\":1,\"data\":[" NANODE "]}", "it is about something else"},
        {START("1", URL) "\"data\":[]}", "its data make no sense"},
        {START("1", URL) "\"data\":null}", "its data make no sense"},
        {START("1", URL) "\"data\":[{\"id\":\"x\"}]}", "its data make no sense"},
        {START("1", URL) "\"problem\":7}", "it holds nothing"},
        {START("1", URL) "\"etag\":null}", "it holds nothing"},
        {START("1", URL) "\"data\":[" NANODE "],\"data\":[" NANODE "]}", "it is not whole"},
    };
    size_t i;

    make_directory();
    for (i = 0; i < COUNT(cases); i++) {
        catalog_copy_t read;
        const char *why = NULL;

        file_write(path, cases[i].text);
        ck_assert_msg(!catalog_file_read(&read, &why, types, path, pool), "case %d", (int)i);
        ck_assert_str_eq(why, cases[i].why);
    }
    file_write(path, START("1", URL) "\"data\":[" NANODE "]}");
    {
        catalog_copy_t read;
        const char *why;

        ck_assert(catalog_file_read(&read, &why, types, path, pool));
    }
    directory_remove(directory);
}
END_TEST

START_TEST(only_regular_files_are_read)
{
    catalog_copy_t read;
    const char *why = NULL;
    const char *target = NULL;

    make_directory();
    ck_assert_int_eq(mkfifo(path, 0600), 0);
    ck_assert(!catalog_file_read(&read, &why, types, path, pool));
    ck_assert_str_eq(why, "it is not a regular file");
    ck_assert_int_eq(unlink(path), 0);
    target = apr_pstrcat(pool, path, "-target", NULL);
    file_write(target, START("1", URL) "\"data\":[" NANODE "]}");
    ck_assert_int_eq(symlink(target, path), 0);
    ck_assert(!catalog_file_read(&read, &why, types, path, pool));
    ck_assert_ptr_nonnull(why);
    directory_remove(directory);
}
END_TEST

START_TEST(no_file_is_read_that_is_larger_than_any)
{
    catalog_copy_t read;
    const char *why = NULL;

    make_directory();
    file_write(path, "{");
    ck_assert_int_eq(truncate(path, (off_t)33 * 1024 * 1024), 0);
    ck_assert(!catalog_file_read(&read, &why, types, path, pool));
    ck_assert_str_eq(why, "it is too large");
    directory_remove(directory);
}
END_TEST

/* ---------------------------------------------------------------- writing */

START_TEST(a_disk_that_is_full_is_left_no_fuller)
{
    catalog_copy_t copy = {.read = 1};
    struct rlimit before, full;
    int error;

    make_directory();
    copy.data = plans();
    (void)signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &before);
    full = before;
    full.rlim_cur = 10;
    ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &full), 0);
    error = catalog_file_write(&copy, types, directory, pool);
    ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &before), 0);
    ck_assert_int_ne(error, 0);
    ck_assert_int_ne(access(path, F_OK), 0);
    ck_assert_int_ne(access(catalog_file_path(directory, types, ".new", pool), F_OK), 0);
    directory_remove(directory);
}
END_TEST

START_TEST(a_write_that_fails_leaves_the_old_file)
{
    catalog_copy_t copy = {.read = 1};
    catalog_copy_t read;
    const char *why;
    const char *blocked;

    make_directory();
    copy.data = plans();
    ck_assert_int_eq(catalog_file_write(&copy, types, directory, pool), 0);
    blocked = catalog_file_path(directory, types, ".new", pool);
    ck_assert_int_eq(symlink("/nowhere/else", blocked), 0);
    copy.read = 2;
    ck_assert_int_ne(catalog_file_write(&copy, types, directory, pool), 0);
    ck_assert(catalog_file_read(&read, &why, types, path, pool));
    ck_assert_int_eq(read.read, 1);
    ck_assert_int_ne(catalog_file_write(&copy, types, "/nowhere", pool), 0);
    directory_remove(directory);
}
END_TEST

START_TEST(what_an_interrupted_write_left_is_in_nobodys_way)
{
    catalog_copy_t copy = {.read = 2};
    catalog_copy_t read;
    const char *why;

    make_directory();
    copy.data = plans();
    file_write(catalog_file_path(directory, types, ".new", pool), "half of a file that was longer");
    ck_assert_int_eq(catalog_file_write(&copy, types, directory, pool), 0);
    ck_assert(catalog_file_read(&read, &why, types, path, pool));
    ck_assert_int_ne(access(catalog_file_path(directory, types, ".new", pool), F_OK), 0);
    directory_remove(directory);
}
END_TEST

START_TEST(changes_are_seen)
{
    catalog_copy_t copy = {.read = 1};
    catalog_file_stamp_t stamp = {0, 0, 0};

    make_directory();
    copy.data = plans();
    ck_assert(!catalog_file_has_changed(&stamp, path));
    ck_assert_int_eq(catalog_file_write(&copy, types, directory, pool), 0);
    ck_assert(catalog_file_has_changed(&stamp, path));
    ck_assert(!catalog_file_has_changed(&stamp, path));
    ck_assert_int_eq(catalog_file_write(&copy, types, directory, pool), 0);
    ck_assert(catalog_file_has_changed(&stamp, path));
    ck_assert_int_eq(unlink(path), 0);
    ck_assert(!catalog_file_has_changed(&stamp, path));
    directory_remove(directory);
}
END_TEST

TESTS("catalog_file", data_come_back, problems_come_back, no_file_is_no_fault,
      other_files_are_not_believed, only_regular_files_are_read,
      no_file_is_read_that_is_larger_than_any, a_disk_that_is_full_is_left_no_fuller,
      a_write_that_fails_leaves_the_old_file, what_an_interrupted_write_left_is_in_nobodys_way,
      changes_are_seen)
