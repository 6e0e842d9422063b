/* SPDX-License-Identifier: Apache-2.0 */
/* Which files can be a logo. */
#include <stdio.h>
#include <unistd.h>

#include "fixture.h"
#include "support/logo.h"

#define SVG(inside) "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 8 8\">" inside "</svg>"
#define PNG(size)   "\x89PNG\r\n\x1a\n\0\0\0\rIHDR" size "\x08\x06\0\0\0crc!IDAT"

static const char *path;
static logo_t logo;

/* What is wrong with a file of that content. */
static const char *judge(const char *content, apr_size_t length)
{
    char *name = apr_pstrdup(pool, "/tmp/linode-oauth-logo-XXXXXX");
    int file = mkstemp(name);
    const char *wrong;

    path = name;
    ck_assert_int_ge(file, 0);
    ck_assert_int_eq(write(file, content, length), (ssize_t)length);
    close(file);
    wrong = logo_read(&logo, path, pool);
    unlink(path);
    return wrong;
}

START_TEST(good)
{
    static const char *const svgs[] = {
        SVG("<path d=\"M0 0h8v8z\"/>"),
        "<?xml version=\"1.0\"?><!-- made by hand -->" SVG(""),
        "<s:svg xmlns:s=\"http://www.w3.org/2000/svg\"/>",
        "<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" "
        "\"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd\">" SVG(""),
        SVG("<defs><linearGradient id=\"a\"/></defs><rect fill=\"url(#a)\"/><use href=\"#a\"/>"),
        SVG("<style>@media (prefers-color-scheme: dark) { path { fill: url('#a') } }</style>"),
        SVG("<style>path { fill: url(\n  '#a'\n) }</style>"),
        SVG("<image href=\"data:image/png;base64,AAAA\"/>"),
        SVG("<a href=\"https://www.example.org/\"><path d=\"M0 0\"/></a>"),
        SVG("<g opacity=\".5\" font-family=\"only\"/>"),
    };
    size_t i;

    for (i = 0; i < COUNT(svgs); i++) {
        const char *wrong = judge(svgs[i], strlen(svgs[i]));

        ck_assert_msg(!wrong, "%s: %s", svgs[i], wrong);
        ck_assert_str_eq(logo.name, "logo.svg");
        ck_assert_str_eq(logo.content, svgs[i]);
    }
    ck_assert_ptr_null(judge(PNG("\0\0\0\x10\0\0\0\x10"), sizeof(PNG("\0\0\0\x10\0\0\0\x10")) - 1));
    ck_assert_str_eq(logo.name, "logo.png");
}
END_TEST

START_TEST(bad)
{
    static const struct {
        const char *content, *words;
    } cases[] = {
        {"", "neither PNG nor SVG"},
        {"GIF89a", "neither PNG nor SVG"},
        {"\x89PNG\r\n\x1a\n", "neither PNG nor SVG"},
        {"<svg xmlns=\"http://www.w3.org/2000/svg\">", "neither PNG nor SVG"},
        {"<svg/>", "no SVG image"},
        {"<html xmlns=\"http://www.w3.org/1999/xhtml\"/>", "no SVG image"},
        {"<!DOCTYPE svg [<!ENTITY a \"aaaa\">]>" SVG("&a;"), "neither PNG nor SVG"},
        {SVG("<script>alert(1)</script>"), "script"},
        {SVG("<h:script xmlns:h=\"http://www.w3.org/1999/xhtml\" src=\"x\"/>"), "script"},
        {SVG("<g><path onclick=\"alert(1)\"/></g>"), "script"},
        {SVG("<path/><g><g/></g><path OnLoad=\"alert(1)\"/>"), "script"},
        {SVG("<foreignObject><b/></foreignObject>"), "HTML"},
        {SVG("<image href=\"https://www.example.org/a.png\"/>"), "outside"},
        {SVG("<image xmlns:x=\"http://www.w3.org/1999/xlink\" x:href=\"//www.example.org/\"/>"),
         "outside"},
        {SVG("<use href=\"other.svg#a\"/>"), "outside"},
        {SVG("<rect fill=\"URL( 'https://www.example.org/a' )\"/>"), "outside"},
        {SVG("<style>@import 'https://www.example.org/a.css';</style>"), "elsewhere"},
        {SVG("<style>p { fill: url(https://www.example.org/a) }</style>"), "elsewhere"},
        {SVG("<style>p { fill: ur&#108;(https://www.example.org/a) }</style>"), "elsewhere"},
        {SVG("<style>@im<!-- -->port 'https://www.example.org/a.css';</style>"), "elsewhere"},
        {SVG("<style><title/>@import 'https://www.example.org/a.css';</style>"), "elsewhere"},
    };
    size_t i;

    for (i = 0; i < COUNT(cases); i++) {
        const char *wrong = judge(cases[i].content, strlen(cases[i].content));

        ck_assert_msg(wrong && strstr(wrong, cases[i].words), "%s: %s", cases[i].content,
                      wrong ? wrong : "taken");
    }
    ck_assert_ptr_nonnull(judge(PNG("\0\0\0\0\0\0\0\x10"), sizeof(PNG("\0\0\0\0\0\0\0\x10")) - 1));
}
END_TEST

START_TEST(sizes)
{
    char *text = apr_palloc(pool, LOGO_LARGEST + 2);
    const char *head = "<svg xmlns=\"http://www.w3.org/2000/svg\"/>";

    memset(text, ' ', LOGO_LARGEST + 1);
    memcpy(text, head, strlen(head));
    ck_assert_ptr_null(judge(text, LOGO_LARGEST));
    ck_assert_ptr_nonnull(strstr(judge(text, LOGO_LARGEST + 1), "larger than 64 kB"));
    ck_assert_ptr_nonnull(strstr(logo_read(&logo, "/nonexistent.svg", pool), "cannot be read"));
    ck_assert_ptr_nonnull(strstr(logo_read(&logo, "/tmp", pool), "cannot be read"));
}
END_TEST

TESTS("logo", good, bad, sizes)
