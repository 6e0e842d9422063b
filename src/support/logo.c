/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include <apr_file_io.h>
#include <apr_strings.h>
#include <apr_xml.h>

#include "support/logo.h"

#define SVG "http://www.w3.org/2000/svg"

/* ---------------------------------------------------------------- references */

static int stays_inside(const char *reference)
{
    reference += strspn(reference, " \t\r\n\"'");
    return *reference == '#' || !strncasecmp(reference, "data:", 5);
}

/* Whether a value, or a style sheet, names something that is to be loaded. */
static int loads(const char *text)
{
    for (; *text; text++) {
        if (!strncasecmp(text, "@import", 7) ||
            (!strncasecmp(text, "url(", 4) && !stays_inside(text + 4))) {
            return 1;
        }
    }
    return 0;
}

static const char *check_attribute(const apr_xml_attr *attribute)
{
    if (!strncasecmp(attribute->name, "on", 2)) {
        return "has a script in it";
    }
    if (loads(attribute->value) ||
        (!strcmp(attribute->name, "href") && !stays_inside(attribute->value))) {
        return "refers to something outside of it; embed that, or take it out";
    }
    return NULL;
}

static void add_pieces(apr_array_header_t *pieces, const apr_text_header *header)
{
    const apr_text *text;

    for (text = header->first; text; text = text->next) {
        APR_ARRAY_PUSH(pieces, const char *) = text->text;
    }
}

/* The parser cuts a text at each end of line, entity and comment: the whole tells what it loads. */
static const char *check_text(const apr_xml_elem *element, apr_pool_t *pool)
{
    apr_array_header_t *pieces = apr_array_make(pool, 16, sizeof(const char *));
    const apr_xml_elem *child;

    add_pieces(pieces, &element->first_cdata);
    for (child = element->first_child; child; child = child->next) {
        add_pieces(pieces, &child->following_cdata);
    }
    return loads(apr_array_pstrcat(pool, pieces, 0))
               ? "loads something from elsewhere; embed that, or take it out"
               : NULL;
}

static const char *check_element(const apr_xml_elem *element, apr_pool_t *pool)
{
    const char *wrong = NULL;
    const apr_xml_attr *attribute;

    if (!strcmp(element->name, "script")) {
        return "has a script in it";
    }
    if (!strcmp(element->name, "foreignObject")) {
        return "has HTML in it (foreignObject)";
    }
    for (attribute = element->attr; attribute && !wrong; attribute = attribute->next) {
        /* A link is nothing that an image would follow. */
        if (strcmp(element->name, "a") != 0 || strcmp(attribute->name, "href") != 0) {
            wrong = check_attribute(attribute);
        }
    }
    return wrong || strcmp(element->name, "style") != 0 ? wrong : check_text(element, pool);
}

/* The one after it in the order of the document, or NULL. */
static const apr_xml_elem *following(const apr_xml_elem *element)
{
    if (element->first_child) {
        return element->first_child;
    }
    while (element && !element->next) {
        element = element->parent;
    }
    return element ? element->next : NULL;
}

/* ---------------------------------------------------------------- the two kinds */

static int is_svg(const apr_xml_doc *document)
{
    const apr_xml_elem *root = document->root;

    return !strcmp(root->name, "svg") && root->ns >= 0 &&
           !strcmp(APR_XML_GET_URI_ITEM(document->namespaces, root->ns), SVG);
}

static const char *check_svg(const logo_t *logo, apr_pool_t *pool)
{
    apr_xml_parser *parser = apr_xml_parser_create(pool);
    apr_xml_doc *document = NULL;
    const apr_xml_elem *element;
    const char *wrong = NULL;

    if (apr_xml_parser_feed(parser, logo->content, logo->length) != APR_SUCCESS ||
        apr_xml_parser_done(parser, &document) != APR_SUCCESS) {
        char why[256];

        return apr_psprintf(pool, "is neither PNG nor SVG: %s",
                            apr_xml_parser_geterror(parser, why, sizeof(why)));
    }
    if (!is_svg(document)) {
        return "is no SVG image: the first element has to be <svg xmlns=\"" SVG "\">";
    }
    for (element = document->root; element && !wrong; element = following(element)) {
        wrong = check_element(element, pool);
    }
    return wrong;
}

/* The signature, and an IHDR of a size above 0 (PNG, sections 5.2 and 11.2.2). */
static int is_png(const logo_t *logo)
{
    static const char begin[] = "\x89PNG\r\n\x1a\n\0\0\0\rIHDR";
    static const char nothing[4] = {0};

    return logo->length > 33 && !memcmp(logo->content, begin, sizeof(begin) - 1) &&
           memcmp(logo->content + 16, nothing, 4) != 0 &&
           memcmp(logo->content + 20, nothing, 4) != 0;
}

/* ---------------------------------------------------------------- the file */

static const char *read_content(logo_t *logo, apr_file_t *file, apr_pool_t *pool)
{
    char *content = apr_palloc(pool, LOGO_LARGEST + 2);
    apr_status_t status = apr_file_read_full(file, content, LOGO_LARGEST + 1, &logo->length);

    if (status != APR_SUCCESS && status != APR_EOF) {
        char why[128];

        return apr_psprintf(pool, "cannot be read: %s", apr_strerror(status, why, sizeof(why)));
    }
    if (logo->length > LOGO_LARGEST) {
        return apr_psprintf(pool, "is larger than %d kB", LOGO_LARGEST / 1024);
    }
    content[logo->length] = '\0';
    logo->content = content;
    return NULL;
}

const char *logo_read(logo_t *logo, const char *path, apr_pool_t *pool)
{
    apr_file_t *file;
    const char *wrong;
    apr_status_t status = apr_file_open(&file, path, APR_READ | APR_BINARY, APR_OS_DEFAULT, pool);

    if (status != APR_SUCCESS) {
        char why[128];

        return apr_psprintf(pool, "cannot be read: %s", apr_strerror(status, why, sizeof(why)));
    }
    wrong = read_content(logo, file, pool);
    apr_file_close(file);
    if (wrong) {
        return wrong;
    }
    logo->name = is_png(logo) ? "logo.png" : "logo.svg";
    return is_png(logo) ? NULL : check_svg(logo, pool);
}
