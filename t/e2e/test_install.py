# SPDX-License-Identifier: Apache-2.0
"""make install puts what is there in its place, and takes nothing away."""
import os
import subprocess

from harness.server import MODULE, TOP


def install(root):
    environment = {name: value for name, value in os.environ.items() if "MAKE" not in name}
    done = subprocess.run(["make", f"MODULE={MODULE}", "-o", MODULE, "install", f"DESTDIR={root}"],
                          cwd=TOP, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_configuration_that_was_edited_stays(tmp_path):
    """A second make install, of a newer version, wrote over it."""
    install(tmp_path)
    [conf] = tmp_path.glob("**/mods-available/linode_oauth.conf")
    shipped = (TOP / "conf/linode-oauth.conf").read_text()
    assert conf.read_text() == shipped and conf.with_suffix(".load").exists()
    edited = shipped + "LinodeOAuthStateDirectory /srv/linode-oauth\n"
    conf.write_text(edited)
    assert ".new" in install(tmp_path)
    assert conf.read_text() == edited
    assert conf.with_suffix(".conf.new").read_text() == shipped
    conf.write_text(shipped)
    assert ".new" not in install(tmp_path)
