/* SPDX-License-Identifier: Apache-2.0 */
/* The journal on disk: what is written is found again by whoever comes after, damage spoils
 * nothing but itself, and a living owner's file is his. */
#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <apr_hash.h>
#include <apr_thread_proc.h>

#include "linode/journal.h"
#include "state_files.h"

#define DAY 86400

static const journal_limits_t small = {.entries = 100, .bytes = 100000, .renew = 4096};

/* ---------------------------------------------------------------- files as damage leaves them */

static const char *write_file(const char *directory, const char *name, const char *text)
{
    const char *path = apr_pstrcat(pool, directory, "/", name, NULL);
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);

    ck_assert_int_ge(fd, 0);
    ck_assert_int_eq(write(fd, text, strlen(text)), (ssize_t)strlen(text));
    close(fd);
    return path;
}

static void make_old(const char *path, int seconds)
{
    struct timeval times[2] = {{.tv_sec = time(NULL) - seconds}, {.tv_sec = time(NULL) - seconds}};

    ck_assert_int_eq(utimes(path, times), 0);
}

/* A name as the journal makes them. */
#define NAME "tokens-0123456789abcdef.journal"

/* ---------------------------------------------------------------- entries and whoever takes them
 */

static journal_entry_t *entry_of(const char *text)
{
    journal_entry_t *entry = apr_pcalloc(pool, sizeof(*entry));

    entry->text = text;
    entry->length = strlen(text);
    return entry;
}

/* A text of its own for each number, as long as sealed tokens are. */
static const char *text_of(int number)
{
    return apr_psprintf(pool, "%016dEntry%0110d", number, number);
}

typedef struct taker_t {
    journal_verdict_t verdict;
    apr_hash_t *taken;
    int lines;
    const char *line;
} taker_t;

static taker_t taker;

static journal_verdict_t take(void *baton, const char *text, apr_pool_t *file_pool)
{
    (void)baton, (void)file_pool;
    apr_hash_set(taker.taken, apr_pstrdup(pool, text), APR_HASH_KEY_STRING, "");
    return taker.verdict;
}

static void keep_line(void *baton, log_level_t level, const char *text)
{
    (void)baton, (void)level;
    taker.lines++;
    taker.line = apr_pstrdup(pool, text);
}

static const log_t test_log = {.line = keep_line};

/* One sweep; how many entries were shown. */
static int sweep(journal_t *journal, journal_verdict_t verdict)
{
    taker = (taker_t){.verdict = verdict, .taken = apr_hash_make(pool), .line = ""};
    journal_sweep(journal, take, NULL, &test_log, pool);
    return (int)apr_hash_count(taker.taken);
}

#define ck_assert_taken(text)                                                                      \
    ck_assert_ptr_nonnull(apr_hash_get(taker.taken, text, APR_HASH_KEY_STRING))

static journal_t *journal_in(const char *directory)
{
    journal_t *journal;

    ck_assert_fine(journal_create(&journal, directory, &small, pool));
    return journal;
}

/* A process that dies without a word after it has written these numbers and struck some. */
static void leave_behind(const char *directory, int from, int to, int struck)
{
    pid_t process = fork();
    int status;

    if (process == 0) {
        journal_t *journal = journal_in(directory);
        int i;

        for (i = from; i < to; i++) {
            journal_entry_t *entry = entry_of(text_of(i));

            ck_assert_fine(journal_add(journal, entry, pool));
            if (i < struck) {
                journal_strike(journal, entry);
            }
        }
        kill(getpid(), SIGKILL);
    }
    ck_assert_int_eq(waitpid(process, &status, 0), process);
    ck_assert(WIFSIGNALED(status));
}

/* ---------------------------------------------------------------- tests */

START_TEST(the_file_is_the_diagram)
{
    const char *directory = make_directory();
    journal_t *journal = journal_in(directory);
    journal_entry_t *first = entry_of("AAAAAAAAAAAAAAAAfirst");
    journal_entry_t *second = entry_of("BBBBBBBBBBBBBBBBsecond");
    struct stat info;

    ck_assert_fine(journal_add(journal, first, pool));
    ck_assert_fine(journal_add(journal, second, pool));
    journal_strike(journal, first);
    ck_assert_str_eq(content_of(only_file_in(directory)),
                     "\n+AAAAAAAAAAAAAAAAfirst.\n+BBBBBBBBBBBBBBBBsecond.\n-AAAAAAAAAAAAAAAA.");
    ck_assert_int_eq(stat(only_file_in(directory), &info), 0);
    ck_assert_int_eq(info.st_mode & 07777, 0600);
    ck_assert(!first->listed && second->listed);
    journal_strike(journal, first);
    ck_assert_int_eq((int)strlen(content_of(only_file_in(directory))), 68);
}
END_TEST

