#include "core/cloud/vault.hpp"

#include <sys/stat.h>

#include <array>

#include "core/base/error.hpp"
#include "core/base/file.hpp"
#include "core/base/text.hpp"
#include "core/cloud/sigv4.hpp"

namespace desk {
namespace {

constexpr int kAttemptsToWrite = 3;  // each is lost to somebody who writes the same name at the same time
constexpr const char* kNotAtWork = "The desk's secret store does not do its work.";

struct WayOut {
    int status;
    std::string_view words;
};
constexpr std::array kWaysOut = {
    WayOut{400, "the request was refused as such; is vault.mount a KV store of version 2?"},
    WayOut{403,
           "the policy of the desk's token must allow create, update and read below data/<prefix>, and delete and "
           "read below metadata/<prefix>; or the token has expired"},
    WayOut{404, "there is no such mount; see vault.mount, vault.auth_mount and vault.namespace"},
    WayOut{429, "this is a standby; point vault.address at the active node or at a balancer that knows it"},
    WayOut{473, "this is a performance standby; point vault.address at the active node"},
    WayOut{501, "it is not initialised"},
    WayOut{503, "it is sealed, or under maintenance; an operator of Vault unseals it"},
};

/// The words of Vault's own errors; they hold no values.
std::string errors_of(const HttpAnswer& answer) {
    std::vector<std::string> words;
    const auto document = parse_json(answer.body);
    if (document && document->is_object() && document->contains("errors") && (*document)["errors"].is_array())
        for (const auto& error : (*document)["errors"])
            if (error.is_string()) words.push_back(error);
    return join(words, "; ");
}

Json json_of(const HttpAnswer& answer) {
    auto document = parse_json(answer.body);
    if (!document)
        throw Error(Code::unavailable, kNotAtWork, cat("Vault's answer can't be understood: ", document.error()));
    return std::move(document).value();
}

/// "" where there is none.
std::string text_at(const Json& document, const char* pointer) {
    const Json::json_pointer place(pointer);
    return document.contains(place) && document[place].is_string() ? document[place].get<std::string>() : "";
}

/// 0 where there is none.
int number_at(const Json& document, const char* pointer) {
    const Json::json_pointer place(pointer);
    return document.contains(place) && document[place].is_number_integer() ? document[place].get<int>() : 0;
}

Secret read_token(const std::string& file, bool must_be_private) {
    struct stat status {};
    if (::stat(file.c_str(), &status) != 0) throw Error(Code::internal, kNotAtWork, cat(file, " is not there"));
    if (must_be_private && (status.st_mode & (S_IRWXG | S_IRWXO)) != 0)
        throw Error(Code::internal, kNotAtWork, cat(file, ": others than its owner may use it; chmod 600"));
    const Secret text(read_file(file, 64U << 10U));
    return Secret(std::string(trim(text.reveal())));
}

}  // namespace

Vault::Vault(Config::Vault settings, std::string prefix, HttpTransport& transport)
    : settings_(std::move(settings)), prefix_(std::move(prefix)), transport_(transport) {}

std::string Vault::path_of(std::string_view part, const std::string& name) const {
    return sigv4::encode_path(cat(settings_.mount, '/', part, '/', prefix_, '/', name));
}

void Vault::refuse(const std::string& path, const HttpAnswer& answer) const {
    std::string why = cat("Vault at ", settings_.address, ", ", path, ": HTTP ", answer.status);
    if (const auto words = errors_of(answer); !words.empty()) why += cat(" (", words, ')');
    for (const auto& way : kWaysOut)
        if (way.status == answer.status) why += cat("; ", way.words);
    throw Error(answer.status == 503 || answer.status == 429 ? Code::unavailable : Code::internal, kNotAtWork, why);
}

HttpAnswer Vault::send(const std::string& method, const std::string& path, const std::string& token, const Json& body) {
    HttpRequest request{.method = method,
                        .url = cat(settings_.address, "/v1/", path),
                        .headers = {{"X-Vault-Request", "true"}},
                        .ca_file = settings_.ca_file};
    if (!settings_.vault_namespace.empty()) request.headers.push_back({"X-Vault-Namespace", settings_.vault_namespace});
    if (!token.empty()) request.headers.push_back({"X-Vault-Token", token});
    if (!body.is_null()) {
        request.headers.push_back({"Content-Type", "application/json"});
        request.body = body.dump();
    }
    return transport_.send(request);
}

std::string Vault::sign_in() {
    if (settings_.auth == VaultAuth::token) return read_token(settings_.token_file, true).reveal();
    const auto mount = settings_.auth_mount.empty() ? std::string(text(settings_.auth)) : settings_.auth_mount;
    const auto path = sigv4::encode_path(cat("auth/", mount, "/login"));
    Json body;
    if (settings_.auth == VaultAuth::approle)
        body = {{"role_id", settings_.role}, {"secret_id", read_token(settings_.secret_id_file, true).reveal()}};
    else
        body = {{"role", settings_.role}, {"jwt", read_token(settings_.jwt_file, false).reveal()}};
    const auto answer = send("POST", path, "", body);
    if (answer.status != 200) refuse(path, answer);
    auto token = text_at(json_of(answer), "/auth/client_token");
    if (token.empty()) throw Error(Code::internal, kNotAtWork, cat("Vault's answer to ", path, " has no token"));
    return token;
}

HttpAnswer Vault::ask(const std::string& method, const std::string& path, const Json& body) {
    const std::lock_guard lock(mutex_);
    const bool is_fresh = !token_;
    if (is_fresh) token_.emplace(sign_in());
    auto answer = send(method, path, token_->reveal(), body);
    if (answer.status == 403 && !is_fresh) {  // a token that was good may have ended
        token_.emplace(sign_in());
        answer = send(method, path, token_->reveal(), body);
    }
    return answer;
}

Vault::Latest Vault::latest(const std::string& name) {
    const auto path = path_of("data", name);
    const auto answer = ask("GET", path);
    // A version that was deleted answers 404 with its metadata, a name that was never written without; where there is
    // no such mount, there are words about it.
    const bool is_missing = answer.status == 404 && errors_of(answer).empty();
    if (answer.status != 200 && !is_missing) refuse(path, answer);
    const Json document = json_of(answer);
    return {.version = number_at(document, "/data/metadata/version"), .put = text_at(document, "/data/data/put")};
}

std::string Vault::put(const std::string& name, const Secret& value, const std::string& token) {
    const auto path = path_of("data", name);
    for (int attempt = 1;; ++attempt) {
        const auto before = latest(name);
        if (before.put == token) return std::to_string(before.version);
        const auto answer =
            ask("POST", path,
                {{"options", {{"cas", before.version}}}, {"data", {{"value", value.reveal()}, {"put", token}}}});
        if (answer.status == 200) return std::to_string(number_at(json_of(answer), "/data/version"));
        const bool was_overtaken = answer.status == 400 && errors_of(answer).find("check-and-set") != std::string::npos;
        if (!was_overtaken || attempt == kAttemptsToWrite) refuse(path, answer);
    }
}

Secret Vault::get(const std::string& name, const std::string& version) {
    const auto path = path_of("data", name);
    const auto answer = ask("GET", version.empty() ? path : cat(path, "?version=", percent_encode(version)));
    if (answer.status == 404 && errors_of(answer).empty())
        throw Error(Code::not_found, "This secret is not there any more.", cat(path, ", version ", version));
    if (answer.status != 200) refuse(path, answer);
    const Json document = json_of(answer);
    if (!document.contains(Json::json_pointer("/data/data/value")))
        throw Error(Code::internal, kNotAtWork, cat(path, " has no \"value\""));
    return Secret(text_at(document, "/data/data/value"));
}

void Vault::remove(const std::string& name) {
    const auto path = path_of("metadata", name);
    const auto answer = ask("DELETE", path);
    if (answer.status / 100 != 2 && !(answer.status == 404 && errors_of(answer).empty())) refuse(path, answer);
}

}  // namespace desk
