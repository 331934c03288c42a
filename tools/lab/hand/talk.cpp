#include "tools/lab/hand/talk.hpp"

#include <poll.h>

#include <algorithm>

#include "capture/decode/decode.hpp"
#include "capture/decode/notation.hpp"

namespace echolab::lab::hand {
namespace {

using capture::SeqNum;
using Clock = std::chrono::steady_clock;

capture::Decoded decoded(std::span<const std::byte> frame) {
  return capture::decode({.frame = 1,
                          .time = {},
                          .link_type = capture::LinkType::ethernet,
                          .bytes = frame,
                          .original_length = static_cast<std::uint32_t>(frame.size())});
}

}  // namespace

Talk::Talk(RawSocket socket, const End& own, const capture::Endpoint& peer, std::uint32_t isn, Say say)
    : socket_(std::move(socket)), own_(own), peer_{.mac = {}, .ip = peer}, hand_(isn), say_(std::move(say)) {}

bool Talk::find_peer(const net::StopSignal& stop) {
  const Arp who_has{.operation = Arp::Operation::request,
                    .sender_mac = own_.mac,
                    .sender = own_.ip.address,
                    .target_mac = {},
                    .target = peer_.ip.address};
  for (int tries = 0; tries < 3 && !found_ && !stop.requested(); ++tries) {  // RFC 1122, 2.3.2.1: about one a second
    socket_.send(arp_frame(everybody, who_has));
    wait_until([&] { return found_; }, std::chrono::seconds(1), stop);
  }
  return found_;
}

bool Talk::obey(const Order& order, const net::StopSignal& stop) {
  if (const auto* what = std::get_if<Send>(&order)) {
    send(*what);
    return true;
  }
  const auto& expect = std::get<Expect>(order);
  const auto kind = static_cast<std::size_t>(expect.kind);
  const std::uint32_t wanted = expect.number.value_or(expected_[kind] + 1);
  if (!wait_until([&] { return come_[kind] >= wanted; }, expect.within, stop)) return false;
  expected_[kind] = std::max(expected_[kind], wanted);
  return true;
}

void Talk::send(const Send& order) {
  const auto frame = tcp_frame(own_, peer_, hand_.header(order), order.text);
  // What is said of it is read from the frame itself.
  const auto read = decoded(frame);
  say('>', std::get<capture::Segment>(read), hand_.isn(), hand_.peers_isn().value_or(SeqNum()));
  socket_.send(frame);
}

bool Talk::wait_until(const std::function<bool()>& done, std::chrono::seconds longest, const net::StopSignal& stop) {
  const auto end = Clock::now() + longest;
  for (take_in(); !done(); take_in()) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - Clock::now());
    if (stop.requested() || left.count() <= 0) return false;
    pollfd polled{.fd = fd(), .events = POLLIN, .revents = 0};
    ::poll(&polled, 1, static_cast<int>(left.count()));
  }
  return true;
}

void Talk::take_in() {
  while (const auto frame = socket_.next()) take(*frame);
}

void Talk::take(std::span<const std::byte> frame) {
  if (const auto arp = read_arp(frame)) return take(*arp);
  const auto read = decoded(frame);
  const auto* segment = std::get_if<capture::Segment>(&read);
  if (!segment || segment->destination != own_.ip || segment->source != peer_.ip) return;  // not for us
  hand_.take(*segment);
  for (std::size_t kind = 0; kind < kind_count; ++kind) come_[kind] += is_kind(read, static_cast<Kind>(kind));
  say('<', *segment, hand_.peers_isn().value_or(SeqNum()), hand_.isn());
}

/// RFC 826: whoever asks for our address is told, for no kernel knows that it is ours; and who answers is found.
void Talk::take(const Arp& arp) {
  if (arp.sender == peer_.ip.address) {
    peer_.mac = arp.sender_mac;
    found_ = true;
  }
  if (arp.operation != Arp::Operation::request || arp.target != own_.ip.address) return;
  socket_.send(arp_frame(arp.sender_mac, {.operation = Arp::Operation::reply,
                                          .sender_mac = own_.mac,
                                          .sender = own_.ip.address,
                                          .target_mac = arp.sender_mac,
                                          .target = arp.sender}));
}

void Talk::say(char direction, const capture::Segment& segment, SeqNum senders_isn, SeqNum receivers_isn) {
  say_(std::string(1, direction) + " " +
       capture::notation(segment, segment.seq - senders_isn.raw(), segment.ack - receivers_isn.raw()));
}

}  // namespace echolab::lab::hand
