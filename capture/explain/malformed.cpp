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

Annotation explain_malformed(const Malformed& malformed, const Catalog& words) {
  const Blanks blanks{.name = layer_name(malformed.layer),
                      .field = name_of(malformed.field),
                      .needed = malformed.needed,
                      .had = malformed.had,
                      .offset = malformed.offset};
  Annotation told;
  told.headline = filled(words[Headline::malformed], blanks);
  say(told.text, words[phrase_of(malformed)], blanks);
  told.severity = Severity::warning;
  return told;
}

}  // namespace echolab::capture
