# SPDX-License-Identifier: Apache-2.0
"""What every end-to-end test stands on: a sandbox Linode, a real httpd, and visitors."""
