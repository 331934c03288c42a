// short_connections FILE CONNECTIONS: a capture of short echo connections over loopback, ten packets each, many of them
// under way at once. The same file every time.
#include <array>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <utility>
#include <vector>

namespace {

constexpr std::size_t at_once = 64;
constexpr unsigned fin = 1, syn = 2, psh = 8, ack = 16;

struct Half {
  std::uint16_t port;
  std::uint32_t next;  // sequence number
};

struct Connection {
  std::uint32_t client_address;  // 127.x.y.1: more connections than one address has ports
  std::array<Half, 2> halves;
  std::uint16_t length;  // of the message, and of its echo
  int packet = 0;
};

/// Big-endian numbers at the end of a packet under construction.
void put16(std::vector<std::uint8_t>& out, std::uint32_t value) {
  out.push_back(static_cast<std::uint8_t>(value >> 8));
  out.push_back(static_cast<std::uint8_t>(value));
}
void put32(std::vector<std::uint8_t>& out, std::uint32_t value) {
  put16(out, value >> 16);
  put16(out, value);
}

class Recorder {
 public:
  explicit Recorder(const char* path) : file_(std::fopen(path, "wb")) {
    if (file_ == nullptr) {
      std::perror(path);
      std::exit(1);
    }
    // A pcap file's head: magic, version 2.4, no time zone, snaplen, LINKTYPE_ETHERNET.
    const std::array<std::uint32_t, 6> head{0xa1b2c3d4, 2 | 4 << 16, 0, 0, 262144, 1};
    std::fwrite(head.data(), sizeof head, 1, file_);
  }

  bool close() { return std::fclose(file_) == 0; }

  /// Ethernet, IPv4, TCP with the timestamp option. Checksums are 0: on loopback nobody fills them in.
  void tcp(const Connection& talk, std::size_t from, unsigned flags, std::uint16_t length) {
    const Half &source = talk.halves[from], &destination = talk.halves[1 - from];
    const std::array<std::uint32_t, 2> addresses{talk.client_address, 0x7f000001};
    packet_.assign(12, 0);
    put16(packet_, 0x0800);
    put16(packet_, 0x4500);                               // version 4, five words of header
    put16(packet_, 20 + 32 + length);                     // total length
    put32(packet_, (++number_ & 0xffff) << 16 | 0x4000);  // identification, don't fragment
    put32(packet_, 64 << 24 | 6 << 16);                   // 64 hops, TCP
    put32(packet_, addresses[from]);
    put32(packet_, addresses[1 - from]);
    put16(packet_, source.port);
    put16(packet_, destination.port);
    put32(packet_, source.next);
    put32(packet_, flags & ack ? destination.next : 0);
    put32(packet_, (8 << 12 | flags) << 16 | 512);  // eight words of header, flags, window
    put32(packet_, 0);                              // checksum, urgent pointer
    put32(packet_, 0x0101080a);                     // two fillers, timestamps of 10 bytes
    put32(packet_, static_cast<std::uint32_t>(time_ / 1000));
    put32(packet_, flags & ack ? static_cast<std::uint32_t>(time_ / 1000) : 0);
    for (unsigned i = 0; i < length; ++i) packet_.push_back(static_cast<std::uint8_t>('a' + i % 26));
    write();
  }

 private:
  void write() {
    const auto size = static_cast<std::uint32_t>(packet_.size());
    const std::array<std::uint32_t, 4> head{static_cast<std::uint32_t>(time_ / 1'000'000),
                                            static_cast<std::uint32_t>(time_ % 1'000'000), size, size};
    std::fwrite(head.data(), sizeof head, 1, file_);
    std::fwrite(packet_.data(), 1, packet_.size(), file_);
    time_ += 3;
  }

  std::FILE* file_;
  std::vector<std::uint8_t> packet_;
  std::uint64_t time_ = 1'700'000'000'000'000;  // microseconds
  std::uint32_t number_ = 0;
};

/// The connection's next packet; true when that was its last.
bool step(Recorder& recorder, Connection& talk) {
  struct Move {
    std::size_t from;
    unsigned flags;
    bool data;
  };
  static constexpr std::array<Move, 10> moves{{{0, syn, false},
                                               {1, syn | ack, false},
                                               {0, ack, false},
                                               {0, psh | ack, true},
                                               {1, ack, false},
                                               {1, psh | ack, true},
                                               {0, ack, false},
                                               {0, fin | ack, false},
                                               {1, fin | ack, false},
                                               {0, ack, false}}};
  const Move& move = moves[static_cast<std::size_t>(talk.packet++)];
  const std::uint16_t length = move.data ? talk.length : 0;
  recorder.tcp(talk, move.from, move.flags, length);
  talk.halves[move.from].next += length + (move.flags & (syn | fin) ? 1 : 0);
  return talk.packet == static_cast<int>(moves.size());
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  const auto wanted = static_cast<std::uint32_t>(std::atoi(argv[2]));
  Recorder recorder(argv[1]);
  std::mt19937 generator(1);
  const auto random = [&] { return static_cast<std::uint32_t>(generator()); };
  std::uint32_t made = 0;
  const auto open = [&] {
    const std::uint32_t block = made / 28000;
    Connection talk{.client_address = 0x7f000001 | block << 8, .halves = {}, .length = 0};
    talk.halves = {{{static_cast<std::uint16_t>(32768 + made++ % 28000), random()}, {7, random()}}};
    talk.length = static_cast<std::uint16_t>(16 + random() % 113);
    return talk;
  };
  std::vector<Connection> talks;
  while (talks.size() < at_once && made < wanted) talks.push_back(open());
  while (!talks.empty()) {
    Connection& talk = talks[random() % talks.size()];
    if (!step(recorder, talk)) continue;
    if (made < wanted) {
      talk = open();
    } else {
      std::swap(talk, talks.back());
      talks.pop_back();
    }
  }
  return recorder.close() ? 0 : 1;
}
