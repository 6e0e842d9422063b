/* SPDX-License-Identifier: Apache-2.0 */
/* Four plans, three regions and two images to choose from: enough for each reason why something
 * cannot be had, and for each way in which a price is said. */
#ifndef UNIT_SMALL_CATALOG_H
#define UNIT_SMALL_CATALOG_H

#include "fixture.h"
#include "linode/offer.h"
#include "support/json.h"

static const char types[] =
    "[{'id':'small','label':'Small','class':'nanode','disk':25600,'price':{'monthly':5},"
    "'region_prices':[{'id':'br','monthly':7},{'id':'mars','monthly':99}],"
    "'addons':{'backups':{'price':{'monthly':2},'region_prices':[{'id':'br','monthly':2.8},"
    "{'id':'de','monthly':2.4},{'id':'mars','monthly':9}]}}},"
    "{'id':'tiny','label':'Tiny','class':'standard','disk':2000,'price':{'monthly':1.25},"
    "'region_prices':[]},"
    "{'id':'gpu','label':'Big GPU','class':'gpu','disk':90000,'price':{'monthly':12345.67}},"
    "{'id':'beta','label':'Beta','class':'new','disk':90000,'price':{'monthly':null}}]";
static const char regions[] =
    "[{'id':'us','label':'Newark','status':'ok','capabilities':['Linodes','GPU "
    "Linodes','Backups']},"
    "{'id':'br','label':'Sao Paulo','status':'ok','capabilities':['Linodes']},"
    "{'id':'de','label':'Frankfurt','status':'outage','capabilities':['GPU Linodes']}]";
static const char images[] = "[{'id':'linode/debian','label':'Debian','size':1500},"
                             "{'id':'linode/alpine','label':'Alpine','size':150}]";

static inline const json_t *parsed(const char *text)
{
    char *copy = apr_pstrdup(pool, text);
    char *quote;

    for (quote = copy; (quote = strchr(quote, '\'')) != NULL; quote++) {
        *quote = '"';
    }
    return json_parse(copy, strlen(copy), pool);
}

/* With Linode's own size of swap. */
static inline catalog_t *small_catalog(void)
{
    catalog_t *catalog = apr_pcalloc(pool, sizeof(*catalog));

    catalog->types = parsed(types);
    catalog->regions = parsed(regions);
    catalog->images = parsed(images);
    catalog_note_ids(catalog, pool);
    catalog->unavailable = parsed("{'br':['tiny']}");
    catalog->swap = 512;
    return catalog;
}

#endif