START_TEST(what_a_killed_process_leaves_is_found)
{
    const char *directory = make_directory();
    journal_t *journal = journal_in(directory);

    leave_behind(directory, 0, 10, 4);
    ck_assert_int_eq(sweep(journal, JOURNAL_DONE), 6);
    ck_assert_taken(text_of(4));
    ck_assert_taken(text_of(9));
    ck_assert_int_eq(files_in(directory)->nelts, 0);
    ck_assert_int_eq(sweep(journal, JOURNAL_DONE), 0);
    ck_assert_int_eq(taker.lines, 0);
}
END_TEST

START_TEST(a_living_owner_keeps_his_file)
{
    const char *directory = make_directory();
    journal_t *mine = journal_in(directory);
    journal_t *other = journal_in(directory);

    ck_assert_fine(journal_add(mine, entry_of(text_of(1)), pool));
    ck_assert_int_eq(sweep(other, JOURNAL_DONE), 0);
    ck_assert_int_eq(sweep(mine, JOURNAL_DONE), 0);
    make_old(only_file_in(directory), 30 * DAY);
    ck_assert_int_eq(sweep(other, JOURNAL_DONE), 0);
    ck_assert_ptr_nonnull(strstr(content_of(only_file_in(directory)), text_of(1)));
}
END_TEST

START_TEST(what_stays_is_shown_again)
{
    const char *directory = make_directory();
    journal_t *journal = journal_in(directory);

    leave_behind(directory, 0, 3, 0);
    ck_assert_int_eq(sweep(journal, JOURNAL_LATER), 3);
    ck_assert_int_eq(sweep(journal, JOURNAL_LATER), 3);
    ck_assert_int_eq(taker.lines, 0);
    ck_assert_int_eq(sweep(journal, JOURNAL_DONE), 3);
    ck_assert_int_eq(files_in(directory)->nelts, 0);
}
END_TEST

START_TEST(foreign_entries_stay_for_their_owner_and_are_told_of_once)
{
    const char *directory = make_directory();
    journal_t *journal = journal_in(directory);
    journal_t *owner = journal_in(directory);

    leave_behind(directory, 0, 3, 0);
    ck_assert_int_eq(sweep(journal, JOURNAL_FOREIGN), 3);
    ck_assert_int_eq(taker.lines, 1);
    ck_assert_ptr_nonnull(strstr(taker.line, "LO0604"));
    ck_assert_ptr_null(strstr(taker.line, text_of(0)));
    ck_assert_int_eq(sweep(journal, JOURNAL_FOREIGN), 0);
    ck_assert_int_eq(taker.lines, 0);
    /* Another process looks into it, as it may have the key, and says nothing more. */
    ck_assert_int_eq(sweep(journal_in(directory), JOURNAL_FOREIGN), 3);
    ck_assert_int_eq(taker.lines, 0);
    ck_assert_int_eq(sweep(owner, JOURNAL_DONE), 3);
    ck_assert_int_eq(files_in(directory)->nelts, 0);
}
END_TEST

START_TEST(foreign_files_end_after_a_day)
{
    const char *directory = make_directory();
    journal_t *journal = journal_in(directory);

    leave_behind(directory, 0, 3, 0);
    ck_assert_int_eq(sweep(journal, JOURNAL_FOREIGN), 3);
    make_old(only_file_in(directory), DAY - 60);
    sweep(journal, JOURNAL_FOREIGN);
    ck_assert_int_eq(files_in(directory)->nelts, 1);
    make_old(only_file_in(directory), DAY + 60);
    sweep(journal, JOURNAL_FOREIGN);
    ck_assert_int_eq(files_in(directory)->nelts, 0);
    ck_assert_ptr_nonnull(strstr(taker.line, "LO0605"));
}
END_TEST

