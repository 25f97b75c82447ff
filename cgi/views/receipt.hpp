// templates/receipt.tpl
#pragma once

#include "cgi/views/cluster_head.hpp"
#include "core/store/receipts.hpp"

namespace desk::views {

struct ReceiptPage {
    struct Sweep {
        std::string text = {};
        Moment at = {};
    };
    ClusterHead head = {};
    std::string none_title = {}, none_step = {};  ///< instead of a receipt
    std::string id = {}, summary = {}, sha256 = {};
    Facts facts = {};
    std::vector<std::string> scope = {}, left = {};
    std::vector<Sweep> sweeps = {};
    std::optional<Moment> clean_at = {};  ///< nothing: it is no proof, somebody gave up

    static ReceiptPage of(const clusters::Cluster& cluster, const std::optional<receipts::Receipt>& receipt, Money cost,
                          const Principal& principal, const Reader& reader);
    void fill(Dictionary& out) const;
};

}  // namespace desk::views
