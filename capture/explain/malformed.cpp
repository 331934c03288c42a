#include <algorithm>
#include <array>

#include "capture/explain/icmp.hpp"
#include "capture/explain/names.hpp"
#include "capture/explain/sentences.hpp"

namespace echolab::capture {
namespace {

/// Another header has announced it: so it is with these alone.
bool is_absent(const Malformed& malformed) {
  const bool announced = malformed.layer == "tcp" || malformed.layer == "udp" || malformed.layer.starts_with("icmp");
  return announced && malformed.had == 0;
}

Phrase phrase_of(const Malformed& malformed) {
  switch (malformed.field) {
    case Malformed::Field::header: return is_absent(malformed) ? Phrase::malformed_absent : Phrase::malformed_header;
    case Malformed::Field::version:
      return malformed.layer == "ip" ? Phrase::malformed_version : Phrase::malformed_other_version;
    default: return malformed.too_large ? Phrase::malformed_too_large : Phrase::malformed_too_small;
  }
}

/// Whether options, or the message itself, may follow what every such header has.
bool may_be_longer(std::string_view layer) {
  constexpr std::array<std::string_view, 4> layers{"ipv4", "tcp", "icmp", "icmp6"};
  return std::ranges::find(layers, layer) != layers.end();
}

/// What the header would take.
std::string size_of(const Malformed& malformed, const Catalog& words) {
  const std::string bytes = byte_count(malformed.needed, words);
  return may_be_longer(malformed.layer) ? filled(words[Phrase::at_least], {.bytes = bytes}) : bytes;
}

/// What can be told of a header that is cut short.
void say_rest(std::string& text, const Malformed& malformed, const Catalog& words) {
  if (malformed.source && !malformed.destination)
    say(text, words[Phrase::malformed_source], {.source = to_string(*malformed.source)});
  if (malformed.icmp_type)
    say(text, words[Phrase::malformed_type],
        {.name = icmp_message_name(malformed.layer == "icmp6", *malformed.icmp_type)});
}

}  // namespace

Annotation explain_malformed(const Observation& seen, const Malformed& malformed, const Catalog& words) {
  const std::string bytes = size_of(malformed, words);
  const Blanks blanks{.bytes = bytes,
                      .name = layer_name(malformed.layer),
                      .field = name_of(malformed.field),
                      .needed = malformed.needed,
                      .had = malformed.had,
                      .offset = malformed.offset};
  Annotation told;
  told.headline = filled(words[Headline::malformed], blanks);
  say(told.text, words[phrase_of(malformed)], blanks);
  say_rest(told.text, malformed, words);
  if (malformed.ip.fragment) say_fragment(told.text, seen, *malformed.ip.fragment, words);
  say_no_hops_left(told.text, malformed.ip, words);
  told.severity = Severity::warning;
  return told;
}

}  // namespace echolab::capture
