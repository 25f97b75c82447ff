// The stages of an installer's run and how long each takes on a real cloud.
#pragma once

#include <array>
#include <optional>
#include <string_view>

namespace desk::demo {

enum class Stage {
    config,
    manifests,
    ignition,
    assets,
    iam,
    net,
    machines,
    api,
    bootstrap,
    bootstrap_destroy,
    initialize,
    stable,
    destroy,
};

struct StageRow {
    Stage stage;
    std::string_view name;   ///< as written behind `@` in DEMO_FAIL
    double seconds;          ///< typical, from public runs of 4.16 to 5.0 on AWS
    double timeout_seconds;  ///< after which the installer gives up; 0 = it has no such limit
};

inline constexpr std::array kStages = {
    StageRow{Stage::config, "config", 0, 0},
    StageRow{Stage::manifests, "manifests", 6, 0},
    StageRow{Stage::ignition, "ignition", 6, 0},
    StageRow{Stage::assets, "assets", 15, 0},
    StageRow{Stage::iam, "iam", 10, 0},
    StageRow{Stage::net, "net", 270, 15 * 60},
    StageRow{Stage::machines, "machines", 55, 15 * 60},
    StageRow{Stage::api, "api", 300, 20 * 60},
    StageRow{Stage::bootstrap, "bootstrap", 720, 45 * 60},
    StageRow{Stage::bootstrap_destroy, "bootstrap-destroy", 100, 5 * 60},
    StageRow{Stage::initialize, "initialize", 600, 40 * 60},
    StageRow{Stage::stable, "stable", 180, 30 * 60},
    StageRow{Stage::destroy, "destroy", 300, 0},
};

constexpr const StageRow& row(Stage stage) { return kStages[static_cast<std::size_t>(stage)]; }
static_assert([] {
    for (std::size_t i = 0; i < kStages.size(); ++i)
        if (static_cast<std::size_t>(kStages[i].stage) != i) return false;
    return true;
}());

constexpr std::optional<Stage> find_stage(std::string_view name) {
    for (const auto& row : kStages)
        if (row.name == name) return row.stage;
    return std::nullopt;
}

}  // namespace desk::demo
