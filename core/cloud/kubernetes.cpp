#include "core/cloud/kubernetes.hpp"

#include <algorithm>

#include "core/base/certificate_request.hpp"
#include "core/base/error.hpp"
#include "core/base/text.hpp"
#include "core/base/yaml.hpp"

namespace desk::kube {
namespace {

constexpr int kPage = 500;
constexpr std::chrono::seconds kTimeout{20};

[[noreturn]] void no_kubeconfig(std::string_view why) {
    throw Error(Code::invalid, "The stored kubeconfig can't be used.", cat("kubeconfig: ", why));
}

const Yaml& member(const Yaml& node, std::string_view key) {
    const Yaml* found = node.find(key);
    if (found == nullptr) no_kubeconfig(cat("there is no ", key));
    return *found;
}

/// The entry of this name of a list like `clusters: [{name, cluster: {...}}]`.
const Yaml& named(const Yaml& root, std::string_view list, std::string_view kind, std::string_view name) {
    for (const auto& item : member(root, list).items)
        if (member(item, "name").scalar == name) return member(item, kind);
    no_kubeconfig(cat("no ", kind, " of the name that is asked for"));
}

std::string decoded(const Yaml& node, std::string_view key) {
    auto bytes = from_base64(member(node, key).scalar);
    if (!bytes) no_kubeconfig(cat(key, " is not base64"));
    return std::move(*bytes);
}

/// Kubernetes' list of {"type", "status", "reason", "message"}: the one of this type, or null.
Json condition(const Json& item, std::string_view type) {
    const auto& status = item.value("status", Json::object());
    for (const auto& one : status.value("conditions", Json::array()))
        if (one.value("type", "") == type) return one;
    return nullptr;
}

bool holds(const Json& condition) { return condition.is_object() && condition.value("status", "") == "True"; }

std::string reason_of(const Json& condition) {
    if (!condition.is_object()) return "";
    const auto message = condition.value("message", "");
    return message.empty() ? condition.value("reason", "") : message;
}

std::vector<std::string> addresses_of(const Json& item) {
    std::vector<std::string> addresses;
    for (const auto& one : item.value("status", Json::object()).value("addresses", Json::array()))
        addresses.push_back(one.value("address", ""));
    return addresses;
}

Node node_of(const Json& item) {
    const auto& labels = item.at("metadata").value("labels", Json::object());
    const Json ready = condition(item, "Ready");
    return {.name = item.at("metadata").at("name"),
            .is_control_plane = labels.contains("node-role.kubernetes.io/master") ||
                                labels.contains("node-role.kubernetes.io/control-plane"),
            .is_ready = holds(ready),
            .reason = holds(ready) ? "" : reason_of(ready),
            .addresses = addresses_of(item),
            .heard_of = ready.is_object() ? parse_time(ready.value("lastHeartbeatTime", "")) : std::nullopt};
}

Operator operator_of(const Json& item) {
    const Json available = condition(item, "Available"), degraded = condition(item, "Degraded"),
               progressing = condition(item, "Progressing");
    Operator one{.name = item.at("metadata").at("name"),
                 .is_available = holds(available),
                 .is_degraded = holds(degraded),
                 .is_progressing = holds(progressing)};
    one.reason = !one.is_available    ? reason_of(available)
                 : one.is_degraded    ? reason_of(degraded)
                 : one.is_progressing ? reason_of(progressing)
                                      : "";
    return one;
}

constexpr const char* kMachineSets = "/apis/machine.openshift.io/v1beta1/namespaces/openshift-machine-api/machinesets";

MachineSet machine_set_of(const Json& item) {
    const auto& metadata = item.at("metadata");
    const Json status = item.value("status", Json::object());
    return {.name = metadata.at("name"),
            .wanted = item.at("spec").value("replicas", 1),  // as the API has it where nothing is said
            .there = status.value("replicas", 0),
            .ready = status.value("readyReplicas", 0),
            .is_current = status.value("observedGeneration", 0) >= metadata.value("generation", 0),
            .version = metadata.at("resourceVersion")};
}

constexpr std::string_view kNodeUser = "system:node:", kNodes = "system:nodes",
                           kBootstrapper = "system:serviceaccount:openshift-machine-config-operator:node-bootstrapper",
                           kClient = "kubernetes.io/kube-apiserver-client-kubelet",
                           kServing = "kubernetes.io/kubelet-serving";

/// The node that the request is for.
const Node* node_for(const CertificateRequest& wanted, const std::vector<Node>& nodes) {
    if (wanted.organizations != std::vector{std::string(kNodes)}) return nullptr;
    const auto node =
        std::ranges::find_if(nodes, [&](const Node& one) { return wanted.common_name == cat(kNodeUser, one.name); });
    return node == nodes.end() ? nullptr : &*node;
}

bool are_all_of(const std::vector<std::string>& names, const Node& node) {
    return std::ranges::all_of(
        names, [&](const auto& name) { return std::ranges::find(node.addresses, name) != node.addresses.end(); });
}

/// A request that nobody has decided, by somebody who may make it, for what it may ask for.
bool is_to_approve(const Json& request, const std::vector<Node>& nodes) {
    if (!request.value("status", Json::object()).value("conditions", Json::array()).empty()) return false;
    const auto& spec = request.at("spec");
    const std::string signer = spec.at("signerName"), user = spec.value("username", "");
    const auto wanted = parse_certificate_request(from_base64(spec.value("request", "")).value_or(""));
    const Node* node = wanted ? node_for(*wanted, nodes) : nullptr;
    if (node == nullptr || wanted->has_other_names) return false;

    const bool is_own = user == wanted->common_name;
    const bool names_nothing = wanted->dns_names.empty() && wanted->addresses.empty();
    if (signer == kClient) return (is_own || user == kBootstrapper) && names_nothing;
    return signer == kServing && is_own && !names_nothing && are_all_of(wanted->dns_names, *node) &&
           are_all_of(wanted->addresses, *node);
}

}  // namespace

Access parse_kubeconfig(std::string_view text) {
    const auto root = parse_yaml(text, "kubeconfig");
    if (!root) no_kubeconfig("it is no YAML");
    const auto& context = named(*root, "contexts", "context", member(*root, "current-context").scalar);
    const auto& cluster = named(*root, "clusters", "cluster", member(context, "cluster").scalar);
    const auto& user = named(*root, "users", "user", member(context, "user").scalar);
    Access access{.server = member(cluster, "server").scalar,
                  .identity = {.authorities = decoded(cluster, "certificate-authority-data"),
                               .certificate = decoded(user, "client-certificate-data"),
                               .key = Secret(decoded(user, "client-key-data"))}};
    if (!access.server.starts_with("https://")) no_kubeconfig("its server is not an https address");
    return access;
}

Api::Api(HttpTransport& transport, Access access) : transport_(transport), access_(std::move(access)) {}

Json Api::get(const std::string& path) {
    const auto answer = transport_.send({.url = access_.server + path,
                                         .headers = {{"Accept", "application/json"}},
                                         .timeout = kTimeout,
                                         .identity = &access_.identity});
    auto document = parse_json(answer.body);
    if (answer.status != 200 || !document)
        throw Error(Code::unavailable, cat("The cluster's API answered ", answer.status, '.'), path);
    return std::move(*document);
}

void Api::put(const std::string& path, const Json& body) {
    const auto answer = transport_.send({.method = "PUT",
                                         .url = access_.server + path,
                                         .headers = {{"Content-Type", "application/json"}},
                                         .body = body.dump(),
                                         .timeout = kTimeout,
                                         .identity = &access_.identity});
    if (answer.status != 200)
        throw Error(Code::unavailable, cat("The cluster's API answered ", answer.status, '.'), path);
}

std::vector<Json> Api::list(const std::string& path) {
    std::vector<Json> items;
    std::string next;
    do {
        Json page = get(cat(path, "?limit=", kPage, next.empty() ? "" : "&continue=", percent_encode(next)));
        for (auto& item : page.at("items")) items.push_back(std::move(item));
        next = page.value("metadata", Json::object()).value("continue", "");
    } while (!next.empty());
    return items;
}

std::string Api::version() {
    return get("/apis/config.openshift.io/v1/clusterversions/version").at("status").at("desired").at("version");
}

std::vector<Node> Api::nodes() {
    std::vector<Node> nodes;
    for (const auto& item : list("/api/v1/nodes")) nodes.push_back(node_of(item));
    return nodes;
}

std::vector<Operator> Api::operators() {
    std::vector<Operator> operators;
    for (const auto& item : list("/apis/config.openshift.io/v1/clusteroperators"))
        operators.push_back(operator_of(item));
    return operators;
}

int Api::approve_kubelets() {
    const std::string path = "/apis/certificates.k8s.io/v1/certificatesigningrequests";
    const auto known = nodes();
    int approved = 0;
    for (auto& request : list(path)) {
        if (!is_to_approve(request, known)) continue;
        request["status"]["conditions"] = {
            {{"type", "Approved"},
             {"status", "True"},
             {"reason", "ResumedByClusterdesk"},
             {"message", "The node was hibernated and asks for its certificate again."}}};
        put(cat(path, '/', request.at("metadata").at("name").get<std::string>(), "/approval"), request);
        ++approved;
    }
    return approved;
}

std::vector<MachineSet> Api::machine_sets(std::string_view prefix) {
    std::vector<MachineSet> sets;
    for (const auto& item : list(kMachineSets))
        if (item.at("metadata").at("name").get_ref<const std::string&>().starts_with(prefix))
            sets.push_back(machine_set_of(item));
    std::ranges::sort(sets, {}, &MachineSet::name);
    return sets;
}

void Api::set_replicas(const MachineSet& set, int replicas) {
    constexpr int kConflict = 409;
    const std::string path = cat(kMachineSets, '/', percent_encode(set.name));
    // with the version that was read the API refuses when the object is another one by now
    const Json patch = {{"metadata", {{"resourceVersion", set.version}}}, {"spec", {{"replicas", replicas}}}};
    const auto answer = transport_.send({.method = "PATCH",
                                         .url = access_.server + path,
                                         .headers = {{"Content-Type", "application/merge-patch+json"}},
                                         .body = patch.dump(),
                                         .timeout = kTimeout,
                                         .identity = &access_.identity});
    if (answer.status == kConflict)
        throw Error(Code::conflict, cat("Machine set ", set.name, " was changed by somebody else."), path);
    if (answer.status != 200)
        throw Error(Code::unavailable, cat("The cluster's API answered ", answer.status, '.'), path);
}

}  // namespace desk::kube
