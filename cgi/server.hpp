// The web server's side of the program: FastCGI on a unix socket, or plain CGI. All else sees Request and Response.
#pragma once

#include "cgi/app.hpp"

namespace desk {

/// Answers on config.web.socket with config.web.threads threads until SIGTERM or SIGINT; requests in flight are
/// answered. Call it before any other thread is started. Throws Error when the socket can't be had.
void serve(App& app);

/// Answers the one request in the environment and on stdin.
void answer_plain_cgi(App& app, char** environment);

}  // namespace desk