/* A file cut off anywhere gives each record that was written whole, and no other. */
START_TEST(cut_anywhere_the_rest_is_read)
{
    const char *directory = make_directory();
    journal_t *journal = journal_in(directory);
    const char *whole =
        apr_pstrcat(pool, "\n+", text_of(1), ".\n+", text_of(2), ".\n-",
                    apr_pstrndup(pool, text_of(1), JOURNAL_ID), ".\n+", text_of(3), ".", NULL);
    apr_size_t record = strlen(text_of(1)) + 3;
    apr_size_t struck = 2 * record + JOURNAL_ID + 3;
    apr_size_t cut;

    for (cut = 0; cut <= strlen(whole); cut++) {
        int shown =
            (cut >= record) + (cut >= 2 * record) - (cut >= struck) + (cut >= struck + record);

        write_file(directory, NAME, apr_pstrndup(pool, whole, cut));
        ck_assert_int_eq(sweep(journal, JOURNAL_DONE), shown);
        unlink(apr_pstrcat(pool, directory, "/" NAME, NULL));
    }
}
END_TEST

START_TEST(damage_spoils_nothing_but_itself)
{
    static const char *const damaged[] = {"\n+short.",
                                          "\n+AAAAAAAAAAAAAAAAtorn",
                                          "\n*AAAAAAAAAAAAAAAAother.",
                                          "\n+AAAAAAAAAAAAAAAA not base64.",
                                          "\n-AAAA.",
                                          "\n-AAAAAAAAAAAAAAAAtoolong.",
                                          "\nnoise\xff\x01",
                                          "\n+",
                                          "\n-",
                                          "\n."};
    const char *directory = make_directory();
    journal_t *journal = journal_in(directory);
    size_t i;

    for (i = 0; i < COUNT(damaged); i++) {
        const char *path = write_file(
            directory, NAME,
            apr_pstrcat(pool, "\n+", text_of(1), ".", damaged[i], "\n+", text_of(2), ".", NULL));

        ck_assert_int_eq(sweep(journal, JOURNAL_DONE), 2);
        ck_assert_taken(text_of(1));
        ck_assert_taken(text_of(2));
        ck_assert_msg(strstr(taker.line, "LO0604") && strstr(taker.line, "damaged"), "%s: %s",
                      damaged[i], taker.line);
        ck_assert_int_eq(sweep(journal, JOURNAL_DONE), 0);
        unlink(path);
    }
}
END_TEST

START_TEST(a_strike_that_was_damaged_strikes_nothing_else)
{
    const char *directory = make_directory();
    journal_t *journal = journal_in(directory);
    char *id = apr_pstrndup(pool, text_of(2), JOURNAL_ID);
    int i;

    for (i = 0; i < JOURNAL_ID; i++) {
        id[i] ^= 0x40;
        write_file(directory, NAME,
                   apr_pstrcat(pool, "\n+", text_of(1), ".\n+", text_of(2), ".\n-", id, ".", NULL));
        ck_assert_int_eq(sweep(journal, JOURNAL_DONE), 2);
        id[i] ^= 0x40;
        unlink(apr_pstrcat(pool, directory, "/" NAME, NULL));
    }
}
END_TEST

START_TEST(noise_is_survived)
{
    const char *directory = make_directory();
    journal_t *journal = journal_in(directory);
    unsigned int seed = 1;
    int i, j;

    for (i = 0; i < 200; i++) {
        char noise[500];

        for (j = 0; j < (int)sizeof(noise) - 1; j++) {
            seed = seed * 1103515245 + 12345;
            noise[j] = (char)(seed >> 16);
            noise[j] = noise[j] ? noise[j] : '\n';
        }
        noise[sizeof(noise) - 1] = '\0';
        write_file(directory, NAME, noise);
        sweep(journal, JOURNAL_DONE);
        ck_assert_int_le(taker.lines, 1);
        unlink(apr_pstrcat(pool, directory, "/" NAME, NULL));
    }
}
END_TEST

