#include "flows.hpp"
#include "support/support.hpp"

namespace saleschecklist::test {

// Long enough for a score.
const char *const small_call = R"(WEBVTT

00:00:01.000 --> 00:00:09.000
<v Dana>Thank you for your time today, Ravi. What goes wrong in the warehouse at the moment?

00:00:10.000 --> 00:00:24.000
<v Ravi>We lose eight hours every week, because nobody knows where a pallet is. That costs us about
forty thousand dollars a year. It cannot go on like this, it must be solved by the end of March.

00:00:25.000 --> 00:00:33.000
<v Dana>Who else is involved in the decision, and how do you usually buy something like this?

00:00:34.000 --> 00:00:50.000
<v Ravi>Our director of operations signs the contract, and I make the proposal. We also look at two
of your competitors. Then we test for a month, and the board approves the budget.

00:00:51.000 --> 00:00:59.000
<v Dana>Good. Shall we meet again on Tuesday at ten o'clock with your director to plan that test?

00:01:00.000 --> 00:01:05.000
<v Ravi>Yes, that suits us. I will send her the invitation today.
)";
const char *const small_call_seller = "Dana";

#ifdef SALESCHECKLIST_WITH_PDF
extern const bool with_pdf = true;
#else
extern const bool with_pdf = false;
#endif

}  // namespace saleschecklist::test
