// Checks of preflight that more than one platform makes.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "core/base/secret.hpp"
#include "core/model/check.hpp"
#include "core/model/order.hpp"
#include "worker/installer_catalog.hpp"

namespace desk::worker {

/// What `check` says; when it can't even be asked, a FAIL with that error and `remedy`.
Check ask(std::string_view id, std::string_view remedy, const std::function<Check()>& check);

/// In FIPS mode also its FIPS-capable build, and this host, which has to be in FIPS mode for it: the installer refuses
/// another one.
Check check_installer(const InstallerCatalog& catalog, const EffectiveOrder& order);
/// ccoctl and oc of the same version.
Check check_companions(const InstallerCatalog& catalog, const std::string& version);
/// Whether it is one; the installer's own complaint would show the value. `setting` names its file.
Check check_pull_secret(const Secret& secret, std::string_view setting);

}  // namespace desk::worker