START_TEST(what_is_no_journal_is_left_alone)
{
    const char *directory = make_directory();
    journal_t *journal = journal_in(directory);
    const char *record = apr_pstrcat(pool, "\n+", text_of(1), ".", NULL);
    const char *big = apr_pcalloc(pool, 400001);
    int at;

    memset((char *)big, '\n', 400000);
    for (at = 0; at < 399000; at += (int)strlen(record)) {
        memcpy((char *)big + at, record, strlen(record));
    }
    write_file(directory, "catalog.json", record);
    write_file(directory, "tokens-x.journal", "not a name of ours");
    ck_assert_int_eq(symlink("catalog.json", apr_pstrcat(pool, directory, "/" NAME, NULL)), 0);
    ck_assert_int_eq(sweep(journal, JOURNAL_DONE), 0);
    ck_assert_int_eq(taker.lines, 1);
    ck_assert_int_eq(
        mkdir(apr_pstrcat(pool, directory, "/tokens-1123456789abcdef.journal", NULL), 0700), 0);
    ck_assert_int_eq(
        mkfifo(apr_pstrcat(pool, directory, "/tokens-2123456789abcdef.journal", NULL), 0600), 0);
    write_file(directory, "tokens-3123456789abcdef.journal", big);
    ck_assert_int_eq(sweep(journal, JOURNAL_DONE), 0);
    ck_assert_int_eq(taker.lines, 3);
    ck_assert_int_eq(sweep(journal, JOURNAL_DONE), 0);
    ck_assert_int_eq(taker.lines, 0);
    ck_assert_int_eq(files_in(directory)->nelts, 6);
    ck_assert_str_eq(content_of(apr_pstrcat(pool, directory, "/catalog.json", NULL)), record);
}
END_TEST

START_TEST(a_long_file_is_written_anew_without_what_is_struck)
{
    const char *directory = make_directory();
    journal_t *journal = journal_in(directory);
    journal_entry_t *stays = entry_of(text_of(0));
    struct stat info;
    int i;

    ck_assert_fine(journal_add(journal, stays, pool));
    for (i = 1; i < 1000; i++) {
        journal_entry_t *entry = entry_of(text_of(i));

        ck_assert_fine(journal_add(journal, entry, pool));
        journal_strike(journal, entry);
        ck_assert_int_eq(stat(only_file_in(directory), &info), 0);
        ck_assert_int_lt((int)info.st_size, (int)small.renew + 1000);
    }
    ck_assert_ptr_nonnull(strstr(content_of(only_file_in(directory)), text_of(0)));
    journal_strike(journal, stays);
    sweep(journal, JOURNAL_DONE);
    ck_assert_int_eq(stat(only_file_in(directory), &info), 0);
    ck_assert_int_eq((int)info.st_size, 0);
}
END_TEST

START_TEST(a_removed_file_is_written_again)
{
    const char *directory = make_directory();
    journal_t *journal = journal_in(directory);

    ck_assert_fine(journal_add(journal, entry_of(text_of(1)), pool));
    unlink(only_file_in(directory));
    ck_assert_fine(journal_add(journal, entry_of(text_of(2)), pool));
    ck_assert_ptr_nonnull(strstr(content_of(only_file_in(directory)), text_of(1)));
    ck_assert_ptr_nonnull(strstr(content_of(only_file_in(directory)), text_of(2)));
}
END_TEST

/* A backup that was put back, for one. */
START_TEST(another_file_in_its_place_is_not_written)
{
    const char *directory = make_directory();
    journal_t *journal = journal_in(directory);
    const char *path;

    ck_assert_fine(journal_add(journal, entry_of(text_of(1)), pool));
    path = only_file_in(directory);
    ck_assert_int_eq(unlink(path), 0);
    write_file(directory, strrchr(path, '/') + 1, "");
    ck_assert_fine(journal_add(journal, entry_of(text_of(2)), pool));
    ck_assert_ptr_nonnull(strstr(content_of(only_file_in(directory)), text_of(1)));
    ck_assert_ptr_nonnull(strstr(content_of(only_file_in(directory)), text_of(2)));
}
END_TEST

START_TEST(a_directory_that_is_gone_is_said_and_comes_back)
{
    const char *directory = make_directory();
    journal_t *journal = journal_in(directory);
    journal_entry_t *entry = entry_of(text_of(2));
    problem_t *problem;

    ck_assert_fine(journal_add(journal, entry_of(text_of(1)), pool));
    unlink(only_file_in(directory));
    rmdir(directory);
    problem = journal_add(journal, entry, pool);
    ck_assert_problem(problem, TOKEN_UNLOGGED);
    ck_assert_ptr_nonnull(strstr(problem->detail, directory));
    ck_assert(!entry->listed);
    sweep(journal, JOURNAL_DONE);
    ck_assert_ptr_nonnull(strstr(taker.line, "LO0603"));
    sweep(journal, JOURNAL_DONE);
    ck_assert_int_eq(taker.lines, 0);
    mkdir(directory, 0700);
    ck_assert_fine(journal_add(journal, entry, pool));
    ck_assert_ptr_nonnull(strstr(content_of(only_file_in(directory)), text_of(1)));
}
END_TEST

