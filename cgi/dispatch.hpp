// From what came in to what goes out: who asks, may they, is it forged, the handler, the one catch block, the headers.
#pragma once

#include "cgi/http.hpp"
#include "cgi/router.hpp"

namespace desk {

struct App;

/// Never throws: whatever goes wrong becomes an answer that tells nothing of the inside, and a log line that does.
/// `routes` is kAllRoutes but for tests. Writes the access log line.
Response dispatch(App& app, Incoming incoming, Routes routes = kAllRoutes);

}  // namespace desk
