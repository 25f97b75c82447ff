#include "worker/demo/ccoctl.hpp"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <ctime>
#include <map>
#include <memory>

#include "core/base/error.hpp"
#include "core/base/text.hpp"
#include "core/base/yaml.hpp"
#include "core/cloud/aws/credentials_file.hpp"
#include "core/cloud/aws/xml.hpp"
#include "worker/demo/aws_cloud.hpp"
#include "worker/demo/ending.hpp"
#include "worker/demo/settings.hpp"

namespace desk::demo {
namespace {

constexpr std::size_t kLongestRole = 64;
constexpr const char* kIam = "2010-05-08";

/// Go's standard log on stderr.
void say(const std::string& text) {
    const std::time_t now = std::time(nullptr);
    std::tm time{};
    ::localtime_r(&now, &time);
    std::array<char, 32> stamp{};
    const auto length = std::strftime(stamp.data(), stamp.size(), "%Y/%m/%d %H:%M:%S ", &time);
    write_all(STDERR_FILENO, cat(std::string_view(stamp.data(), length), text, '\n'));
}

[[noreturn]] void die(const std::string& why) {
    say(why);
    throw Stop{.message = why};
}

struct CcoctlCall {
    std::string verb = {};
    std::map<std::string, std::string> options = {};

    const std::string& get(const std::string& option) const {
        const auto found = options.find(option);
        if (found == options.end()) die(cat("required flag(s) \"", option.substr(2), "\" not set"));
        return found->second;
    }
};

constexpr const char* kTechPreview = "--enable-tech-preview";
constexpr std::array<std::string_view, 2> kSwitches = {"--dry-run", kTechPreview};

CcoctlCall parse(const std::vector<std::string>& argv) {
    CcoctlCall call;
    std::size_t i = 1;
    if (argv.size() > 2 && argv[1] == "aws") {
        call.verb = argv[2];
        i = 3;
    }
    for (; i < argv.size(); ++i) {
        const auto equals = argv[i].find('=');
        if (!argv[i].starts_with("--")) die(cat("unknown command \"", argv[i], "\" for \"ccoctl\""));
        const bool is_switch = std::ranges::find(kSwitches, argv[i]) != kSwitches.end();
        if (is_switch && call.verb != "create-all") die(cat("unknown flag: ", argv[i]));
        if (is_switch)
            call.options[argv[i]] = "true";
        else if (equals != std::string::npos)
            call.options[argv[i].substr(0, equals)] = argv[i].substr(equals + 1);
        else if (i + 1 < argv.size())
            call.options[argv[i]] = argv[i + 1], ++i;
    }
    return call;
}

/// What an operator asks for: a secret of this name in its namespace.
struct Request {
    std::string space = {}, secret = {};
};

/// One that the cluster deletes when it meets it; one of an operator that only a tech preview has.
bool is_passed_over(const Yaml& request, bool tech_preview) {
    const auto* metadata = request.find("metadata");
    const auto* annotations = metadata != nullptr ? metadata->find("annotations") : nullptr;
    if (annotations == nullptr) return false;
    const auto* deleted = annotations->find("release.openshift.io/delete");
    const auto* gate = annotations->find("release.openshift.io/feature-gate");
    return (deleted != nullptr && deleted->scalar == "true") ||
           (gate != nullptr && !(tech_preview && gate->scalar == "TechPreviewNoUpgrade"));
}

std::vector<Request> read_requests(const fs::path& dir, bool tech_preview) {
    std::vector<Request> requests;
    for (const auto& entry : fs::directory_iterator(dir)) {
        const auto document = parse_yaml(read_file(entry.path()), entry.path());
        if (document && is_passed_over(*document, tech_preview)) continue;
        const auto* spec = document ? document->find("spec") : nullptr;
        const auto* secret = spec != nullptr ? spec->find("secretRef") : nullptr;
        if (secret == nullptr || secret->find("name") == nullptr || secret->find("namespace") == nullptr)
            die(cat("Failed to process IAM Role for ", entry.path().string(), ": no secretRef"));
        requests.push_back({secret->find("namespace")->scalar, secret->find("name")->scalar});
    }
    std::ranges::sort(requests, {}, [](const Request& one) { return cat(one.space, ' ', one.secret); });
    return requests;
}

struct Keys {
    std::string private_pem = {}, public_pem = {};
};

Keys make_keys() {
    const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key(EVP_RSA_gen(2048), EVP_PKEY_free);
    const auto text = [](BIO* bio) {
        char* bytes = nullptr;
        const auto length = BIO_get_mem_data(bio, &bytes);
        return std::string(bytes, static_cast<std::size_t>(length));
    };
    const std::unique_ptr<BIO, decltype(&BIO_free)> secret(BIO_new(BIO_s_mem()), BIO_free),
        open(BIO_new(BIO_s_mem()), BIO_free);
    PEM_write_bio_PrivateKey(secret.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr);
    PEM_write_bio_PUBKEY(open.get(), key.get());
    return {text(secret.get()), text(open.get())};
}

class Ccoctl {
  public:
    explicit Ccoctl(const CcoctlCall& call)
        : call_(call),
          name_(call.get("--name")),
          client_(transport_, [] { return aws::read_profile(aws::usual_credentials_file(), "default"); },
                  {.all = Settings::from_environment().aws_endpoint.value_or("")}),
          in_{client_, call.get("--region"), {}} {}

    void create_all();
    void delete_all();

