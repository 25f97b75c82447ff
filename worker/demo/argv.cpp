#include "worker/demo/argv.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "core/base/text.hpp"
#include "worker/demo/ending.hpp"
#include "worker/demo/help.hpp"

namespace desk::demo {
namespace {

struct VerbRow {
    std::string_view first, second;
    Verb verb;
};

constexpr std::array kVerbs = {
    VerbRow{"help", "", Verb::help},
    VerbRow{"version", "", Verb::version},
    VerbRow{"explain-failures", "", Verb::explain_failures},
    VerbRow{"create", "manifests", Verb::create_manifests},
    VerbRow{"create", "ignition-configs", Verb::create_ignition_configs},
    VerbRow{"create", "cluster", Verb::create_cluster},
    VerbRow{"destroy", "cluster", Verb::destroy_cluster},
    VerbRow{"wait-for", "bootstrap-complete", Verb::wait_for_bootstrap_complete},
    VerbRow{"wait-for", "install-complete", Verb::wait_for_install_complete},
    VerbRow{"gather", "bootstrap", Verb::gather_bootstrap},
};

enum class Takes { nothing, value };
struct FlagRow {
    std::string_view name;
    Takes takes;
    std::optional<Verb> only_for;  ///< nothing = every verb
};

const std::array kFlags = {
    FlagRow{"--dir", Takes::value, std::nullopt},
    FlagRow{"--log-level", Takes::value, std::nullopt},
    FlagRow{"--help", Takes::nothing, std::nullopt},
    FlagRow{"-h", Takes::nothing, std::nullopt},
    FlagRow{"--skip-password-print", Takes::nothing, Verb::create_cluster},
    FlagRow{"--bootstrap", Takes::value, Verb::gather_bootstrap},
    FlagRow{"--master", Takes::value, Verb::gather_bootstrap},
    FlagRow{"--key", Takes::value, Verb::gather_bootstrap},
    FlagRow{"--skipAnalysis", Takes::nothing, Verb::gather_bootstrap},
};

struct Flag {
    const FlagRow* row;
    std::string value;
};

/// argv taken apart; which flags a verb takes is known only once its words are.
struct Taken {
    std::vector<std::string> arguments;
    std::vector<Flag> flags;
};

[[noreturn]] void refuse_argv(const std::string& why) { fatal("Error executing openshift-install: " + why); }

const FlagRow& get_flag(std::string_view name) {
    const auto row = std::find_if(kFlags.begin(), kFlags.end(), [&](const FlagRow& flag) { return flag.name == name; });
    if (row == kFlags.end()) refuse_argv(cat("unknown flag: ", name));
    return *row;
}

Taken take_apart(const std::vector<std::string>& argv) {
    Taken words;
    for (std::size_t i = 1; i < argv.size(); ++i) {
        const std::string& word = argv[i];
        if (!word.starts_with('-') || word == "-") {
            words.arguments.push_back(word);
            continue;
        }
        const auto equals = word.find('=');
        Flag flag{.row = &get_flag(word.substr(0, equals)), .value = {}};
        if (equals != std::string::npos) {
            flag.value = word.substr(equals + 1);
        } else if (flag.row->takes == Takes::value) {
            if (++i == argv.size()) refuse_argv("flag needs an argument: " + word);
            flag.value = argv[i];
        }
        words.flags.push_back(std::move(flag));
    }
    return words;
}

Level parse_level(const std::string& name) {
    if (name == "warn") return Level::warning;
    if (const auto level = parse_enum<Level>(lower(name))) return *level;
    fatal(cat("invalid log-level: not a valid logrus Level: \"", name, "\""));
}

/// The row of the words, or nothing when they only lead to help: no words, a group alone, or a misspelt second word
/// (which the real installer answers with help and exit 0).
const VerbRow* find_verb(const std::vector<std::string>& words) {
    if (words.empty()) return nullptr;
    bool is_known = false;
    for (const VerbRow& row : kVerbs) {
        if (row.first != words[0]) continue;
        is_known = true;
        const std::size_t length = row.second.empty() ? 1 : 2;
        if (length == 2 && (words.size() == 1 || words[1] != row.second)) continue;
        if (words.size() > length) refuse_argv(cat("accepts 0 arg(s), received ", words.size() - length));
        return &row;
    }
    if (!is_known) refuse_argv(cat("unknown command \"", words[0], "\" for \"openshift-install\""));
    return nullptr;
}

}  // namespace

Call parse_argv(const std::vector<std::string>& argv) {
    const Taken words = take_apart(argv);
    const VerbRow* verb = find_verb(words.arguments);

    Call call;
    call.program = argv.empty() ? "openshift-install" : argv[0];
    if (verb != nullptr) call.verb = verb->verb;
    std::string level;
    for (const auto& [row, value] : words.flags) {
        if (row->only_for && row->only_for != call.verb) refuse_argv(cat("unknown flag: ", row->name));
        if (row->name == "--dir") call.dir = value;
        if (row->name == "--log-level") level = value;
        if (row->name == "--bootstrap") call.bootstrap_host = value;
        if (row->name == "--skip-password-print") call.skip_password_print = value != "false";
        if (row->name == "--help" || row->name == "-h") verb = nullptr;
    }
    if (verb == nullptr || verb->verb == Verb::help) {
        call.verb = Verb::help;
        call.help = help_text(words.arguments.empty() ? "" : words.arguments[0]);
        return call;
    }
    if (!level.empty()) call.log_level = parse_level(level);
    return call;
}

}  // namespace desk::demo
