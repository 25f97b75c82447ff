#include "cgi/views/tour.hpp"

#include "cgi/dictionary.hpp"
#include "keys/parts/tour.tpl.hpp"

namespace desk::views {

void TourPart::fill(Dictionary& out) const {
    out.SetValue(kt_TITLE, step->title);
    out.SetValue(kt_TEXT, step->text);
    out.SetIntValue(kt_NUMBER, step->number);
    out.SetIntValue(kt_OF, kTourSteps);
    out.SetValue(kt_HERE, here);
    out.SetValue(kt_END, step->number == kTourSteps ? "End the tour" : "Skip the tour");
    if (step->href.empty()) return;
    auto* next = out.AddSectionDictionary(kt_NEXT);
    next->SetValue(kt_HREF, step->href);
    next->SetValue(kt_ACTION, step->action);
}

}  // namespace desk::views