  private:
    std::string issuer() const { return cat(bucket(), ".s3.", in_.region, ".amazonaws.com"); }
    std::string bucket() const { return name_ + "-oidc"; }
    std::string tag_key() const { return "openshift.io/cloud-credential-operator/" + name_; }
    Tags tags() const { return {{tag_key(), "owned"}, {"Name", name_}}; }
    pugi::xml_document iam(const std::string& action, aws::Params params) {
        return client_.query("iam", in_.region, action, kIam, params);
    }
    /// Its ARN.
    std::string make_role(const Request& request, const std::string& provider);
    void write(const std::string& file, const std::string& text) const {
        make_dir((fs::path(call_.get("--output-dir")) / file).parent_path());
        replace_file(fs::path(call_.get("--output-dir")) / file, text);
    }
    /// What AWS refuses to delete is only told.
    template <class Act>
    void attempt(const std::string& what, Act act) {
        try {
            act();
            say(what + " deleted");
        } catch (const std::exception& why) {
            say(cat("Failed to delete ", what, ": ", why.what()));
        }
    }

    const CcoctlCall& call_;
    std::string name_;
    CurlTransport transport_;
    aws::Client client_;
    AwsPlace in_;
};

std::string Ccoctl::make_role(const Request& request, const std::string& provider) {
    const auto role = cat(name_, '-', request.space, '-', request.secret).substr(0, kLongestRole);
    aws::Params params = {{"RoleName", role},
                          {"AssumeRolePolicyDocument",
                           cat(R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Federated":")",
                               provider, R"("},"Action":"sts:AssumeRoleWithWebIdentity"}]})")}};
    for (auto& tag : tag_params("Tags.member", tags())) params.push_back(std::move(tag));
    const auto answer = iam("CreateRole", params);
    iam("PutRolePolicy",
        {{"RoleName", role},
         {"PolicyName", role},
         {"PolicyDocument",
          R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"ec2:DescribeInstances","Resource":"*"}]})"}});
    const std::string arn = answer.select_node("//Role/Arn").node().text().get();
    say(cat("Role ", arn, " created"));
    return arn;
}

void Ccoctl::create_all() {
    const auto requests = read_requests(call_.get("--credentials-requests-dir"), call_.options.contains(kTechPreview));
    const auto keys = make_keys();
    write("serviceaccount-signer.private", keys.private_pem);
    write("serviceaccount-signer.public", keys.public_pem);
    write("tls/bound-service-account-signing-key.key", keys.private_pem);

    const bool is_dry = call_.options.contains("--dry-run");
    std::string provider;
    if (!is_dry) {
        make_bucket(in_, bucket(), tags());
        say(cat("Bucket ", bucket(), " created"));
        aws::Params params = {{"Url", "https://" + issuer()},
                              {"ClientIDList.member.1", "openshift"},
                              {"ThumbprintList.member.1", "a9d53002e97e00e043244f3d170d6f4c414104fd"}};
        for (auto& tag : tag_params("Tags.member", tags())) params.push_back(std::move(tag));
        provider =
            iam("CreateOpenIDConnectProvider", params).select_node("//OpenIDConnectProviderArn").node().text().get();
        say("Identity Provider created with ARN: " + provider);
    }
    for (const auto& request : requests) {
        const auto arn = is_dry ? "\nPOPULATE ROLE ARN AND DELETE THIS LINE" : make_role(request, provider);
        write(
            cat("manifests/", request.space, '-', request.secret, "-credentials.yaml"),
            cat("apiVersion: v1\nkind: Secret\nmetadata:\n  name: ", request.secret, "\n  namespace: ", request.space,
                "\ntype: Opaque\nstringData:\n  credentials: |-\n    [default]\n    sts_regional_endpoints = regional\n"
                "    role_arn = ",
                arn, "\n    web_identity_token_file = /var/run/secrets/openshift/serviceaccount/token\n"));
    }
    write("manifests/cluster-authentication-02-config.yaml",
          cat("apiVersion: config.openshift.io/v1\nkind: Authentication\nmetadata:\n  name: cluster\nspec:\n"
              "  serviceAccountIssuer: https://",
              issuer(), '\n'));
}

void Ccoctl::delete_all() {
    attempt("Bucket " + bucket(), [&] { remove_bucket(in_, bucket()); });
    const auto listed = iam("ListRoles", {{"MaxItems", "1000"}});
    for (const auto& role : listed.select_nodes("//Roles/member/RoleName")) {
        const std::string role_name = role.node().text().get();
        const auto got = iam("GetRole", {{"RoleName", role_name}});
        const auto role_tags = aws::tags_in(got.select_node("//Role/Tags").node());
        if (!role_tags.contains(tag_key())) continue;
        attempt("Role " + role_name, [&] {
            iam("DeleteRolePolicy", {{"RoleName", role_name}, {"PolicyName", role_name}});
            iam("DeleteRole", {{"RoleName", role_name}});
        });
    }
    const auto providers = iam("ListOpenIDConnectProviders", {});
    for (const auto& one : providers.select_nodes("//OpenIDConnectProviderList/member/Arn")) {
        const std::string arn = one.node().text().get();
        if (arn.ends_with("/" + issuer()))
            attempt("Identity Provider " + arn, [&] {
                iam("DeleteOpenIDConnectProvider", {{"OpenIDConnectProviderArn", arn}});
            });
    }
}

}  // namespace

int run_ccoctl(const std::vector<std::string>& argv) {
    try {
        const auto call = parse(argv);
        Ccoctl ccoctl(call);
        if (call.verb == "create-all")
            ccoctl.create_all();
        else if (call.verb == "delete")
            ccoctl.delete_all();
        return exit_code::kDone;
    } catch (const Stop& stop) {
        return stop.code;
    } catch (const Error& error) {
        say(error.for_user());
    } catch (const std::exception& error) {
        say(error.what());
    }
    return exit_code::kFatal;
}

}  // namespace desk::demo