START_TEST(a_full_disk_is_said_and_the_next_entry_is_whole)
{
    const char *directory = make_directory();
    journal_t *journal = journal_in(directory);
    journal_entry_t *unwritten = entry_of(text_of(2));
    struct rlimit before, full;
    problem_t *problem;

    ck_assert_fine(journal_add(journal, entry_of(text_of(1)), pool));
    (void)signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &before);
    full = before;
    full.rlim_cur = strlen(text_of(1)) + 50; /* in the middle of the next one */
    ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &full), 0);
    problem = journal_add(journal, unwritten, pool);
    ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &before), 0);
    ck_assert_problem(problem, TOKEN_UNLOGGED);
    ck_assert(!unwritten->listed);
    ck_assert_fine(journal_add(journal, entry_of(text_of(3)), pool));
    write_file(directory, NAME, content_of(only_file_in(directory)));
    ck_assert_int_eq(sweep(journal, JOURNAL_DONE), 2);
    ck_assert_taken(text_of(1));
    ck_assert_taken(text_of(3));
}
END_TEST

START_TEST(there_is_a_limit)
{
    const char *directory = make_directory();
    journal_t *journal = journal_in(directory);
    journal_entry_t *entries[100];
    journal_entry_t *more = entry_of(text_of(100));
    problem_t *problem;
    int i;

    for (i = 0; i < 100; i++) {
        entries[i] = entry_of(text_of(i));
        ck_assert_fine(journal_add(journal, entries[i], pool));
    }
    problem = journal_add(journal, more, pool);
    ck_assert_problem(problem, TOKEN_UNLOGGED);
    ck_assert_ptr_nonnull(strstr(problem->detail, "full"));
    journal_strike(journal, more);
    journal_strike(journal, entries[50]);
    ck_assert_fine(journal_add(journal, more, pool));
}
END_TEST

START_TEST(there_is_a_limit_of_bytes)
{
    const journal_limits_t narrow = {.entries = 100, .bytes = 1000, .renew = 4096};
    journal_t *journal;
    int i, fits = 1000 / ((int)strlen(text_of(0)) + 3);

    ck_assert_fine(journal_create(&journal, make_directory(), &narrow, pool));
    for (i = 0; i < fits; i++) {
        ck_assert_fine(journal_add(journal, entry_of(text_of(i)), pool));
    }
    ck_assert_problem(journal_add(journal, entry_of(text_of(i)), pool), TOKEN_UNLOGGED);
}
END_TEST

/* What a sweep would not read back is not written. */
START_TEST(entries_have_a_length)
{
    journal_t *journal = journal_in(make_directory());
    char text[JOURNAL_LONGEST + 2] = "";

    memset(text, 'a', JOURNAL_LONGEST + 1);
    ck_assert_problem(journal_add(journal, entry_of(text), pool), TOKEN_UNLOGGED);
    text[JOURNAL_LONGEST] = '\0';
    ck_assert_fine(journal_add(journal, entry_of(text), pool));
    text[JOURNAL_ID - 1] = '\0';
    ck_assert_problem(journal_add(journal, entry_of(text), pool), TOKEN_UNLOGGED);
}
END_TEST

START_TEST(an_empty_journal_leaves_no_file)
{
    const char *directory = make_directory();
    apr_pool_t *own;
    journal_t *journal;
    journal_entry_t *entry = entry_of(text_of(1));

    apr_pool_create(&own, pool);
    ck_assert_fine(journal_create(&journal, directory, &small, own));
    ck_assert_fine(journal_prepare(journal, pool));
    ck_assert_int_eq(files_in(directory)->nelts, 1);
    apr_pool_destroy(own);
    ck_assert_int_eq(files_in(directory)->nelts, 0);
    apr_pool_create(&own, pool);
    ck_assert_fine(journal_create(&journal, directory, &small, own));
    ck_assert_fine(journal_add(journal, entry, pool));
    apr_pool_destroy(own);
    ck_assert_int_eq(sweep(journal_in(directory), JOURNAL_DONE), 1);
}
END_TEST

/* ---------------------------------------------------------------- many at once */

#define THREADS    8
#define PER_THREAD 2000

