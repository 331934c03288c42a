// What may become of a frame, a row each: rules, wire, ladder, JSON, checks and the keys of lab step all read this
// table. Another fate is another row, and what the wire does to the frame (wire.cpp).
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "net/text.hpp"

namespace echolab::lab {

enum class Fate : std::uint8_t { held, delivered, dropped, doubled, delayed, corrupted };

/// How the other host gets it.
enum class Arrival : std::uint8_t { not_yet, whole, damaged, never };

/// What a rule asks for. A swap is a delay until the next frame of that direction has gone; after a cut all is dropped.
enum class Action : std::uint8_t { drop, delay, duplicate, swap, corrupt, cut };

/// A rule's first word: "drop", and a rule that is right.
struct Verb {
  std::string_view word;
  Action action;
  std::string_view example;
};

/// A key of lab step: what it does in a word, and in a line.
struct FateKey {
  char key;
  Text word, help;
};

struct FateRow {
  Fate fate;
  std::string_view event;  // JSON's "event", and in a scenario's checks
  Arrival arrival;
  std::optional<Verb> verb;
  Text told;     // below the packet in the ladder; empty: nothing
  Text counted;  // {0} how often, at the end; empty: not counted
  std::optional<FateKey> key;
};

inline constexpr std::array fates{
    FateRow{.fate = Fate::held,
            .event = "held",
            .arrival = Arrival::not_yet,
            .verb = {},
            .told = {"The wire holds this packet.", "와이어가 이 패킷을 붙들고 있습니다."},
            .counted = {},
            .key = {}},
    FateRow{.fate = Fate::delivered,
            .event = "delivered",
            .arrival = Arrival::whole,
            .verb = {},
            .told = {},
            .counted = {"delivered {0} frames", "전달 {0}"},
            .key = FateKey{'d',
                           {"deliver", "전달"},
                           {"deliver it: the other host gets it now", "전달: 받는 호스트가 지금 받습니다"}}},
    FateRow{.fate = Fate::dropped,
            .event = "dropped",
            .arrival = Arrival::never,
            .verb = Verb{"drop", Action::drop, "drop server SYN,ACK 1"},
            .told = {"The wire dropped this packet.", "와이어가 이 패킷을 버렸습니다."},
            .counted = {"dropped {0}", "버림 {0}"},
            .key = FateKey{'x',
                           {"drop", "버림"},
                           {"drop it: the other host never sees it, and nobody is told",
                            "버림: 받는 호스트는 영영 받지 못하고, 아무도 그 사실을 모릅니다"}}},
    FateRow{.fate = Fate::doubled,
            .event = "doubled",
            .arrival = Arrival::whole,
            .verb = Verb{"double", Action::duplicate, "double server DATA 1"},
            .told = {"The wire delivered this packet a second time.", "와이어가 이 패킷을 한 번 더 전달했습니다."},
            .counted = {"doubled {0}", "두 번 전달 {0}"},
            .key = FateKey{'2', {"double", "두 번"}, {"deliver it twice", "두 번 전달"}}},
    FateRow{.fate = Fate::delayed,
            .event = "delayed",
            .arrival = Arrival::not_yet,
            .verb = Verb{"delay", Action::delay, "delay client ACK 1 300ms"},
            .told = {"The wire delays this packet.", "와이어가 이 패킷을 늦춥니다."},
            .counted = {"delayed {0}", "늦춤 {0}"},
            .key = {}},
    FateRow{.fate = Fate::corrupted,
            .event = "corrupted",
            .arrival = Arrival::damaged,
            .verb = Verb{"corrupt", Action::corrupt, "corrupt client DATA 1"},
            .told = {"The wire flipped a bit of this packet: the other host will notice, and throw it away.",
                     "와이어가 이 패킷의 비트 하나를 뒤집었습니다. 받는 호스트가 알아채고 버립니다."},
            .counted = {"corrupted {0}", "망가뜨림 {0}"},
            .key = {}},
};
inline constexpr std::size_t fate_count = fates.size();

constexpr const FateRow& row_of(Fate fate) { return fates[static_cast<std::size_t>(fate)]; }
constexpr std::string_view to_string(Fate fate) { return row_of(fate).event; }
/// The wire will speak of the frame again.
constexpr bool waits(Fate fate) { return row_of(fate).arrival == Arrival::not_yet; }

static_assert(
    [] {
      for (std::size_t i = 0; i < fate_count; ++i)
        if (fates[i].fate != static_cast<Fate>(i) || fates[i].told.en.empty() != fates[i].told.ko.empty()) return false;
      return true;
    }(),
    "the rows stand in the order of the enum, and say all in both languages");

}  // namespace echolab::lab
