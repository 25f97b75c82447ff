"""Plays the few resources of an OpenShift cluster's API that the desk speaks to: nodes, clusteroperators, the
clusterversion, certificate requests and machine sets. https, with a client certificate of its own authority; pages,
resourceVersions and refusals as Kubernetes has them. The cluster moves on by one step each time its machine sets or
nodes are listed, so that nobody has to wait for a clock.

Usage: kube_server.py DIR   writes DIR/kubeconfig, DIR/ca.crt, DIR/stranger.{crt,key}; prints its address.
A test reads and changes the cluster at /test/objects (GET; PUT of some objects) and /test/interfere (POST).
"""
import base64
import datetime
import http.server
import json
import pathlib
import ssl
import subprocess
import sys
import threading
import urllib.parse

import json_server

SETS = "/apis/machine.openshift.io/v1beta1/namespaces/openshift-machine-api/machinesets"
NODES = "/api/v1/nodes"
OPERATORS = "/apis/config.openshift.io/v1/clusteroperators"
VERSIONS = "/apis/config.openshift.io/v1/clusterversions"
REQUESTS = "/apis/certificates.k8s.io/v1/certificatesigningrequests"
KINDS = {SETS: "MachineSet", NODES: "Node", OPERATORS: "ClusterOperator", VERSIONS: "ClusterVersion",
         REQUESTS: "CertificateSigningRequest"}
PAGE = 2  # smaller than what is asked for, as an API may do


def openssl(folder, *args):
    subprocess.run(["openssl", *args], cwd=folder, check=True, capture_output=True, timeout=60)


def make_authority(folder, name):
    openssl(folder, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
            "-keyout", f"{name}.key", "-out", f"{name}.crt", "-subj", f"/CN={name}")


def make_certificate(folder, authority, name, subject, extension):
    (folder / f"{name}.ext").write_text(extension + "\n")
    openssl(folder, "req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", f"{name}.key",
            "-out", f"{name}.csr", "-subj", subject)
    openssl(folder, "x509", "-req", "-in", f"{name}.csr", "-CA", f"{authority}.crt", "-CAkey", f"{authority}.key",
            "-CAcreateserial", "-days", "2", "-out", f"{name}.crt", "-extfile", f"{name}.ext")


def make_serving_request(node):
    """What a kubelet sends: PEM in base64."""
    made = subprocess.run(["openssl", "req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                           "-keyout", "/dev/null", "-subj", f"/O=system:nodes/CN=system:node:{node}",
                           "-addext", f"subjectAltName=DNS:{node}"], check=True, capture_output=True, timeout=60)
    return base64.b64encode(made.stdout).decode()


def now():
    return datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def is_ready(node):
    return node["status"]["conditions"][0]["status"] == "True"


class Cluster:
    """The objects, by path. Every change gives the object a new resourceVersion."""

    def __init__(self):
        self.objects = {}
        self.version = 1000
        self.interfere = False
        self.lock = threading.RLock()

    def put(self, path, thing):
        self.version += 1
        thing["metadata"]["resourceVersion"] = str(self.version)
        self.objects[path] = thing

    def of(self, collection):
        return [self.objects[path] for path in sorted(self.objects) if path.rsplit("/", 1)[0] == collection]

    def nodes_of(self, machine_set):
        prefix = machine_set["metadata"]["name"] + "-"
        return [node for node in self.of(NODES) if node["metadata"]["name"].startswith(prefix)]

    def set_node(self, name, ready):
        self.put(f"{NODES}/{name}", {
            "metadata": {"name": name, "labels": {"node-role.kubernetes.io/worker": ""}},
            "status": {"conditions": [{"type": "Ready", "status": str(ready), "lastHeartbeatTime": now(), "reason": "Kubelet",
                                       "message": "" if ready else "kubelet stopped"}],
                       "addresses": [{"type": "Hostname", "address": name}]}})

    def waits_for_certificate(self, node):
        return any(not request["status"].get("conditions") for request in self.of(REQUESTS)
                   if request["metadata"]["name"] in (f"csr-{node}", f"csr-serving-{node}"))

    def report(self):
        """Kubelets that can sign in say that they are there, and how they are."""
        for node in self.of(NODES):
            if not self.waits_for_certificate(node["metadata"]["name"]):
                node["status"]["conditions"][0]["lastHeartbeatTime"] = now()

    def move_on(self):
        """What the controllers of a cluster do, one small step at a time."""
        self.report()
        for machine_set in self.of(SETS):
            name, wanted = machine_set["metadata"]["name"], machine_set["spec"]["replicas"]
            nodes = self.nodes_of(machine_set)
            waking = [node["metadata"]["name"] for node in nodes if not is_ready(node)]
            if waking:
                for node in waking:
                    if not self.waits_for_certificate(node):
                        self.set_node(node, True)
            elif len(nodes) < wanted:
                self.set_node(f"{name}-{len(nodes)}", False)
            elif len(nodes) > wanted:
                del self.objects[f"{NODES}/{nodes[-1]['metadata']['name']}"]
            nodes = self.nodes_of(machine_set)
            status = {"observedGeneration": machine_set["metadata"]["generation"], "replicas": len(nodes),
                      "readyReplicas": sum(is_ready(node) for node in nodes)}
            if status != machine_set["status"]:
                machine_set["status"] = status
                self.put(f"{SETS}/{name}", machine_set)


CLUSTER = Cluster()


