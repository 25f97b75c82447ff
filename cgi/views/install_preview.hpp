// templates/parts/install_preview.tpl: what will be installed, as the installer is told it and as a file.
#pragma once

#include "cgi/views/parts.hpp"
#include "core/model/install_config.hpp"
#include "core/model/order.hpp"

namespace desk::views {

struct InstallPreview {
    std::string install_config = {}, digest = {}, cluster_yaml = {};

    static InstallPreview of(const EffectiveOrder& order, const TagIds& ids);

    static constexpr const char* kFile = "parts/install_preview.tpl";
    void fill(Dictionary& out) const;
};

}  // namespace desk::views
