// The fragments of each IP packet, one beside the other: which came twice, which overlap, which never came. Read RFC
// 791 3.2 and RFC 8200 4.5 first. Nothing is put together (FAULTS B13): of a fragment its place is kept, a digest, and
// while its packet lacks others its bytes, as far as there is room.
// Where the packet that was cut is a fragment itself, its header stands in the first piece, and its length follows
// when the last hole is filled.
#pragma once

#include <array>
#include <chrono>
#include <deque>
#include <functional>
#include <list>
#include <unordered_map>
#include <vector>

#include "capture/track/flow_key.hpp"
#include "capture/track/sent_segments.hpp"
#include "capture/track/unfinished_packet.hpp"

namespace echolab::capture {

/// A fragment's place, and what comes out where it completes its packet.
struct TakenFragment : FragmentView {
  std::vector<HeldFragment> held{};
};

class FragmentedPackets {
 public:
  /// Fragments that come later are none of the same packet (RFC 8200 4.5; RFC 1122 3.3.2 for IPv4).
  static constexpr std::chrono::seconds time_to_come{60};
  static constexpr std::size_t most_packets = 4096;  // kept; more, and the oldest is let go
  static constexpr std::size_t most_pieces = 256;    // of one packet; with more it is followed no further
  static constexpr std::size_t most_atomic = 64;     // fragments kept: the latest
  static constexpr std::size_t most_echoes = 16;    // packets that hold an echo request: of the latest answers are told
  static constexpr std::size_t most_refusals = 16;  // of one packet
  static constexpr std::size_t most_bytes = 4 << 20;  // kept of fragments; with more, overlaps in part stay uncompared

  using Unfinished = std::function<void(const UnfinishedPacket&)>;

  /// `seed` keeps strangers from choosing identifications that collide. `unfinished` is called once for each packet
  /// that never became whole.
  FragmentedPackets(std::uint64_t seed, Unfinished unfinished);

  /// The next fragment of the capture. Preconditions: `ip` is the header around it, and `at` its own.
  TakenFragment take(const IpAddress& source, const IpAddress& destination, const IpInfo& ip, const Stamp& at);

  /// The next atomic fragment, which is put together with no other (RFC 6946). The frame of the first fragment that has
  /// its identification all the same, if one came in time.
  std::optional<std::uint64_t> take_atomic(const IpAddress& source, const IpAddress& destination,
                                           std::uint32_t identification, const Stamp& at);
  /// The frame of that one; nothing where several are alike, or it is not known any more.
  std::optional<std::uint64_t> find_atomic(const IpAddress& source, const IpAddress& destination,
                                           std::uint32_t identification) const;

  /// The first fragment in `ip`, which was taken, begins an ICMP echo request.
  void asks_echo(const IpAddress& source, const IpAddress& destination, const IpInfo& ip, const Other::Echo& echo);
  /// Another echo request, or a reply, passes: whole, or of a reply its first fragment.
  void hear_echo(const IpAddress& source, const IpAddress& destination, const Other::Echo& echo, bool whole,
                 std::uint64_t frame);
  /// The ICMP error in `frame` refuses `piece`, or what that was put together to.
  void refuse(const IpAddress& source, const IpAddress& destination, const Fragment& piece, std::uint64_t frame);

  /// Where `piece` or its packet stands; nothing where that is not known any more.
  std::optional<QuotedFragment> find(const IpAddress& source, const IpAddress& destination,
                                     const Fragment& piece) const;

  /// The capture is over.
  void finish();

