#include "cgi/tour.hpp"

#include <algorithm>
#include <array>

namespace desk {
namespace {

constexpr std::array kSteps = {
    TourStep{"home.tpl", 1, "Welcome. Four steps to your first cluster",
             "This page tells what needs you, what runs and what ends soon. A cluster begins in the catalog.",
             "/catalog", "Go to the catalog"},
    TourStep{
        "catalog.tpl", 2, "Choose what you need",
        "Each card says what you get, what an hour costs, how long it takes to be ready and whether somebody has to "
        "approve it. Press Order on one of them.",
        "", ""},
    TourStep{
        "request_new.tpl", 3, "Say what it is called and for how long",
        "A name, a cost centre and a lifetime are enough; everything else has a good value. What it costs and what "
        "policy says is told as you go. Nothing is ordered before you press Order.",
        "", ""},
    TourStep{
        "request_show.tpl", 4, "Somebody decides now",
        "This page tells who, and by when. You can go away: the cluster is installed as soon as it is approved, and "
        "the home page tells you.",
        "", ""},
    TourStep{
        "cluster_show.tpl", 4, "The page of your cluster",
        "The first sentence says where it stands. Here you give it more time, get its password and kubeconfig, and "
        "destroy it when you are done. If you forget, it ends by itself.",
        "", ""},
};
static_assert(std::ranges::all_of(kSteps,
                                  [](const TourStep& step) { return step.number >= 1 && step.number <= kTourSteps; }));

}  // namespace

const TourStep* tour_step(const Request& request, std::string_view file) {
    const Identity* who = request.identity();
    if (who == nullptr || !who->on_tour || !who->principal.may(Permission::request_create)) return nullptr;
    const auto step = std::ranges::find(kSteps, file, &TourStep::file);
    return step == kSteps.end() ? nullptr : step;
}

}  // namespace desk
