# SPDX-License-Identifier: Apache-2.0
"""A Linode of our own: login, API and a control panel for tests, in one process.

What a request meets, in order:

    server      connections, the way from bytes to a Call and back
    call        one request as the handlers see it
    operations  the one table: method, path, operation id, scope, handler
    faults      what a test asked to go wrong; wire sends what is broken
    journal     what was called, secrets left out

    login, tokens, scopes, pages, edge      login.linode.com
    catalog, deploy, instances, events, nodebalancers, domains, account
                                            api.linode.com
    admission, limits, filter, paging, checks, errors
                                            the conventions all of the API shares
    control                                 /_sandbox/
    world, settings                         the state, and what tests may set
"""