 private:
  struct Ends {
    const IpAddress &source, &destination;
  };
  struct Arrival {
    Stamp at;
    std::optional<std::uint8_t> hops;     // TTL or hop limit
    std::optional<std::uint32_t> out_of;  // the packet that it stood in, and that has become whole
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
    std::optional<std::uint32_t> out_of;  // see Arrival
  };
  /// The bytes of a piece, all of which were captured.
  struct Content {
    std::uint64_t frame;
    Stretch stretch;
    std::vector<std::byte> bytes;
  };
  /// What a packet begins with, where that is the header of another one's fragment.
  struct Inner {
    Fragment piece;        // without its bytes
    std::uint32_t before;  // bytes of the packet in front of the fragment's
  };
  struct Hops {
    std::uint8_t left;  // TTL or hop limit
    std::uint64_t frame;
  };
  /// What an answer to the packet has in common with it.
  struct Ping {
    std::uint16_t identifier, sequence;
    std::uint32_t before;  // bytes of the packet in front of the data
  };
  struct Refusal {
    std::uint64_t frame;
    std::uint32_t outer;  // identification of the packet that was refused
  };
  struct Assembly {
    Key key;
    Time first;
    UnfinishedPacket told;            // what is known if it ends now
    std::vector<Piece> pieces{};      // by offset
    std::vector<Content> contents{};  // of some of them
    std::vector<Piece> unfit{};       // those that no packet can have, as they came
    std::optional<Piece> last{};      // the one that says where the packet ends
    std::optional<Piece> furthest{};  // the one that ends furthest behind
    std::optional<Inner> inner{};
    std::optional<std::uint32_t> inside{};  // a fragment of it stands in that packet, which is not whole yet
    std::optional<Hops> first_hops{};
    std::optional<Ping> ping{};               // of an echo request; nothing where its first fragments differ in it
    std::optional<Refusal> refused_around{};  // of the packet that it came out of
    std::uint32_t reach = 0;                  // the end of what came, whether it fits or not
    std::uint32_t earliest_end = UINT32_MAX;  // that a last fragment names
    bool complete = false, followed = true, named = false, named_by_first = false;

    std::optional<FragmentView::Overlap> overlap(const Piece& piece, std::span<const std::byte> captured) const;
    FragmentView::Overlap::Content compare(const Piece& before, const Stretch& common, const Piece& piece,
                                           std::span<const std::byte> captured) const;
    std::optional<FragmentView::Disagreement> disagreement(const Piece& piece, bool more) const;
    void name(const Fragment& piece);
    std::optional<std::uint8_t> other_name(const Fragment& piece) const;
    std::optional<FragmentView::OtherHops> other_hops(const Hops& now);
    void spoil(UnfinishedPacket::Why why, std::uint64_t frame);
    void dispute(std::uint64_t frame);
    bool has_name_of(const Other::Echo& heard) const;
    bool has_room_for(const Other::Echo& heard, bool whole) const;
    bool whole_without(std::uint64_t frame) const;
    bool disputed() const { return told.why == UnfinishedPacket::Why::disagreement || told.disputed != 0; }
    bool refused() const { return complete && (!told.refused_by.empty() || refused_around); }
    void tell_the_end();
    bool spoilt() const { return told.why != UnfinishedPacket::Why::incomplete; }
    void insert(const Piece& piece);
    void add_unfit(const Piece& piece, const Fragment& fields);
    void follow_no_further();
    /// The first bytes that have not come; empty where all have. Of an unknown end it has none.
    Stretch hole() const;
    /// All that is missing in front of what came, whether that fits or not.
    std::vector<Stretch> holes() const;
  };
  struct Atomic {
    Key key;
    std::uint64_t frame;
  };
  using Packets = std::list<Assembly>;  // by their first fragment

  static Key key_of(const Ends& ends, const Fragment& piece);
  FragmentView place(const Ends& ends, const Fragment& piece, const Arrival& arrival);
  void look_inside(const Ends& ends, const IpInfo& ip, const Stamp& at, const FragmentView& view);
  void take_out(const Ends& ends, Fragment outer, const Stamp& at, TakenFragment& view);
  Assembly* known(const Key& key);
  Assembly& assembly_of(const Key& key, const Piece& piece, const Stamp& at);
  void let_go(Packets::iterator packet);
  void keep_content(Assembly& packet, const Piece& piece, std::span<const std::byte> captured);
  void forget_contents(Assembly& packet);

  Unfinished unfinished_;
  Packets packets_;
  std::unordered_map<Key, Packets::iterator, Hash> by_key_;
  std::deque<Atomic> atomic_;  // as they came
  std::deque<Key> echoes_;     // of packets that hold an echo request, as they came; some may be known no longer
  std::size_t bytes_kept_ = 0;
  bool all_kept_ = true;
};

}  // namespace echolab::capture
