#include "capture/render/summary.hpp"

#include <fmt/format.h>

#include "capture/render/annotation.hpp"
#include "capture/render/width.hpp"
#include "capture/render/words.hpp"

namespace echolab::capture {

void CaptureSummary::count(const Decoded& decoded) {
  ++packets;
  if (std::holds_alternative<Segment>(decoded)) ++tcp;
  if (std::holds_alternative<Datagram>(decoded)) ++udp;
  if (std::holds_alternative<IcmpError>(decoded)) ++icmp;
  if (std::holds_alternative<Malformed>(decoded)) ++malformed;
  if (const auto* rest = std::get_if<Other>(&decoded)) {
    const bool is_icmp = rest->kind == Other::Kind::icmp;
    ++(is_icmp ? icmp : other);
    if (!is_icmp) ++others.at(static_cast<std::size_t>(rest->kind));
  }
}

void CaptureSummary::count(NoteSet seen) {
  if (seen.empty()) return;
  for (std::size_t i = 0; i < note_count; ++i) notes[i] += seen.has(static_cast<Note>(i));
}

void CaptureSummary::count(const UnfinishedPacket& packet) {
  ++unfinished;
  if (first_unfinished.size() < most_told) first_unfinished.push_back(packet);
}

namespace {

/// "not IP 2, later fragments 1": why packets were not followed; nothing where all were.
std::string why_not_followed(const CaptureSummary& summary, Language language) {
  std::string reasons;
  for (std::size_t kind = 0; kind < summary.others.size(); ++kind) {
    if (summary.others[kind] == 0) continue;
    reasons +=
        fmt::format("{}{} {}", reasons.empty() ? "" : ", ", words::others[kind].in(language), summary.others[kind]);
  }
  return reasons;
}

}  // namespace

std::string to_text(const CaptureSummary& summary, Language language, int columns) {
  const auto line = [language](const Text& text, std::uint64_t count) {
    return fmt::format(fmt::runtime(text.in(language)), count);
  };
  std::string kinds;
  const auto list = [&kinds](std::string_view kind, std::uint64_t count) {
    if (count > 0) kinds += fmt::format("{}{} {}", kinds.empty() ? " (" : ", ", kind, count);
  };
  list("TCP", summary.tcp);
  list("UDP", summary.udp);
  list("ICMP", summary.icmp);
  list(words::other.in(language), summary.other);
  list(words::malformed.in(language), summary.malformed);

  std::string out;
  const auto add = [&](const std::string& text) {
    for (const std::string& part : wrap(text, columns)) out += part + "\n";
  };
  for (const UnfinishedPacket& packet : summary.first_unfinished) add(sentence(packet, language));
  if (const auto untold = summary.unfinished - summary.first_unfinished.size(); untold > 0)
    add(line(words::more_unfinished, untold));
  const bool one = summary.packets == 1;
  const Text& packets = summary.live ? one ? words::one_captured : words::captured
                        : one        ? words::one_read
                                     : words::read;
  add(line(packets, summary.packets) + kinds + (kinds.empty() ? "" : ")"));
  if (const auto reasons = why_not_followed(summary, language); !reasons.empty())
    add(fmt::format(fmt::runtime(words::not_followed.in(language)), reasons));
  if (summary.let_go_early > 0) add(line(words::let_go_early, summary.let_go_early));
  if (summary.left_out > 0) add(line(words::left_out, summary.left_out));
  if (summary.after_end > 0) add(line(words::after_end, summary.after_end));
  if (summary.shown) add(fmt::format(fmt::runtime(words::shown.in(language)), *summary.shown, summary.packets));
  if (summary.unfiltered > 0) add(line(words::unfiltered, summary.unfiltered));
  if (!summary.live && summary.dropped.value_or(0) > 0) add(line(words::was_dropped, *summary.dropped));
  if (!summary.live) return out;
  if (summary.received) add(line(words::received, *summary.received));
  if (summary.dropped) add(line(*summary.dropped == 0 ? words::none_dropped : words::dropped, *summary.dropped));
  return out;
}

}  // namespace echolab::capture
