// What the desk keeps of a cluster in its object store.
#pragma once

#include "core/base/enum.hpp"

namespace desk {

/// INSTALL_DIR_SNAPSHOT and AUTH_BUNDLE are sealed and private; the others hold nothing that is not for the team, which
/// gets at KUBECONFIG and IGNITION, with the secrets in them, by links that expire.
DESK_ENUM(ArtifactType, INSTALL_DIR_SNAPSHOT, LOG, AUTH_BUNDLE, METADATA, KUBECONFIG, IGNITION, RECEIPT)

}  // namespace desk
