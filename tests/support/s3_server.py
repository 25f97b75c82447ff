"""An S3 server that checks signatures: OpenStack Swift with its s3api, as Debian packages it, in one process on loopback.

Run with the system's Python, in an empty directory. Prints its URL when it serves. Its buckets are in region eu-test-1.
Users (access key, secret): "desk:tester" / "swordfish-s3", "other:tester" / "opensesame-s3".
"""
import os

import eventlet

eventlet.monkey_patch()

from eventlet import wsgi  # noqa: E402
from swift.common import utils  # noqa: E402
from swift.common.ring import RingBuilder  # noqa: E402
from swift.common.wsgi import loadapp  # noqa: E402

HERE = os.getcwd()
DEFAULT = f"[DEFAULT]\nswift_dir = {HERE}\ndevices = {HERE}/devices\nmount_check = false\nlog_level = WARNING\n"
SERVER = DEFAULT + "[pipeline:main]\npipeline = server\n[app:server]\nuse = egg:swift#{}\n"
PROXY = DEFAULT + """
[pipeline:main]
pipeline = catch_errors cache listing_formats s3api tempauth copy slo proxy-server
[filter:catch_errors]
use = egg:swift#catch_errors
[filter:cache]
use = egg:swift#memcache
memcache_servers = 127.0.0.1:1
[filter:listing_formats]
use = egg:swift#listing_formats
[filter:s3api]
use = egg:swift#s3api
location = eu-test-1
allow_multipart_uploads = true
s3_acl = false
[filter:tempauth]
use = egg:swift#tempauth
user_desk_tester = swordfish-s3 .admin
user_other_tester = opensesame-s3 .admin
[filter:copy]
use = egg:swift#copy
[filter:slo]
use = egg:swift#slo
[app:proxy-server]
use = egg:swift#proxy
account_autocreate = true
"""


def write(name, text):
    with open(os.path.join(HERE, name), "w", encoding="utf-8") as file:
        file.write(text)
    return os.path.join(HERE, name)


def serve(listener, conf):
    log = open(os.path.join(HERE, "access.log"), "a", encoding="utf-8")
    return eventlet.spawn(wsgi.server, listener, loadapp(conf), log=log)


def make_ring(kind, port):
    builder = RingBuilder(2, 1, 1)  # 4 partitions, 1 replica
    builder.add_dev({"region": 1, "zone": 1, "ip": "127.0.0.1", "port": port, "device": "d1", "weight": 1})
    builder.rebalance()
    builder.get_ring().save(os.path.join(HERE, f"{kind}.ring.gz"))


def main():
    write("swift.conf", "[swift-hash]\nswift_hash_path_prefix = tests\nswift_hash_path_suffix = tests\n")
    utils.set_swift_dir(HERE)
    os.makedirs(os.path.join(HERE, "devices/d1"))
    for kind, program in (("account", "account"), ("container", "container"), ("object", "mem_object")):
        listener = eventlet.listen(("127.0.0.1", 0))
        make_ring(kind, listener.getsockname()[1])
        serve(listener, write(f"{kind}.conf", SERVER.format(program)))
    listener = eventlet.listen(("127.0.0.1", 0))
    serving = serve(listener, write("proxy.conf", PROXY))
    print(f"http://127.0.0.1:{listener.getsockname()[1]}", flush=True)
    serving.wait()


main()
