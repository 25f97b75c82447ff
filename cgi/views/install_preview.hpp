// templates/parts/install_preview.tpl: what will be installed, as the installer is told it and as a file.
#pragma once

#include "cgi/views/parts.hpp"
#include "core/model/order.hpp"

namespace desk::views {

struct InstallPreview {
    std::string install_config = {}, digest = {}, cluster_yaml = {};

    /// The ids are "" before anything is ordered.
    static InstallPreview of(const EffectiveOrder& order, const std::string& cluster_id, const std::string& request_id);

    static constexpr const char* kFile = "parts/install_preview.tpl";
    void fill(Dictionary& out) const;
};

}  // namespace desk::views
