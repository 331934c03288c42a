#include "capture/explain/duration.hpp"
#include "capture/explain/names.hpp"
#include "capture/explain/sentences.hpp"

namespace echolab::capture {
namespace {

Phrase phrase_of(const Malformed& malformed) {
  switch (malformed.field) {
    case Malformed::Field::header: return Phrase::malformed_header;
    case Malformed::Field::version:
      return malformed.layer == "ip" ? Phrase::malformed_version : Phrase::malformed_other_version;
    default: return malformed.too_large ? Phrase::malformed_too_large : Phrase::malformed_too_small;
  }
}

}  // namespace

Annotation explain_malformed(const Observation& seen, const Malformed& malformed, const Catalog& words) {
  const Blanks blanks{.name = layer_name(malformed.layer),
                      .field = name_of(malformed.field),
                      .needed = malformed.needed,
                      .had = malformed.had,
                      .offset = malformed.offset};
  Annotation told;
  told.headline = filled(words[Headline::malformed], blanks);
  say(told.text, words[phrase_of(malformed)], blanks);
  if (malformed.ip.fragment) say_fragment(told.text, seen, *malformed.ip.fragment, words);
  if (malformed.ip.atomic_fragment) {
    const std::string identification = identification_text(malformed.ip.last_identification, true);
    say(told.text, words[Phrase::behind_atomic], {.identification = identification});
    if (seen.alike) say(told.text, words[Phrase::atomic_alike], {.frame = *seen.alike});
  }
  say_no_hops_left(told.text, malformed.ip, words);
  if (seen.same_as) {
    const std::string ago = duration(seen.same_as->ago);
    say(told.text, words[Phrase::malformed_again], {.time = ago, .frame = seen.same_as->frame});
  }
  told.severity = Severity::warning;
  return told;
}

}  // namespace echolab::capture
