// The catalog: every profile that can be ordered now, with the keys of its file.
#include "cgi/api/api.hpp"
#include "cgi/api/input.hpp"
#include "core/base/json_bind.hpp"
#include "core/model/profile_fields.hpp"

namespace desk::api {

Response profile_list(const Request& request, App& app) {
    Query query(request, {});
    if (query.faults.any()) return validation_failed(request, query.faults.all());

    Json list = Json::array();
    for (const Profile* profile : app.catalog.orderable()) list.push_back(encode(*profile));
    return json({{"profiles", std::move(list)}});
}

}  // namespace desk::api
