// The notes over the whole corpus, and over captures of our own that the wire of the lab wrote while it lost, doubled,
// delayed and overtook (line/, with what tshark 4.0 says of them), held against tshark's analysis flags. Where the two
// differ there is a reason, and each reason has a name and a count below. Precision and recall are taken for each note
// and file, then their medians.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "capture/decode/decode.hpp"
#include "capture/source/packet_source.hpp"
#include "capture/track/observer.hpp"
#include "capture/track/state_set.hpp"
#include "tests/support/oracle.hpp"

namespace echolab::test {
namespace {

using namespace capture;  // NOLINT: tests read better

/// Our note and tshark's word for it.
const std::map<Note, std::string> words = {{Note::retransmission, "retransmission"},
                                           {Note::fast_retransmission, "fast_retransmission"},
                                           {Note::spurious_retransmission, "spurious_retransmission"},
                                           {Note::out_of_order, "out_of_order"},
                                           {Note::duplicate_ack, "duplicate_ack"},
                                           {Note::zero_window, "zero_window"},
                                           {Note::zero_window_probe, "zero_window_probe"},
                                           {Note::zero_window_probe_ack, "zero_window_probe_ack"},
                                           {Note::window_update, "window_update"},
                                           {Note::window_full, "window_full"},
                                           {Note::keep_alive, "keep_alive"},
                                           {Note::keep_alive_ack, "keep_alive_ack"},
                                           {Note::port_reused, "reused_ports"},
                                           {Note::lost_segment, "lost_segment"},
                                           {Note::acked_unseen, "ack_lost_segment"}};

/// A packet whose note only one of the two has.
struct Dispute {
  Note note;
  bool ours;  // else tshark's
  const Observation& seen;
  std::set<std::string> tshark;
  bool crossing_syns = false;  // its stream opened simultaneously
  bool old_ack = false;        // in its stream an ACK came behind a higher one
};

struct Kind {
  std::string name, reason;
  std::size_t corpus, line;  // how many in the corpus of 840 files, and in ours
  bool (*is)(const Dispute&);
};

bool is_copy_note(Note note) {
  return note == Note::retransmission || note == Note::fast_retransmission || note == Note::spurious_retransmission ||
         note == Note::out_of_order;
}

const std::vector<Kind> kinds = {
    {"captured twice", "the same frame again is neither sent again nor acknowledged again", 50, 6,
     [](const Dispute& it) { return !it.ours && it.seen.notes.has(Note::duplicate_frame); }},
    {"nothing outstanding",
     "an ACK that is said again where its receiver has nothing outstanding is no duplicate ACK (RFC 5681, 2 (a)); nor is "
     "one with a signal of MPTCP (RFC 8684)",
     39, 7,
     [](const Dispute& it) {
       const bool nothing = it.seen.tcp->ack == it.seen.tcp->peer_next;
       const bool signal = std::get<Segment>(it.seen.decoded).options.mptcp_signal;
       return !it.ours && it.note == Note::duplicate_ack && (nothing || signal);
     }},
    {"zero-window probe",
     "while the window is 0 Linux probes with 0 bytes at SND.NXT - 1: no keep-alive (RFC 9293, 3.8.6.1)", 5, 8,
     [](const Dispute& it) {
       return (it.note == Note::keep_alive && it.seen.notes.has(Note::zero_window_probe)) ||
              (it.ours && it.note == Note::zero_window_probe && it.tshark.contains("keep_alive")) ||
              (it.ours && it.note == Note::zero_window_probe_ack);
     }},
    {"crossing SYN,ACKs", "in a simultaneous open each end sends SYN and then SYN,ACK: no copy (RFC 9293, figure 7)", 2,
     0,
     [](const Dispute& it) {
       const auto& flags = std::get<Segment>(it.seen.decoded).flags;
       return !it.ours && is_copy_note(it.note) && it.crossing_syns && flags.syn() && flags.ack();
     }},
    {"sent before the FIN",
     "an ACK at the FIN's number was sent before that FIN and captured behind it: who has closed keeps nothing alive",
     1, 0,
     [](const Dispute& it) {
       const TcpView& tcp = *it.seen.tcp;
       const State sender = it.seen.stream->from == Side::client ? tcp.client.before : tcp.server.before;
       return !it.ours && it.note == Note::keep_alive && !may_send_data.has(sender);
     }},
    {"captured behind its ACK",
     "the capture has the data once, behind the ACK that covers it: the capture is out of order, nothing was sent "
     "again",
     4, 0,
     [](const Dispute& it) {
       return !it.ours && is_copy_note(it.note) && it.tshark.contains("spurious_retransmission") &&
              !it.seen.notes.has(Note::retransmission) && !it.seen.notes.has(Note::out_of_order);
     }},
    {"dropped by its receiver", "a FIN without ACK, or one that takes the SYN's number, is no copy: RFC 9293, 3.10.7.4",
     2, 0,
     [](const Dispute& it) {
       const bool dropped =
           it.seen.notes.has(Note::illegal_flags) || it.seen.tcp->findings.has<finding::MisplacedFin>();
       return !it.ours && is_copy_note(it.note) && dropped;
     }},
    {"overtaken by an ACK",
     "it fills a hole and comes for the first time, but ends at SND.NXT, where tshark sees no disorder", 8, 5,
     [](const Dispute& it) {
       return (it.ours && it.note == Note::out_of_order && it.tshark.contains("retransmission")) ||
              (!it.ours && is_copy_note(it.note) && it.seen.notes.has(Note::out_of_order));
     }},
    {"soon behind newer data",
     "the capture has the original, and this one was sent later: within 3 ms or a round trip of newer data tshark "
     "takes "
     "any copy for disorder",
     0, 4,
     [](const Dispute& it) {
       const bool ours = it.seen.notes.has(Note::retransmission) && it.seen.tcp->findings.has<finding::Repeats>();
       return is_copy_note(it.note) && ours && it.tshark.contains("out_of_order");
     }},
    {"asked for a while ago",
     "duplicate ACKs ask for it, and it comes within a round trip of them (RFC 5681, 3.2), though not within tshark's "
     "20 ms",
     0, 1,
     [](const Dispute& it) {
       return it.ours && it.note == Note::fast_retransmission && it.tshark.contains("retransmission");
     }},
    {"an ACK counted twice", "one that was captured twice is no second duplicate ACK, which tshark takes it for", 0, 1,
     [](const Dispute& it) {
       return !it.ours && it.note == Note::fast_retransmission && it.seen.notes.has(Note::retransmission);
     }},
    {"behind an old ACK",
     "an ACK that was overtaken came between: ours is held against the highest ACK (RFC 5681, 2), tshark's against the "
     "last one",
     0, 2,
     [](const Dispute& it) {
       const bool of_acks =
           it.note == Note::duplicate_ack || it.note == Note::window_update || it.note == Note::window_full;
       return of_acks && it.old_ack;
     }},
    {"perhaps a keep-alive",
     "joined late on one number: an ACK of one more may answer a keep-alive (RFC 9293, 3.8.4), and here each does", 3,
     0, [](const Dispute& it) { return it.note == Note::acked_unseen && !it.ours && it.seen.tcp->ack == 2; }},
    {"said once", "an ACK of numbers that the capture has not seen is told once; tshark repeats it, or skips the next",
     17, 0, [](const Dispute& it) { return it.note == Note::acked_unseen; }},
};

std::set<std::string> split(std::string_view list) {
  std::set<std::string> flags;
  while (!list.empty()) {
    const auto comma = list.find(',');
    flags.emplace(list.substr(0, comma));
    list = comma == list.npos ? std::string_view() : list.substr(comma + 1);
  }
  return flags;
}

struct Score {
  int both = 0, ours_alone = 0, tsharks_alone = 0;
};

struct Tally {
  std::map<Note, std::vector<Score>> raw, explained;  // a score a file
  std::map<std::string, std::size_t> kinds;
  std::size_t packets = 0;
};

using Skips = bool (*)(const Table& oracle, std::size_t row, const Decoded& decoded);

void compare(PacketSource& source, const Table& oracle, Skips skips, const std::string& file, Tally& tally) {
  Observer observer;
  std::map<Note, Score> raw, explained;
  std::set<std::uint64_t> crossing, with_old_acks;
  std::map<std::pair<std::uint64_t, Side>, std::uint32_t> highest;  // ACK of a stream's end
  while (const auto packet = source.next()) {
    const Observation seen = observer.observe(*packet, decode(*packet));
    const std::size_t row = packet->frame - 1;
    if (row >= oracle.size()) break;
    if (!seen.tcp || skips(oracle, row, seen.decoded)) continue;
    ++tally.packets;
    const std::uint64_t stream = seen.stream->number;
    if (seen.notes.has(Note::simultaneous_open)) crossing.insert(stream);
    if (std::get<Segment>(seen.decoded).flags.ack()) {
      std::uint32_t& acknowledged = highest[{stream, seen.stream->from}];
      if (seen.tcp->ack < acknowledged) with_old_acks.insert(stream);
      acknowledged = std::max(acknowledged, seen.tcp->ack);
    }
    const auto tshark = split(oracle.at(row, "tcp_analysis"));
    for (const auto& [note, word] : words) {
      const bool ours = seen.notes.has(note), theirs = tshark.contains(word);
      if (!ours && !theirs) continue;
      for (auto* scores : {&raw, &explained}) (*scores)[note];
      if (ours && theirs) {
        ++raw[note].both, ++explained[note].both;
        continue;
      }
      ++(ours ? raw[note].ours_alone : raw[note].tsharks_alone);
      const Dispute dispute{note, ours, seen, tshark, crossing.contains(stream), with_old_acks.contains(stream)};
      const auto kind = std::ranges::find_if(kinds, [&](const Kind& it) { return it.is(dispute); });
      if (kind != kinds.end()) {
        ++tally.kinds[kind->name];
        continue;
      }
      ++(ours ? explained[note].ours_alone : explained[note].tsharks_alone);
      fmt::print("{} frame {}: {} {}\n", file, packet->frame, to_string(note), ours ? "ours alone" : "tshark's alone");
    }
  }
  for (const auto& [note, score] : raw) tally.raw[note].push_back(score);
  for (const auto& [note, score] : explained) tally.explained[note].push_back(score);
}

struct Medians {
  double precision = 1, recall = 1;
};

double median(std::vector<double> values) {
  if (values.empty()) return 1;
  std::ranges::sort(values);
  const std::size_t half = values.size() / 2;
  return values.size() % 2 ? values[half] : (values[half - 1] + values[half]) / 2;
}

Medians medians(const std::vector<Score>& scores) {
  std::vector<double> precision, recall;
  for (const Score& it : scores) {
    if (it.both + it.ours_alone > 0) precision.push_back(1.0 * it.both / (it.both + it.ours_alone));
    if (it.both + it.tsharks_alone > 0) recall.push_back(1.0 * it.both / (it.both + it.tsharks_alone));
  }
  return {median(precision), median(recall)};
}

bool tshark_has_it(const std::vector<Score>& scores) {
  return std::ranges::any_of(scores, [](const Score& it) { return it.both + it.tsharks_alone > 0; });
}

/// Which kinds there were, and whether as many as counted.
void expect_kinds(const Tally& tally, std::size_t Kind::*count) {
  for (const Kind& kind : kinds) {
    const auto found = tally.kinds.find(kind.name);
    const std::size_t seen = found == tally.kinds.end() ? 0 : found->second;
    fmt::print("{:24} {:4}: {}\n", kind.name, seen, kind.reason);
    EXPECT_EQ(seen, kind.*count) << kind.name;
  }
}

TEST(CorpusNotes, AreTsharksButForNamedKindsOfDifference) {
  if (!has_corpus()) GTEST_SKIP() << no_corpus();
  Tally tally;
  const Skips skips = [](const Table& oracle, std::size_t row, const Decoded& decoded) {
    return !excluded(oracle, row, decoded).empty();
  };
  for (const auto& file : corpus_files()) {
    auto opened = PacketSource::open_file(file, "");
    auto* source = std::get_if<PacketSource>(&opened);
    if (source == nullptr || !std::filesystem::exists(oracle_path(file, "packets"))) continue;
    compare(*source, Table(oracle_path(file, "packets")), skips, corpus_name(file), tally);
  }
  EXPECT_GT(tally.packets, 5'000u);
  for (const auto& [note, scores] : tally.raw) {
    if (!tshark_has_it(scores)) continue;  // a word that tshark knows and does not use here
    const Medians raw = medians(scores), rest = medians(tally.explained[note]);
    fmt::print("{:24} {:3} files: precision {:.3f}, recall {:.3f}; without the named kinds {:.3f}, {:.3f}\n",
               to_string(note), scores.size(), raw.precision, raw.recall, rest.precision, rest.recall);
    EXPECT_GE(raw.precision, 0.9) << to_string(note);
    EXPECT_GE(rest.precision, 0.98) << to_string(note);
    EXPECT_GE(rest.recall, 0.98) << to_string(note);
    // Of fast retransmissions there are two in all, one of them captured twice; most ACKs that tshark takes for
    // duplicate ones have nothing to ask for.
    if (note != Note::fast_retransmission && note != Note::duplicate_ack) {
      EXPECT_GE(raw.recall, 0.9) << to_string(note);
    }
  }
  constexpr std::size_t files_that_were_counted = 840;
  if (corpus_files().size() == files_that_were_counted) expect_kinds(tally, &Kind::corpus);
}

// Each of these files has some of what the two see differently: there is no median, but nothing may be left unnamed.
TEST(NotesOfALineThatDoesItsWorst, AreTsharksButForNamedKindsOfDifference) {
  Tally tally;
  const std::filesystem::path folder = ECHOLAB_SOURCE_DIR "/tests/track/line";
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    std::filesystem::path file = entry.path();
    if (file.extension() != ".pcap") continue;
    auto source = std::get<PacketSource>(PacketSource::open_file(file, ""));
    const Skips none = [](const Table&, std::size_t, const Decoded&) { return false; };
    compare(source, Table(std::filesystem::path(file).replace_extension(".tsv")), none, file.filename(), tally);
  }
  EXPECT_GT(tally.packets, 1'000u);
  EXPECT_GT(tally.explained.size(), 12u) << "notes";
  for (const auto& [note, scores] : tally.explained)
    for (const Score& score : scores) EXPECT_EQ(score.ours_alone + score.tsharks_alone, 0) << to_string(note);
  expect_kinds(tally, &Kind::line);
}

}  // namespace
}  // namespace echolab::test