class ClusterApi(json_server.Handler):
    def refuse(self, status, reason, message):
        self.answer(status, {"kind": "Status", "apiVersion": "v1", "status": "Failure", "reason": reason,
                             "message": message, "code": status})

    def not_found(self):
        self.refuse(404, "NotFound", "the server could not find the requested resource")

    def changed(self):
        self.refuse(409, "Conflict",
                    "the object has been modified; please apply your changes to the latest version and try again")

    def do_GET(self):
        url = urllib.parse.urlsplit(self.path)
        query = dict(urllib.parse.parse_qsl(url.query))
        with CLUSTER.lock:
            if url.path == "/test/objects":
                self.answer(200, CLUSTER.objects)
            elif url.path in KINDS:
                self.list(url.path, query)
            elif url.path in CLUSTER.objects:
                self.answer(200, CLUSTER.objects[url.path])
            else:
                self.not_found()

    def list(self, path, query):
        if path in (SETS, NODES) and "continue" not in query:
            CLUSTER.move_on()
        items = CLUSTER.of(path)
        start = int(base64.b64decode(query["continue"])) if "continue" in query else 0
        end = start + min(PAGE, int(query.get("limit", PAGE)))
        metadata = {"resourceVersion": str(CLUSTER.version)}
        if end < len(items):
            metadata["continue"] = base64.b64encode(str(end).encode()).decode()
        self.answer(200, {"kind": KINDS[path] + "List", "metadata": metadata, "items": items[start:end]})

    def do_PATCH(self):
        patch = json.loads(self.body())
        with CLUSTER.lock:
            machine_set = CLUSTER.objects.get(self.path)
            if machine_set is None or not self.path.startswith(SETS + "/"):
                return self.not_found()
            if self.headers.get("Content-Type") != "application/merge-patch+json":
                return self.refuse(415, "UnsupportedMediaType", "the body of the request was in an unknown format")
            if CLUSTER.interfere:
                CLUSTER.interfere = False
                CLUSTER.put(self.path, machine_set)
            if patch["metadata"]["resourceVersion"] != machine_set["metadata"]["resourceVersion"]:
                return self.changed()
            if machine_set["spec"]["replicas"] != patch["spec"]["replicas"]:
                machine_set["spec"]["replicas"] = patch["spec"]["replicas"]
                machine_set["metadata"]["generation"] += 1
                CLUSTER.put(self.path, machine_set)
            return self.answer(200, machine_set)

    def do_PUT(self):
        thing = json.loads(self.body())
        with CLUSTER.lock:
            if self.path == "/test/objects":
                for path, one in thing.items():
                    CLUSTER.put(path, one)
                return self.answer(200, {})
            path = self.path.removesuffix("/approval")
            request = CLUSTER.objects.get(path)
            if path == self.path or request is None or not path.startswith(REQUESTS + "/"):
                return self.not_found()
            if thing["metadata"].get("resourceVersion") != request["metadata"]["resourceVersion"]:
                return self.changed()
            request["status"]["conditions"] = thing["status"]["conditions"]
            CLUSTER.put(path, request)
            node = request["metadata"]["name"].removeprefix("csr-")
            if request["spec"]["signerName"] == "kubernetes.io/kube-apiserver-client-kubelet":
                CLUSTER.put(f"{REQUESTS}/csr-serving-{node}", {
                    "metadata": {"name": f"csr-serving-{node}"}, "status": {},
                    "spec": {"signerName": "kubernetes.io/kubelet-serving", "username": f"system:node:{node}",
                             "request": make_serving_request(node)}})
            return self.answer(200, request)

    def do_POST(self):
        self.body()
        if self.path != "/test/interfere":
            return self.not_found()
        with CLUSTER.lock:
            CLUSTER.interfere = True
        return self.answer(200, {})


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    context = None

    def get_request(self):
        connection, address = super().get_request()
        connection.settimeout(30)
        return self.context.wrap_socket(connection, server_side=True, do_handshake_on_connect=False), address

    def handle_error(self, request, client_address):
        pass  # a client without a certificate of ours: it was refused


def kubeconfig(folder, address):
    def data(name):
        return base64.b64encode((folder / name).read_bytes()).decode()
    return f"""apiVersion: v1
kind: Config
clusters:
- name: live
  cluster:
    server: {address}
    certificate-authority-data: {data("ca.crt")}
contexts:
- name: admin
  context: {{cluster: live, user: admin}}
current-context: admin
users:
- name: admin
  user:
    client-certificate-data: {data("admin.crt")}
    client-key-data: {data("admin.key")}
"""


def main():
    folder = pathlib.Path(sys.argv[1])
    make_authority(folder, "ca")
    make_authority(folder, "foreign")
    make_certificate(folder, "ca", "server", "/CN=api", "subjectAltName=IP:127.0.0.1\nextendedKeyUsage=serverAuth")
    make_certificate(folder, "ca", "admin", "/O=system:masters/CN=system:admin", "extendedKeyUsage=clientAuth")
    make_certificate(folder, "foreign", "stranger", "/O=system:masters/CN=system:admin", "extendedKeyUsage=clientAuth")

    server = Server(("127.0.0.1", 0), ClusterApi)
    server.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.context.load_cert_chain(folder / "server.crt", folder / "server.key")
    server.context.load_verify_locations(folder / "ca.crt")
    server.context.verify_mode = ssl.CERT_REQUIRED
    address = f"https://127.0.0.1:{server.server_port}"
    (folder / "kubeconfig").write_text(kubeconfig(folder, address))
    print(address, flush=True)
    server.serve_forever()


main()
