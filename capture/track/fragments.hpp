// The fragments of each IP packet, one beside the other: which came twice, which overlap, which never came. Read RFC
// 791 3.2 and RFC 8200 4.5 first. Nothing is put together (FAULTS B13): of a fragment its place is kept, a digest, and
// while its packet lacks others its bytes, as far as there is room.
#pragma once

#include <array>
#include <chrono>
#include <functional>
#include <list>
#include <unordered_map>
#include <vector>

#include "capture/track/flow_key.hpp"
#include "capture/track/sent_segments.hpp"
#include "capture/track/unfinished_packet.hpp"

namespace echolab::capture {

class FragmentedPackets {
 public:
  /// Fragments that come later are none of the same packet (RFC 8200 4.5; RFC 1122 3.3.2 for IPv4).
  static constexpr std::chrono::seconds time_to_come{60};
  static constexpr std::size_t most_packets = 4096;   // kept; more, and the oldest is let go
  static constexpr std::size_t most_pieces = 256;     // of one packet; with more it is followed no further
  static constexpr std::size_t most_bytes = 4 << 20;  // kept of fragments; with more, overlaps in part stay uncompared

  using Unfinished = std::function<void(const UnfinishedPacket&)>;

  /// `seed` keeps strangers from choosing identifications that collide. `unfinished` is called once for each packet
  /// that never became whole.
  FragmentedPackets(std::uint64_t seed, Unfinished unfinished);

  /// The next fragment of the capture. Precondition: `at` is its own.
  FragmentView take(const IpAddress& source, const IpAddress& destination, const Fragment& piece, const Stamp& at);

  /// The capture is over.
  void finish();

 private:
  struct Ends {
    const IpAddress &source, &destination;
  };
  struct Key {
    std::array<std::uint64_t, 5> words;
    friend bool operator==(const Key&, const Key&) = default;
  };
  struct Hash {
    std::uint64_t seed;
    std::size_t operator()(const Key& key) const { return hash_of(key.words, seed); }
  };
  struct Piece {
    Stretch stretch;
    std::uint64_t frame;
    std::optional<std::uint32_t> digest;  // of its bytes, where all were captured
  };
  /// The bytes of a piece, all of which were captured.
  struct Content {
    std::uint64_t frame;
    Stretch stretch;
    std::vector<std::byte> bytes;
  };
  struct Assembly {
    Key key;
    Time first;
    UnfinishedPacket told;            // what is known if it ends now
    std::vector<Piece> pieces{};      // by offset
    std::vector<Content> contents{};  // of some of them
    std::optional<Piece> last{};      // the one that says where the packet ends
    std::optional<Piece> furthest{};  // the one that ends furthest behind
    bool complete = false, followed = true;

    std::optional<FragmentView::Overlap> overlap(const Piece& piece, std::span<const std::byte> captured) const;
    FragmentView::Overlap::Content compare(const Piece& before, const Stretch& common, const Piece& piece,
                                           std::span<const std::byte> captured) const;
    std::optional<FragmentView::Disagreement> disagreement(const Piece& piece, bool more) const;
    void spoil(UnfinishedPacket::Why why, std::uint64_t frame);
    bool spoilt() const { return told.why != UnfinishedPacket::Why::incomplete; }
    void insert(const Piece& piece);
    /// The first bytes that have not come; empty where all have. Of an unknown end it has none.
    Stretch hole() const;
  };
  using Packets = std::list<Assembly>;  // by their first fragment

  static Key key_of(const Ends& ends, const Fragment& piece);
  Assembly& assembly_of(const Ends& ends, const Fragment& fields, const Piece& piece, const Stamp& at);
  void let_go(Packets::iterator packet);
  void keep_content(Assembly& packet, const Piece& piece, std::span<const std::byte> captured);
  void forget_contents(Assembly& packet);

  Unfinished unfinished_;
  Packets packets_;
  std::unordered_map<Key, Packets::iterator, Hash> by_key_;
  std::size_t bytes_kept_ = 0;
};

}  // namespace echolab::capture