typedef struct crowd_t {
    journal_t *journal;
    int from;
} crowd_t;

static void *APR_THREAD_FUNC add_and_strike(apr_thread_t *thread, void *data)
{
    const crowd_t *one = data;
    apr_pool_t *own;
    int i;

    apr_pool_create_unmanaged_ex(&own, NULL, NULL);
    for (i = 0; i < PER_THREAD; i++) {
        char text[128];
        journal_entry_t entry = {.text = text};

        apr_snprintf(text, sizeof(text), "%016dEntry%0100d", one->from + i, i);
        entry.length = strlen(text);
        ck_assert_ptr_null(journal_add(one->journal, &entry, own));
        journal_strike(one->journal, &entry);
        apr_pool_clear(own);
    }
    apr_pool_destroy(own);
    (void)thread;
    return NULL;
}

START_TEST(threads_share_a_journal)
{
    const char *directory = make_directory();
    journal_t *journal = journal_in(directory);
    apr_thread_t *threads[THREADS];
    crowd_t crowd[THREADS];
    apr_status_t status;
    int i;

    for (i = 0; i < THREADS; i++) {
        crowd[i] = (crowd_t){.journal = journal, .from = 1000000 * (i + 1)};
        ck_assert_int_eq(apr_thread_create(&threads[i], NULL, add_and_strike, &crowd[i], pool),
                         APR_SUCCESS);
    }
    for (i = 0; i < THREADS; i++) {
        apr_thread_join(&status, threads[i]);
    }
    ck_assert_fine(journal_add(journal, entry_of(text_of(7)), pool));
    write_file(directory, NAME, content_of(only_file_in(directory)));
    ck_assert_int_eq(sweep(journal, JOURNAL_DONE), 1);
    ck_assert_int_eq(taker.lines, 0);
}
END_TEST

static journal_verdict_t move(void *baton, const char *text, apr_pool_t *file_pool)
{
    return journal_add(baton, entry_of(apr_pstrdup(pool, text)), file_pool) ? JOURNAL_LATER
                                                                            : JOURNAL_DONE;
}

/* Many processes write, die, and take over what the dead have left, all at the same time; then
 * they die too. Nothing is lost on the way. */
START_TEST(processes_share_a_directory)
{
    const char *directory = make_directory();
    pid_t processes[6];
    journal_limits_t large = {.entries = 1000, .bytes = 1000000, .renew = 4096};
    journal_t *journal;
    int i;

    for (i = 0; i < (int)COUNT(processes); i++) {
        processes[i] = fork();
        if (processes[i] == 0) {
            int j;

            ck_assert_fine(journal_create(&journal, directory, &large, pool));
            for (j = 0; j < 20; j++) {
                leave_behind(directory, 1000 * i + 10 * j, 1000 * i + 10 * j + 3, 0);
                journal_sweep(journal, move, journal, &test_log, pool);
            }
            kill(getpid(), SIGKILL);
        }
    }
    for (i = 0; i < (int)COUNT(processes); i++) {
        int status;

        ck_assert_int_eq(waitpid(processes[i], &status, 0), processes[i]);
        ck_assert(WIFSIGNALED(status));
    }
    ck_assert_int_eq(sweep(journal_in(directory), JOURNAL_DONE), 6 * 20 * 3);
    ck_assert_int_eq(taker.lines, 0);
    ck_assert_int_eq(files_in(directory)->nelts, 0);
}
END_TEST

TESTS("journal", the_file_is_the_diagram, what_a_killed_process_leaves_is_found,
      a_living_owner_keeps_his_file, what_stays_is_shown_again,
      foreign_entries_stay_for_their_owner_and_are_told_of_once, foreign_files_end_after_a_day,
      cut_anywhere_the_rest_is_read, damage_spoils_nothing_but_itself,
      a_strike_that_was_damaged_strikes_nothing_else, noise_is_survived,
      what_is_no_journal_is_left_alone, a_long_file_is_written_anew_without_what_is_struck,
      a_removed_file_is_written_again, another_file_in_its_place_is_not_written,
      a_directory_that_is_gone_is_said_and_comes_back,
      a_full_disk_is_said_and_the_next_entry_is_whole, there_is_a_limit, there_is_a_limit_of_bytes,
      entries_have_a_length, an_empty_journal_leaves_no_file, threads_share_a_journal,
      processes_share_a_directory)
